import { useLayoutEffect, useRef, useState } from 'react';
import type { VisitType } from '../../../src-main/contract/appointment.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import type { Money } from '../../../src-main/contract/values.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { openDialog, type SlotChoice } from '../../app/screen.ts';
import { type BookingDraft, beginBooking, emptyBooking, keepBooking } from './booking-draft.ts';
import { useAttempt } from './use-attempt.ts';
import { useHold } from './use-hold.ts';
import { useRepeat } from './use-repeat.ts';
import { usualVisit } from './usual-visit.ts';

const MINUTE_MS = 60_000;
const noTypes: VisitType[] = [];

/** Everything that the booking dialog knows and does. */
export const useBooking = (
  firstSlot: SlotChoice,
  firstPatient: PatientBrief | undefined,
  firstVisit: string | undefined,
  firstMinutes: number | undefined,
) => {
  const { zoneOf } = useClinic();
  const [begun] = useState(() => beginBooking(firstPatient, firstVisit));
  const [kept, setKept] = useKept('kept', begun.kept);
  const [draft, setDraft] = useKept('draft', begun.draft);
  const [slot, setSlot] = useKept('slot', firstSlot);
  /** The length that was marked on the board, until a visit type is chosen. */
  const [marked, setMarked] = useKept('marked', firstMinutes);
  const [noPatient, setNoPatient] = useState(false);
  const patientField = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  const known = useLive('visitTypes', { doctorId: slot.doctorId }, ['visit_types']).data;
  const visitTypes = known ?? noTypes;
  const slotMinutes = (Date.parse(firstSlot.end) - Date.parse(firstSlot.start)) / MINUTE_MS;
  const visitType =
    visitTypes.find(({ id }) => id === draft.visitTypeId) ?? usualVisit(visitTypes, marked ?? slotMinutes);
  const minutes = marked ?? visitType?.durationMinutes ?? slotMinutes;
  const attempt = useAttempt();
  const place = {
    slotId: slot.slotId,
    ...(visitType ? { visitTypeId: visitType.id } : {}),
    ...(marked === undefined ? {} : { durationMinutes: marked }),
  };
  const objection = useHold(known ? place : null);
  const repeat = useRepeat(slot, known ? place : null);

  const change = (part: Partial<BookingDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepBooking(next);
    if (!part.visitTypeId) return;
    setMarked(undefined);
    attempt.forget();
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
    const { patient, type } = draft;
    if (!patient) {
      setNoPatient(true);
      patientField.current?.focus();
      return;
    }
    setSlot(at);
    const reason = draft.reason.trim();
    const input = { ...place, slotId: at.slotId, patientId: patient.id, type, ...(reason ? { reason } : {}) };
    if (repeat.rule && at === slot)
      await attempt.bookSeries(patient, { ...input, rule: repeat.rule, visits: repeat.chosen });
    else {
      const room = at.roomId ? { roomId: at.roomId } : {};
      await attempt.book(patient, { ...input, ...room, ...(overbook ? { overbook } : {}) });
    }
  };

  return {
    slot,
    zone: zoneOf(slot.locationId),
    minutes,
    /** When the visit would end. */
    end: new Date(Date.parse(slot.start) + minutes * MINUTE_MS).toISOString(),
    fee: useFee(visitType, slot.doctorId),
    draft,
    kept,
    visitTypes,
    visitType,
    repeat,
    noPatient: noPatient && draft.patient === null,
    patientField,
    reasonField,
    saving: attempt.saving,
    /** Why it could not be booked, or what is known to be in the way before it was tried. */
    error: attempt.error ?? (attempt.saving || repeat.rule ? null : objection),
    /** How often it was tried in vain; 0 while nobody has. */
    tries: attempt.error ? attempt.tries : 0,
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

/** What the booking will be stamped with: the visit type's fee, or the doctor's. */
const useFee = (visitType: VisitType | undefined, doctorId: string): Money | null => {
  const { doctors } = useClinic();
  return visitType ? visitType.fee : (doctors.find(({ id }) => id === doctorId)?.fee ?? null);
};
