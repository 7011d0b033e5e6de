import type { Appointment, OutsideMark, OutsideProblemCode } from '../../contract/appointment.ts';
import { iso } from '../clinic-day.ts';

/** What stands of an appointment in `outside_bookings`; the source is null where there is nothing. */
export interface OutsideRow {
  source: OutsideMark['source'] | null;
  problem: OutsideProblemCode | null;
  /** What both sides last had alike, as JSON; null where they never had. */
  agreed: string | null;
  decision: string | null;
}

/**
 * What is to be seen of an appointment that stands in an outside system too. Only Cal.com is told of what is done here;
 * it has not been as long as a time or status here is another than what both sides last had. Instants in epoch
 * milliseconds.
 */
export const outsideMarkOf = (
  here: { start: number; end: number; status: Appointment['status']; origin: Appointment['origin'] },
  { source, problem, agreed, decision }: OutsideRow,
): OutsideMark | null => {
  if (source === null) return ownMark(here.origin);
  return {
    source,
    waiting: source === 'cal_com' && differs(here, agreed),
    problem: decision === null ? problem : null,
  };
};

/** One that came from outside is known as such even where nothing is kept of its booking. */
const ownMark = (origin: Appointment['origin']): OutsideMark | null =>
  origin === 'idexx' || origin === 'cal_com' ? { source: origin, waiting: false, problem: null } : null;

/** Steps of the waiting room are this clinic's own business: to Cal.com an appointment is requested, booked, missed or gone. */
const told = (status: Appointment['status']): string =>
  ['pending', 'cancelled', 'no_show'].includes(status) ? status : 'scheduled';

const differs = (
  { start, end, status }: { start: number; end: number; status: Appointment['status'] },
  agreed: string | null,
): boolean => {
  if (agreed === null) return true;
  const last = JSON.parse(agreed) as Record<string, unknown>;
  const same = (name: string, now: string) => last[name] === undefined || last[name] === now;
  return !same('start', iso(start)) || !same('end', iso(end)) || !same('status', told(status));
};
