import { Temporal } from 'temporal-polyfill';
import type { Appointment, DaySchedule, DoctorDay, Hold } from '../../contract/appointment.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { type DayBounds, dayBounds, iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { centralNow } from './held.ts';
import { type GridSlot, joinStretches } from './slot.ts';
import { readAppointments } from './view.ts';
import { wallClock } from './wall-clock.ts';

/**
 * One day of one location, in its time zone. What has no location of its own stands at its doctor's home location.
 * One statement for each table, whatever the day holds.
 */
export const daySchedule = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'daySchedule'>,
): CallResult<'daySchedule'> => {
  const { date, locationId } = input;
  const timezone = desk.replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  if (timezone === undefined) return refuse('not_found', { what: 'location', id: locationId });

  const day = dayBounds(date, timezone);
  const columns = boardDoctors(desk, input);
  const inBoard = new Set(columns);
  const slots = daySlots(desk, locationId, day);
  const appointments = dayAppointments(desk, locationId, day, input.includeCancelled).filter(({ doctorId }) =>
    inBoard.has(doctorId),
  );
  const busy = new Set(appointments.map(({ doctorId }) => doctorId));
  const holds = dayHolds(desk, locationId, day).filter(({ doctorId }) => inBoard.has(doctorId));
  const blockOf = blockReasons(desk, locationId, day);
  const rooms = usualRooms(desk, locationId, date, timezone);
  return ok({
    date,
    locationId,
    timezone,
    dayStart: iso(day.start),
    dayEnd: iso(day.end),
    doctors: columns
      .filter((doctorId) => slots.has(doctorId) || busy.has(doctorId))
      .map((doctorId) => ({
        ...doctorDay(doctorId, slots.get(doctorId) ?? [], blockOf),
        rooms: rooms.get(doctorId) ?? [],
      })),
    appointments,
    holds,
  });
};

/** Doctors that may have a column, in board order; those who left keep theirs on days when they were here. */
const boardDoctors = ({ replica }: Desk, input: ParsedInput<'daySchedule'>): string[] =>
  replica
    .statement(
      `select id from doctors
       where (@ids is null or id in (select value from json_each(@ids)))
         and (@specialtyId is null or specialty_id = @specialtyId)
       order by sort_order, last_name, id`,
    )
    .pluck()
    .all({
      ids: input.doctorIds ? JSON.stringify(input.doctorIds) : null,
      specialtyId: input.specialtyId ?? null,
    }) as string[];

const daySlots = ({ replica }: Desk, locationId: string, day: DayBounds): Map<string, GridSlot[]> => {
  const rows = replica
    .statement(
      `select s.id, s.doctor_id doctorId, s.location_id locationId, s.start_time_utc start, s.end_time_utc "end",
         s.is_available available
       from doctor_time_slots s left join doctors d on s.location_id is null and d.id = s.doctor_id
       where s.deleted_at is null and s.start_time_utc >= ? and s.start_time_utc < ?
         and coalesce(s.location_id, d.location_id) = ?
       order by s.start_time_utc, s.end_time_utc`,
    )
    .all(day.start, day.end, locationId) as (Omit<GridSlot, 'available'> & { available: 0 | 1 })[];
  const byDoctor = new Map<string, GridSlot[]>();
  for (const row of rows) {
    const slot = { ...row, available: row.available === 1 };
    const slots = byDoctor.get(row.doctorId);
    if (slots) slots.push(slot);
    else byDoctor.set(row.doctorId, [slot]);
  }
  return byDoctor;
};

/** The appointments that begin on a location's day, by start. No-shows stay; cancelled ones only on request. */
export const dayAppointments = (
  desk: Desk,
  locationId: string,
  day: DayBounds,
  includeCancelled: boolean,
): Appointment[] =>
  readAppointments(
    desk,
    `left join doctors d on a.location_id is null and d.id = a.doctor_id
     where a.scheduled_at >= ? and a.scheduled_at < ? and coalesce(a.location_id, d.location_id) = ?
       and (? or a.status <> 'cancelled')
     order by a.scheduled_at, a.id`,
    day.start,
    day.end,
    locationId,
    includeCancelled ? 1 : 0,
  );

/** The times that desks hold on a location's day; one that has run out is none. */
const dayHolds = (desk: Desk, locationId: string, day: DayBounds): Hold[] => {
  const rows = desk.replica
    .statement(
      `select a.id, a.doctor_id doctorId, a.room_id roomId, a.scheduled_at start, a.ends_at "end",
         coalesce(a.held_by, '') heldBy, a.held_until until
       from appointments a left join doctors d on a.location_id is null and d.id = a.doctor_id
       where a.scheduled_at >= ? and a.scheduled_at < ? and coalesce(a.location_id, d.location_id) = ?
         and a.status = 'held' and a.held_until > ?
       order by a.scheduled_at, a.id`,
    )
    .all(day.start, day.end, locationId, centralNow(desk)) as (Omit<Hold, 'start' | 'end' | 'until'> &
    DayBounds & { until: number })[];
  return rows.map((row) => ({ ...row, ...inInstants(row), until: iso(row.until) }));
};

/** In which rooms the weekly templates put each doctor on a day at a location, by start. */
const usualRooms = ({ replica }: Desk, locationId: string, date: string, zone: string) => {
  const rows = replica
    .statement(
      `select doctor_id doctorId, room_id roomId, starts_local startsLocal, ends_local endsLocal
       from schedule_templates
       where location_id = @locationId and weekday = @weekday and room_id is not null and deleted_at is null
         and valid_from <= @date and (valid_until is null or valid_until >= @date)
       order by starts_local`,
    )
    .all({ locationId, date, weekday: Temporal.PlainDate.from(date).dayOfWeek }) as {
    doctorId: string;
    roomId: string;
    startsLocal: string;
    endsLocal: string;
  }[];
  const byDoctor = new Map<string, DoctorDay['rooms']>();
  for (const { doctorId, roomId, startsLocal, endsLocal } of rows) {
    const start = iso(wallClock(date, startsLocal, zone));
    const stretch = { roomId, start, end: iso(wallClock(date, endsLocal, zone)) };
    byDoctor.set(doctorId, [...(byDoctor.get(doctorId) ?? []), stretch]);
  }
  return byDoctor;
};

const doctorDay = (
  doctorId: string,
  slots: readonly GridSlot[],
  blockOf: (slot: GridSlot) => Block,
): Omit<DoctorDay, 'rooms'> => {
  const blocked = slots
    .filter(({ available }) => !available)
    .map((slot) => ({ start: slot.start, end: slot.end, ...blockOf(slot) }));
  return {
    doctorId,
    open: joinStretches(slots.map(({ start, end }) => ({ start, end }))).map(inInstants),
    blocked: joinStretches(blocked, (a, b) => a.reason === b.reason && a.source === b.source).map(
      (stretch) => ({
        ...inInstants(stretch),
        reason: stretch.reason,
        source: stretch.source,
      }),
    ),
    slots: slots.map((slot) => ({ id: slot.id, available: slot.available, ...inInstants(slot) })),
  };
};

const inInstants = ({ start, end }: DayBounds): DaySchedule['doctors'][number]['open'][number] => ({
  start: iso(start),
  end: iso(end),
});

/** Why a slot is blocked, and by which outside system. */
type Block = Pick<DoctorDay['blocked'][number], 'reason' | 'source'>;

interface Exception extends DayBounds, Block {
  doctorId: string | null;
}

/** Why a slot is blocked: what the exception on it says, the doctor's own before the location's. */
const blockReasons = ({ replica }: Desk, locationId: string, day: DayBounds) => {
  const exceptions = replica
    .statement(
      `select doctor_id doctorId, starts_at start, ends_at "end", reason, source from schedule_exceptions
       where kind <> 'opening' and deleted_at is null and starts_at < ? and ends_at > ?
         and (location_id is null or location_id = ?)
       order by doctor_id is null, starts_at, id`,
    )
    .all(day.end, day.start, locationId) as Exception[];
  return (slot: GridSlot): Block => {
    const { reason = null, source = null }: Partial<Block> =
      exceptions.find(
        ({ doctorId, start, end }) =>
          (doctorId === null || doctorId === slot.doctorId) && start < slot.end && end > slot.start,
      ) ?? {};
    return { reason, source };
  };
};
