/** What decides whether somebody on the waiting list would come for a gap. Times are epoch milliseconds. */
export interface Waiter {
  status: 'waiting' | 'booked' | 'removed';
  /** Null takes any doctor of the specialty, and no specialty any doctor. */
  doctorId: string | null;
  specialtyId: string | null;
  locationId: string | null;
  partOfDay: 'any' | 'morning' | 'afternoon';
  /** `2026-11-24`, by the calendar of the place where the gap is. */
  earliestDay: string | null;
  latestDay: string | null;
  urgent: boolean;
  /** Since when. */
  createdAt: number;
  /** How long the visit takes; null where nothing says so, and any gap will do. */
  length: number | null;
  /** When the appointment begins that would be moved, and whether it still can be; null where there is none. */
  later: { start: number; movable: boolean } | null;
}

/** A stretch of a doctor's time that became free, with its wall clock there. */
export interface FreedTime {
  doctorId: string;
  specialtyId: string | null;
  locationId: string | null;
  start: number;
  end: number;
  /** The day of its start, `2026-11-24`, and the hour, 0 to 23, by the clock there. */
  day: string;
  hour: number;
}

/** Whether somebody would come for a gap: they can then and there, it is long enough, and it is earlier. */
export const wouldCome = (waiter: Waiter, gap: FreedTime): boolean =>
  waiter.status === 'waiting' &&
  suitsDoctor(waiter, gap) &&
  (waiter.locationId === null || waiter.locationId === gap.locationId) &&
  (waiter.partOfDay === 'any' || waiter.partOfDay === (gap.hour < 12 ? 'morning' : 'afternoon')) &&
  (waiter.earliestDay === null || waiter.earliestDay <= gap.day) &&
  (waiter.latestDay === null || waiter.latestDay >= gap.day) &&
  (waiter.length === null || waiter.length <= gap.end - gap.start) &&
  (waiter.later === null || (waiter.later.movable && waiter.later.start > gap.start));

const suitsDoctor = ({ doctorId, specialtyId }: Waiter, gap: FreedTime): boolean =>
  doctorId === null ? specialtyId === null || specialtyId === gap.specialtyId : doctorId === gap.doctorId;

/** Order of the list: the urgent first, then whoever has waited longest. */
export const inTurn = (
  a: Pick<Waiter, 'urgent' | 'createdAt'>,
  b: Pick<Waiter, 'urgent' | 'createdAt'>,
): number => Number(b.urgent) - Number(a.urgent) || a.createdAt - b.createdAt;
