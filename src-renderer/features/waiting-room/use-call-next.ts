import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { select } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';

/** Sends in whom a doctor calls next, and says whom; Undo puts them back as ready. */
export const useCallNext = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { location, zone, doctors } = useClinic();
  return async (doctorId: string): Promise<void> => {
    const answer = await call('callNext', { doctorId, locationId: location.id });
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    const appointment = answer.value;
    const doctor = doctors.find(({ id }) => id === doctorId);
    select(appointment);
    toast(
      t('waitingRoom.called', {
        name: fullName(appointment.patient),
        doctor: doctor ? formats.name(doctor.name) : '',
      }),
      async () => {
        const back = await call('moveOn', { appointmentId: appointment.id, to: 'ready' });
        if (!back.ok) toastProblem(errorText(back.error, zone));
        return back.ok;
      },
    );
  };
};
