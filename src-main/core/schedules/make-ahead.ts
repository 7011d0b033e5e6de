import { makeSlots, type ScheduleRules } from '../appointments/make-slots.ts';
import { dayBounds, iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { doctorTimeSlots } from '../schema/replica/index.ts';
import { type Remade, remake, type StoredSlot } from './remake.ts';
import { slotId } from './slot-id.ts';

/** Rows of one change: short enough for a call to wait behind it unnoticed. */
const AT_ONCE = 200;

/** Which slots are made: one doctor's, of the days `from` to `to`, both included, in each location's own calendar. */
export interface Stretch {
  doctorId: string;
  from: string;
  to: string;
}

/**
 * Brings a doctor's slots of some days to what the rules give, in changes of a few hundred rows and one for each step
 * of the generator, so that other calls come in between. Answers the booked slots that the rules no longer give.
 */
export function* makeAhead(desk: Desk, rules: ScheduleRules, stretch: Stretch): Generator<void, string[]> {
  const wanted = makeSlots(rules, stretch.from, stretch.to)
    .filter(({ doctorId }) => doctorId === stretch.doctorId)
    .map(({ start, end, ...slot }) => ({ ...slot, start: Date.parse(start), end: Date.parse(end) }));
  const { add, set, held } = remake(wanted, readStored(desk, rules, stretch));
  yield;
  for (let from = 0; from < add.length + set.length; from += AT_ONCE) {
    const to = from + AT_ONCE;
    writeSlots(desk, stretch.doctorId, {
      add: add.slice(from, to),
      set: set.slice(Math.max(0, from - add.length), Math.max(0, to - add.length)),
    });
    yield;
  }
  return held;
}

const readStored = (
  { replica }: Desk,
  { zones }: ScheduleRules,
  { doctorId, from, to }: Stretch,
): StoredSlot[] => {
  const fallback =
    (replica.statement('select timezone from clinics').pluck().get() as string | undefined) ?? 'UTC';
  const spans = new Map(
    [...new Set([...zones.values(), fallback])].map((zone) => [zone, spanOf(from, to, zone)]),
  );
  const rows = replica
    .statement(
      `select s.id, s.location_id locationId, s.start_time_utc start, s.end_time_utc "end", s.is_available available,
         s.deleted_at is not null deleted,
         exists (select 1 from appointments a where a.slot_id = s.id
           and a.status not in ('cancelled', 'no_show', 'left')) booked
       from doctor_time_slots s where s.doctor_id = ? and s.start_time_utc >= ? and s.start_time_utc < ?`,
    )
    .all(
      doctorId,
      Math.min(...[...spans.values()].map(({ start }) => start)),
      Math.max(...[...spans.values()].map(({ end }) => end)),
    ) as StoredRow[];
  return rows.map((row) => {
    const span = spans.get((row.locationId !== null && zones.get(row.locationId)) || fallback);
    return {
      ...row,
      available: row.available === 1,
      deleted: row.deleted === 1,
      booked: row.booked === 1,
      within: span !== undefined && row.start >= span.start && row.start < span.end,
    };
  });
};

type Flag = 'available' | 'deleted' | 'booked';
type StoredRow = Omit<StoredSlot, Flag | 'within'> & Record<Flag, 0 | 1>;

const spanOf = (from: string, to: string, zone: string) => ({
  start: dayBounds(from, zone).start,
  end: dayBounds(to, zone).end,
});

const writeSlots = (desk: Desk, doctorId: string, { add, set }: Pick<Remade, 'add' | 'set'>): void =>
  writeChange(desk, { kind: 'makeSlots', actor: null }, (change) => {
    for (const { start, end, locationId, available } of add)
      change.insert(doctorTimeSlots, {
        id: slotId(doctorId, start, end),
        doctorId,
        locationId,
        startTimeUtc: iso(start),
        endTimeUtc: iso(end),
        isAvailable: available,
      });
    for (const { id, deleted, available, locationId } of set)
      change.update(doctorTimeSlots, id, {
        ...(deleted === undefined ? {} : { deletedAt: deleted ? desk.now() : null }),
        ...(available === undefined ? {} : { isAvailable: available }),
        ...(locationId === undefined ? {} : { locationId }),
      });
  });
