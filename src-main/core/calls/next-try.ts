import type { CallListName, CallOutcome } from '../../contract/call-lists.ts';
import { wallClock } from '../appointments/wall-clock.ts';
import { dayOf, localTime } from '../clinic-day.ts';

/** Nobody is called before or after, by the clinic's clock. */
export const CALLING_FROM = '09:00';
export const CALLING_UNTIL = '20:00';
/** After so many tries on one day the next is tomorrow's. */
export const TRIES_A_DAY = 3;
const SOON_MS = 2 * 3_600_000;
/** Busy after a discharge: once more at once (integrations.md); then it stays on the list for a person. */
const DISCHARGE_SOON_MS = 10 * 60_000;

export interface Try {
  list: CallListName;
  outcome: CallOutcome;
  /** Epoch milliseconds. */
  calledAt: number;
  /** Tries of this call on the same day of the clinic, and ever; this one counts. */
  triesToday: number;
  tries: number;
}

/**
 * When a call is due again (epoch milliseconds), or null when it is settled. Two hours later, or tomorrow morning after
 * three tries; the first try of a discharge call after ten minutes; always within calling hours in `zone`.
 */
export const nextTry = ({ list, outcome, calledAt, triesToday, tries }: Try, zone: string): number | null => {
  if (outcome === 'reached') return null;
  if (triesToday >= TRIES_A_DAY) return opening(calledAt, 1, zone);
  const pause = list === 'discharge' && tries === 1 ? DISCHARGE_SOON_MS : SOON_MS;
  return withinCallingHours(calledAt + pause, zone);
};

/** The instant itself, or the next opening where nobody is called then. */
export const withinCallingHours = (at: number, zone: string): number => {
  const day = dayOf(at, zone);
  if (at < wallClock(day, CALLING_FROM, zone)) return opening(at, 0, zone);
  return at < wallClock(day, CALLING_UNTIL, zone) ? at : opening(at, 1, zone);
};

const opening = (at: number, daysLater: number, zone: string): number =>
  wallClock(localTime(at, zone).toPlainDate().add({ days: daysLater }).toString(), CALLING_FROM, zone);
