import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { VisitTally } from '../../contract/report.ts';
import { type DayBounds, dayBounds } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { letOthersGo } from '../let-others-go.ts';
import { daysBetween, weekOf } from './days.ts';
import { firstWeekday, zoneGroups } from './places.ts';

/**
 * Visits by week, location and doctor. What has no location of its own counts at its doctor's home location, as on
 * the board. Read a day at a time, so that no other call waits long: a day of any clinic is a few hundred rows by
 * the indexes on time.
 */
export const visitTallies = async (
  desk: Desk,
  _session: Session,
  { from, to, locationId }: ParsedInput<'visitTallies'>,
): Promise<CallResult<'visitTallies'>> => {
  const groups = zoneGroups(desk, locationId);
  if (groups.length === 0) return refuse('not_found', { what: 'location', id: locationId });
  const first = firstWeekday(desk);
  const sheet = new TallySheet();
  for (const { zone, locationIds } of groups)
    for (const day of daysBetween(from, to)) {
      const bounds = dayBounds(day, zone);
      const week = weekOf(day, first);
      for (const part of [slotTime(desk, bounds), visits(desk, bounds), waits(desk, bounds)])
        for (const row of part) if (locationIds.has(row.locationId)) sheet.add(week, row);
      await letOthersGo();
    }
  return ok(sheet.tallies());
};

interface Place {
  locationId: string | null;
  doctorId: string;
}
type Counted = Place &
  Partial<Pick<VisitTally, 'bookableMinutes' | 'bookedMinutes' | 'came' | 'noShows' | 'cancelled'>> & {
    wait?: { minutes: number; count: number };
  };

const slotTime = ({ replica }: Desk, { start, end }: DayBounds): Counted[] =>
  replica
    .statement(
      `select coalesce(s.location_id, d.location_id) locationId, s.doctor_id doctorId,
         sum(s.end_time_utc - s.start_time_utc) / 60000 bookableMinutes
       from doctor_time_slots s left join doctors d on s.location_id is null and d.id = s.doctor_id
       where s.start_time_utc >= ? and s.start_time_utc < ? and s.is_available and s.deleted_at is null
       group by 1, 2`,
    )
    .all(start, end) as Counted[];

const visits = ({ replica }: Desk, { start, end }: DayBounds): Counted[] =>
  replica
    .statement(
      `select coalesce(a.location_id, d.location_id) locationId, a.doctor_id doctorId,
         sum(iif(a.status in ('held', 'cancelled', 'no_show', 'left'), 0, a.ends_at - a.scheduled_at)) / 60000
           bookedMinutes,
         sum(a.status in ('arrived', 'ready', 'in_room', 'completed', 'left')) came,
         sum(a.status = 'no_show') noShows,
         sum(a.status = 'cancelled') cancelled
       from appointments a left join doctors d on a.location_id is null and d.id = a.doctor_id
       where a.scheduled_at >= ? and a.scheduled_at < ?
       group by 1, 2`,
    )
    .all(start, end) as Counted[];

const waits = ({ replica }: Desk, { start, end }: DayBounds): Counted[] => {
  const rows = replica
    .statement(
      `select coalesce(a.location_id, d.location_id) locationId, a.doctor_id doctorId,
         max(0, (a.in_room_at - a.arrived_at) / 60000) minutes, count(*) count
       from appointments a left join doctors d on a.location_id is null and d.id = a.doctor_id
       where a.scheduled_at >= ? and a.scheduled_at < ? and a.arrived_at is not null and a.in_room_at is not null
       group by 1, 2, 3`,
    )
    .all(start, end) as (Place & { minutes: number; count: number })[];
  return rows.map(({ locationId, doctorId, minutes, count }) => ({
    locationId,
    doctorId,
    wait: { minutes, count },
  }));
};

/** Adds counts up by week, location and doctor. */
class TallySheet {
  readonly #tallies = new Map<string, VisitTally>();

  add(week: string, { locationId, doctorId, wait, ...counts }: Counted): void {
    const key = `${week} ${locationId} ${doctorId}`;
    const tally = this.#tallies.get(key) ?? {
      week,
      locationId,
      doctorId,
      bookableMinutes: 0,
      bookedMinutes: 0,
      came: 0,
      noShows: 0,
      cancelled: 0,
      waits: [],
    };
    this.#tallies.set(key, tally);
    for (const name of ['bookableMinutes', 'bookedMinutes', 'came', 'noShows', 'cancelled'] as const)
      tally[name] += counts[name] ?? 0;
    if (!wait) return;
    const known = tally.waits.find(({ minutes }) => minutes === wait.minutes);
    if (known) known.count += wait.count;
    else tally.waits.push(wait);
  }

  /** By week, then location and doctor. */
  tallies(): VisitTally[] {
    return [...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
  }
}
