import type { IdexxSettings } from '../../contract/integrations.ts';
import { wallClock } from '../appointments/wall-clock.ts';
import { iso, localTime } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import type { ChangeWriter } from '../replica/write.ts';
import { scheduledDischargeCalls } from '../schema/replica/index.ts';
import { tellsOfDeath } from './death.ts';

/** A consultation that was longer ago leads to no call any more (integrations.md). */
const AT_MOST_MS = 3 * 24 * 3_600_000;
/** As long as `scheduled_discharge_calls.phone`. */
const PHONE_LENGTH = 30;
const LEAST_DIGITS = 6;

/** What of a consultation decides whether its owner is called. */
export interface Consultation {
  status: 'draft' | 'ongoing' | 'completed' | 'reviewed';
  /** When it was, in epoch milliseconds. */
  consultedAt: number;
  reason: string | null;
  clinicalNotes: string | null;
  dischargeSummary: string | null;
  /** What was done and given, by name; without what was declined. */
  given: readonly string[];
  phone: string | null;
  /** Whether a call was ever scheduled for it, also one that was cancelled since. */
  scheduled: boolean;
}

/** Why a consultation leads to no call. */
export type NoCall =
  | 'switched_off'
  | 'scheduled'
  | 'not_completed'
  | 'too_old'
  | 'no_summary'
  | 'death'
  | 'no_phone';

export type DischargeCall = { call: { dueAt: string; phone: string } } | { none: NoCall };

type CallSettings = Pick<IdexxSettings, 'dischargeCalls' | 'dischargeDelayDays' | 'dischargeTime'>;

/**
 * Whether a consultation leads to a call, when it is due (ISO 8601 UTC), and which number is dialled. Due is the set
 * time of day by the clinic's clock in `zone`, so many calendar days after the consultation, whatever the clocks do in
 * between; with no delay, the first such time after it. A day on which the clinic is closed moves nothing: the call stays
 * on top of the list until somebody is there to make it. `now` is in epoch milliseconds.
 */
export const dischargeCall = (
  consultation: Consultation,
  settings: CallSettings,
  zone: string,
  now: number,
): DischargeCall => {
  const { status, consultedAt, dischargeSummary, scheduled } = consultation;
  if (!settings.dischargeCalls) return { none: 'switched_off' };
  if (scheduled) return { none: 'scheduled' };
  if (status !== 'completed') return { none: 'not_completed' };
  if (now - consultedAt > AT_MOST_MS) return { none: 'too_old' };
  if (!dischargeSummary?.trim()) return { none: 'no_summary' };
  if (tellsOfDeath(consultation)) return { none: 'death' };
  const phone = numberToDial(consultation.phone);
  if (phone === null) return { none: 'no_phone' };
  return { call: { dueAt: iso(dueAt(consultedAt, settings, zone)), phone } };
};

const dueAt = (consultedAt: number, { dischargeDelayDays, dischargeTime }: CallSettings, zone: string) => {
  const day = localTime(consultedAt, zone).toPlainDate();
  const at = (days: number): number => wallClock(day.add({ days }).toString(), dischargeTime, zone);
  const due = at(dischargeDelayDays);
  return due > consultedAt ? due : at(dischargeDelayDays + 1);
};

/** The first number of what stands in a telephone field; null where none of it can be dialled. */
export const numberToDial = (text: string | null): string | null =>
  (text ?? '')
    .split(/[;,/|\n]|\bor\b/i)
    .map((part) => part.trim())
    .find((part) => part.length <= PHONE_LENGTH && part.replace(/\D/g, '').length >= LEAST_DIGITS) ?? null;

/** Whether a call was ever scheduled for a case. */
export const hasDischargeCall = ({ replica }: Desk, caseId: string): boolean =>
  replica.statement('select 1 from scheduled_discharge_calls where case_id = ?').get(caseId) !== undefined;

/**
 * Puts a call on the list, within the caller's change. `id` follows from the case, so that two runs apart, or one that is
 * run again, make the same one; central has at most one for a case.
 */
export const scheduleDischargeCall = (
  change: ChangeWriter,
  call: { id: string; caseId: string; patientId: string; dueAt: string; phone: string },
): void =>
  change.insert(scheduledDischargeCalls, {
    ...call,
    status: 'queued',
    attempts: 0,
    nextAttemptAt: null,
    outcomeNotes: null,
  });

/** Whose waiting calls are no longer right: those of a case that is gone, or all of an animal that has died. */
export type NoLongerRight = { caseId: string } | { patientId: string };

/**
 * Takes waiting calls off the list, within the caller's change. One that somebody is making right now is left to them: it
 * is cancelled by the next run, should it still wait then. Answers how many were cancelled.
 */
export const cancelDischargeCalls = (desk: Desk, change: ChangeWriter, whose: NoLongerRight): number => {
  const [column, value] =
    'caseId' in whose ? (['case_id', whose.caseId] as const) : (['patient_id', whose.patientId] as const);
  const waiting = desk.replica
    .statement(
      `select id from scheduled_discharge_calls where ${column} = ? and status in ('queued', 'failed')`,
    )
    .pluck()
    .all(value) as string[];
  for (const id of waiting) change.update(scheduledDischargeCalls, id, { status: 'cancelled' });
  return waiting.length;
};
