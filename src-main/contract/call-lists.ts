import { z } from 'zod';
import { PatientBrief } from './patient.ts';
import { Bilingual, Day, Id, Instant } from './values.ts';

/** Why patients are called: to confirm an appointment, to come again, or to ask how they are after a visit. */
export const CallListName = z.enum(['confirmation', 'recall', 'discharge']);
export type CallListName = z.infer<typeof CallListName>;

export const CallOutcome = z.enum(['reached', 'left_message', 'no_answer']);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** One try of a call. */
export const CallAttempt = z.object({
  id: Id,
  outcome: CallOutcome,
  note: z.string().nullable(),
  calledAt: Instant,
  /** Who called; null where nobody was signed in. */
  calledBy: z.string().nullable(),
  /** When it is due again; null when it is settled. */
  nextTryAt: Instant.nullable(),
});
export type CallAttempt = z.infer<typeof CallAttempt>;

/** A patient to be asked back. */
export const Recall = z.object({
  id: Id,
  patientId: Id,
  dueOn: Day,
  reason: z.string(),
  status: z.enum(['open', 'done', 'cancelled']),
  doctorId: Id.nullable(),
  visitTypeId: Id.nullable(),
});
export type Recall = z.infer<typeof Recall>;

export const DischargeCallStatus = z.enum([
  'queued',
  'ringing',
  'in_progress',
  'completed',
  'failed',
  'cancelled',
]);
export type DischargeCallStatus = z.infer<typeof DischargeCallStatus>;

/** What a call after discharge is about, and how it stands. */
export const Discharge = z.object({
  caseId: Id,
  /** `queued` waits; `failed` was tried twice and stays for a person; `ringing` and `in_progress` are being made. */
  status: DischargeCallStatus,
  /** Until when the call is somebody's who is making it; null where nobody is. */
  takenUntil: Instant.nullable(),
  /** Whether that is this desk. */
  mine: z.boolean(),
  /** Whole days since it was due first, once it has waited too long; 0 before. */
  staleDays: z.int().min(0),
  /** When the consultation was, and what it was for. */
  consultedAt: Instant.nullable(),
  reason: z.string().nullable(),
});
export type Discharge = z.infer<typeof Discharge>;

/** Somebody to call, and all that is needed to speak with them. */
export const CallEntry = z.object({
  /** The appointment of a confirmation, the recall, or the discharge call. */
  id: Id,
  list: CallListName,
  patient: PatientBrief,
  /** The number to dial: of an animal, its owner's. */
  phone: z.string().nullable(),
  language: z.enum(['en', 'el']).nullable(),
  contactPreference: z.enum(['phone', 'sms', 'email', 'post', 'none']).nullable(),
  /** When the call is due: its next try, or when it was due first. */
  dueAt: Instant,
  /** Tries, newest first; those that were taken back are left out. */
  tries: z.array(CallAttempt),
  doctorId: Id.nullable(),
  doctorName: Bilingual.nullable(),
  visitTypeId: Id.nullable(),
  visitType: Bilingual.nullable(),
  /** The appointment to confirm. */
  start: Instant.nullable(),
  locationId: Id.nullable(),
  /** What a recall is for. */
  reason: z.string().nullable(),
  /** The day that a recall is due. */
  dueOn: Day.nullable(),
  /** When the patient already comes next, for a recall that may be settled. */
  comesNext: Instant.nullable(),
  /** Set for a discharge call. */
  discharge: Discharge.nullable(),
});
export type CallEntry = z.infer<typeof CallEntry>;
