import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallResult } from '../../../src-main/contract/calls.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useConnected } from '../../api/sync-state.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { dropBooking } from './booking-draft.ts';

/** What is said of a promise, when there is no connection. */
const said = { certain: 'saidCertain', provisional: 'saidProvisional' } as const;

/** Tries to book one appointment or a series; says so with Undo, or keeps why it could not be done. */
export const useAttempt = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf, doctors } = useClinic();
  const connected = useConnected();
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<{ error: CallError | null; tries: number }>({
    error: null,
    tries: 0,
  });

  const taken = async (
    undo: Promise<CallResult<'cancel'> | CallResult<'cancelSeries'>>,
  ): Promise<boolean> => {
    const answer = await undo;
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };
  const doctorName = (doctorId: string | undefined): string => {
    const doctor = doctors.find(({ id }) => id === doctorId);
    return doctor ? formats.name(doctor.name) : '';
  };
  /** Makes one call at a time; what it refuses stays until something changes. */
  const attempt = async <R extends CallResult<'book'> | CallResult<'bookSeries'>>(
    tried: () => Promise<R>,
    done: (value: Extract<R, { ok: true }>['value']) => void,
  ): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const answer = await tried();
    setSaving(false);
    if (!answer.ok) return setRefusal(({ tries }) => ({ error: answer.error, tries: tries + 1 }));
    dropBooking();
    closeDialog();
    done(answer.value as Extract<R, { ok: true }>['value']);
  };

  const reason = t('booking.undoReason');
  const book = (patient: PatientBrief, input: CallInput<'book'>): Promise<void> =>
    attempt(
      () => call('book', input),
      ({ id, start, doctorId, locationId, promise }) =>
        toast(
          [
            t('booking.booked', {
              name: fullName(patient),
              doctor: doctorName(doctorId),
              when: formats.moment(start, zoneOf(locationId)),
            }),
            !connected && promise && t(`booking.promise.${said[promise]}`),
          ]
            .filter(Boolean)
            .join(' '),
          () => taken(call('cancel', { appointmentId: id, reason })),
        ),
    );
  const bookSeries = (patient: PatientBrief, input: CallInput<'bookSeries'>): Promise<void> =>
    attempt(
      () => call('bookSeries', input),
      ({ appointments }) => {
        const [first] = appointments;
        if (!first) return;
        toast(
          t('booking.bookedSeries', {
            count: appointments.length,
            name: fullName(patient),
            doctor: doctorName(first.doctorId),
            when: formats.moment(first.start, zoneOf(first.locationId)),
          }),
          () => taken(call('cancelSeries', { appointmentId: first.id, scope: 'all', reason })),
        );
      },
    );
  return {
    book,
    bookSeries,
    saving,
    ...refusal,
    forget: () => setRefusal(({ tries }) => ({ error: null, tries })),
  };
};
