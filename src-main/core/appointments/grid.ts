import type { Desk } from '../desk.ts';
import type { GridSlot, Taken, Visit } from './slot.ts';

const MINUTE = 60_000;

/** No appointment with its buffers takes longer than this, so a search by start reaches back so far. */
const LONGEST = 13 * 60 * MINUTE;

/** What takes time: every status but the freeing ones, and a hold until it has run out by central's clock. */
const LIVE = `a.status not in ('cancelled', 'no_show', 'left') and (a.status <> 'held' or a.held_until > @now + (select clock_offset_ms from desk_state))`;

const SLOT = `
  select id, doctor_id doctorId, location_id locationId, start_time_utc start, end_time_utc "end",
    is_available available
  from doctor_time_slots where deleted_at is null`;

const TAKEN = `
  select a.id, a.slot_id slotId, a.doctor_id doctorId, a.room_id roomId, a.scheduled_at start, a.ends_at "end",
    case a.status when 'held' then a.held_by end heldBy,
    coalesce(v.buffer_before_minutes, 0) * ${MINUTE} bufferBefore,
    coalesce(v.buffer_after_minutes, 0) * ${MINUTE} bufferAfter
  from appointments a left join visit_types v on v.id = a.visit_type_id`;

type SlotRow = Omit<GridSlot, 'available'> & { available: 0 | 1 };

const slotOf = (row: SlotRow): GridSlot => ({ ...row, available: row.available === 1 });

// Whole texts: one that is put together at each call takes as long to look up as a small statement takes to run.
const SLOT_BY_ID = `${SLOT} and id = ?`;
const SLOTS_OF_DOCTORS = `${SLOT} and doctor_id in (select value from json_each(?)) and start_time_utc >= ?
  and start_time_utc < ? order by start_time_utc, end_time_utc`;
const TAKEN_OF_DOCTORS = `${TAKEN} where a.doctor_id in (select value from json_each(@doctorIds))
    and a.scheduled_at > @from and a.scheduled_at < @to and ${LIVE} and a.id is not @except
  order by a.scheduled_at`;
const TAKEN_OF_ROOM = `${TAKEN} where a.room_id = @roomId
    and a.scheduled_at > @earliest and a.scheduled_at < @to and a.ends_at > @from and ${LIVE} and a.id is not @except
  order by a.scheduled_at`;
const TAKEN_OF_SLOT = `${TAKEN} where a.slot_id = @slotId and ${LIVE} and a.id is not @except`;

/** One slot, or undefined. */
export const readSlot = ({ replica }: Desk, id: string): GridSlot | undefined => {
  const row = replica.statement(SLOT_BY_ID).get(id) as SlotRow | undefined;
  return row && slotOf(row);
};

/** The slots of some doctors that begin in a stretch of time (epoch milliseconds), by start. */
export const readSlots = (
  { replica }: Desk,
  doctorIds: readonly string[],
  from: number,
  to: number,
): GridSlot[] =>
  (replica.statement(SLOTS_OF_DOCTORS).all(JSON.stringify(doctorIds), from, to) as SlotRow[]).map(slotOf);

/** The live appointments and holds of some doctors that take time between two instants, by start; one may be left out. */
export const readTaken = (
  desk: Desk,
  doctorIds: readonly string[],
  from: number,
  to: number,
  except: string | null = null,
): Taken[] =>
  desk.replica.statement(TAKEN_OF_DOCTORS).all({
    doctorIds: JSON.stringify(doctorIds),
    from: from - LONGEST,
    to: to + LONGEST,
    except,
    now: Date.parse(desk.now()),
  }) as Taken[];

/** The live appointments and holds in a room between two instants, by start; one may be left out. */
export const readRoomTaken = (
  desk: Desk,
  roomId: string,
  from: number,
  to: number,
  except: string | null = null,
): Taken[] =>
  desk.replica
    .statement(TAKEN_OF_ROOM)
    .all({ roomId, earliest: from - LONGEST, from, to, except, now: Date.parse(desk.now()) }) as Taken[];

/** The live appointment or hold that names a slot, whatever its time; one may be left out. */
export const readSlotTaken = (desk: Desk, slotId: string, except: string | null = null): Taken[] =>
  desk.replica.statement(TAKEN_OF_SLOT).all({ slotId, except, now: Date.parse(desk.now()) }) as Taken[];

/** The length and buffers of a visit type that can be booked, or undefined. */
export const readVisitType = ({ replica }: Desk, id: string): Visit | undefined =>
  replica
    .statement(
      `select duration_minutes * ${MINUTE} length, buffer_before_minutes * ${MINUTE} bufferBefore,
         buffer_after_minutes * ${MINUTE} bufferAfter
       from visit_types where id = ? and deleted_at is null`,
    )
    .get(id) as Visit | undefined;
