import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Recall } from '../../../src-main/contract/call-lists.ts';
import type { Patient } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { DateText } from '../../ui/time-text.tsx';
import classes from './calls.module.css';

/** On a patient's page: when they are to be asked back, and what for. */
export const RecallsSection = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const { data } = useLive('patientRecalls', { patientId: patient.id }, ['recalls']);
  const add = (): void => openDialog({ kind: 'recall', patient });
  useKeys({ addRecall: add });
  const recalls = data?.filter(({ status }) => status !== 'cancelled') ?? [];
  return (
    <section className={classes['recalls']} aria-labelledby="patient-recalls">
      <Group justify="space-between">
        <h2 id="patient-recalls">{t('calls.recalls.title')}</h2>
        <Button variant="subtle" size="compact-md" onClick={add}>
          {t('calls.recalls.add')}
        </Button>
      </Group>
      {data && recalls.length === 0 && <p className="soft">{t('calls.recalls.none')}</p>}
      {recalls.length > 0 && (
        <ul>
          {recalls.map((recall) => (
            <Line key={recall.id} recall={recall} patient={patient} />
          ))}
        </ul>
      )}
    </section>
  );
};

const Line = ({ recall, patient }: { recall: Recall; patient: Patient }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { doctors, zone } = useClinic();
  const doctor = doctors.find(({ id }) => id === recall.doctorId);
  const set = async (status: Recall['status']): Promise<boolean> => {
    const answer = await call('updateRecall', { recallId: recall.id, set: { status } });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };
  const drop = async (): Promise<void> => {
    if (await set('cancelled'))
      toast(t('calls.recalls.cancelled', { name: fullName(patient) }), () => set('open'));
  };
  return (
    <li>
      <DateText day={recall.dueOn} />
      <span>
        {recall.reason}
        {doctor && <span className="soft"> · {formats.name(doctor.name)}</span>}
        {recall.status === 'done' && <span className="soft"> · {t('calls.recalls.status.done')}</span>}
      </span>
      {recall.status === 'open' && (
        <Button variant="subtle" size="compact-sm" onClick={() => void drop()}>
          {t('calls.recalls.cancel')}
          <span className="sr-only"> {recall.reason}</span>
        </Button>
      )}
    </li>
  );
};
