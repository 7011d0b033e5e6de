import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { createKept } from '../../app/kept.ts';

/** How the patient is seen when the appointment was made ahead. */
export const bookedTypes = ['in_person', 'video', 'phone'] as const satisfies Appointment['type'][];
export type BookedType = (typeof bookedTypes)[number];

/** A booking as it is being made; the time stands in the dialog, since another one begins it anew. */
export interface BookingDraft {
  visitTypeId: string | null;
  patient: PatientBrief | null;
  /** What the patient search holds. */
  typed: string;
  type: BookedType;
  reason: string;
}

export const emptyBooking: BookingDraft = {
  visitTypeId: null,
  patient: null,
  typed: '',
  type: 'in_person',
  reason: '',
};

const isEmpty = ({ patient, typed, reason }: BookingDraft): boolean =>
  patient === null && typed.trim() === '' && reason.trim() === '';

/** The booking that was begun and not saved; it outlives its dialog. */
export const useKeptBooking = createKept<{ kept: BookingDraft | null }>(() => ({ kept: null }));

export const keepBooking = (draft: BookingDraft): void =>
  useKeptBooking.setState({ kept: isEmpty(draft) ? null : draft });
export const dropBooking = (): void => useKeptBooking.setState({ kept: null });

/** The draft that a new booking dialog begins with: the kept one, unless it is for somebody else. */
export const beginBooking = (
  patient: PatientBrief | undefined,
  visitTypeId: string | undefined,
): { draft: BookingDraft; kept: boolean } => {
  const { kept } = useKeptBooking.getState();
  const sameOrNobody = !patient || !kept?.patient || kept.patient.id === patient.id;
  const begun = kept && sameOrNobody ? kept : emptyBooking;
  return {
    draft: {
      ...begun,
      patient: patient ?? begun.patient,
      visitTypeId: visitTypeId ?? begun.visitTypeId,
    },
    kept: begun === kept,
  };
};
