import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitType } from '../../../src-main/contract/appointment.ts';
import type { CallError } from '../../../src-main/contract/errors.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog, openDialog, type SlotChoice } from '../../app/screen.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { type BookingDraft, beginBooking, dropBooking, emptyBooking, keepBooking } from './booking-draft.ts';
import { usualVisit } from './usual-visit.ts';

const MINUTE_MS = 60_000;
const noTypes: VisitType[] = [];

/** Everything that the booking dialog knows and does. */
export const useBooking = (
  firstSlot: SlotChoice,
  firstPatient: PatientBrief | undefined,
  firstVisit: string | undefined,
) => {
  const { zoneOf } = useClinic();
  const [begun] = useState(() => beginBooking(firstPatient, firstVisit));
  const [kept, setKept] = useState(begun.kept);
  const [draft, setDraft] = useState(begun.draft);
  const [slot, setSlot] = useState(firstSlot);
  const [noPatient, setNoPatient] = useState(false);
  const patientField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const visitTypes = useLive('visitTypes', { doctorId: slot.doctorId }, ['visit_types']).data ?? noTypes;
  const slotMinutes = (Date.parse(firstSlot.end) - Date.parse(firstSlot.start)) / MINUTE_MS;
  const visitType =
    visitTypes.find(({ id }) => id === draft.visitTypeId) ?? usualVisit(visitTypes, slotMinutes);
  const attempt = useAttempt();

  const change = (part: Partial<BookingDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepBooking(next);
    if (part.visitTypeId) attempt.forget();
  };

  /** Where the next key is expected, before it can come: the search for nobody yet, then the reason. */
  const chosenId = draft.patient?.id;
  const before = useRef(chosenId);
  useLayoutEffect(() => {
    if (before.current === chosenId) return;
    before.current = chosenId;
    (chosenId ? reasonField : patientField).current?.focus();
  }, [chosenId]);

  const save = async (at = slot, overbook?: { reason: string }): Promise<void> => {
    if (!draft.patient) {
      setNoPatient(true);
      patientField.current?.focus();
      return;
    }
    setSlot(at);
    const reason = draft.reason.trim();
    await attempt.book(draft.patient, {
      slotId: at.slotId,
      patientId: draft.patient.id,
      ...(visitType ? { visitTypeId: visitType.id } : {}),
      ...(reason ? { reason } : {}),
      ...(overbook ? { overbook } : {}),
    });
  };

  return {
    slot,
    zone: zoneOf(slot.locationId),
    /** When the visit would end. */
    end: visitType
      ? new Date(Date.parse(slot.start) + visitType.durationMinutes * MINUTE_MS).toISOString()
      : slot.end,
    draft,
    kept,
    visitTypes,
    visitType,
    noPatient: noPatient && draft.patient === null,
    patientField,
    reasonField,
    saving: attempt.saving,
    error: attempt.error,
    tries: attempt.tries,
    change,
    choosePatient: (patient: PatientBrief | null) => change({ patient, typed: '' }),
    save,
    startAfresh: () => {
      setKept(false);
      change({ ...emptyBooking, patient: firstPatient ?? null });
    },
    findAnotherTime: () =>
      openDialog({
        kind: 'nextFree',
        doctorId: slot.doctorId,
        ...(visitType ? { visitTypeId: visitType.id } : {}),
        onTake: (time, visitTypeId) => {
          setSlot(time);
          change({ visitTypeId: visitTypeId ?? null });
          attempt.forget();
        },
      }),
  };
};

export type Booking = ReturnType<typeof useBooking>;

/** Tries to book; says so with Undo, or keeps why it could not be done. */
const useAttempt = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf, doctors } = useClinic();
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<{ error: CallError | null; tries: number }>({
    error: null,
    tries: 0,
  });

  const takeBack = async (appointmentId: string): Promise<boolean> => {
    const answer = await call('cancel', { appointmentId, reason: t('booking.undoReason') });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };

  const book = async (patient: PatientBrief, input: Parameters<typeof call<'book'>>[1]): Promise<void> => {
    if (saving) return;
    setSaving(true);
    const answer = await call('book', input);
    setSaving(false);
    if (!answer.ok) return setRefusal(({ tries }) => ({ error: answer.error, tries: tries + 1 }));
    const { id, start, doctorId, locationId } = answer.value;
    const doctor = doctors.find((one) => one.id === doctorId);
    dropBooking();
    closeDialog();
    toast(
      t('booking.booked', {
        name: fullName(patient),
        doctor: doctor ? formats.name(doctor.name) : '',
        when: formats.moment(start, zoneOf(locationId)),
      }),
      () => takeBack(id),
    );
  };
  return {
    book,
    saving,
    ...refusal,
    forget: () => setRefusal(({ tries }) => ({ error: null, tries })),
  };
};
