import { type DayBounds, localTime } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { isRoomKept } from '../leases/kept.ts';
import { readRoomTaken } from './grid.ts';
import type { GridSlot } from './slot.ts';

/** Whether a room is one of a location's. */
export const isRoomOf = ({ replica }: Desk, locationId: string | null, roomId: string): boolean =>
  replica
    .statement('select 1 from rooms where id = ? and location_id is ? and deleted_at is null')
    .get(roomId, locationId) !== undefined;

/** The room that an appointment has already, or else the weekly template's, if nobody is in it then; else none. */
export const usualRoom = (
  desk: Desk,
  slot: GridSlot,
  { start, end }: DayBounds,
  ownRoomId: string | null,
  except: string | null,
): string | null => {
  const roomId = ownRoomId ?? templateRoom(desk, slot);
  if (roomId === null) return null;
  const isFree = readRoomTaken(desk, roomId, start, end, except).length === 0;
  return isFree && !isRoomKept(desk, roomId, start, end) ? roomId : null;
};

/** The room in which the doctor's weekly template puts a slot. */
const templateRoom = (desk: Desk, slot: GridSlot): string | null => {
  const zone = desk.replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(slot.locationId) as string | undefined;
  if (zone === undefined) return null;
  const local = localTime(slot.start, zone);
  const room = desk.replica
    .statement(
      `select room_id from schedule_templates
       where doctor_id = @doctorId and location_id = @locationId and weekday = @weekday and deleted_at is null
         and room_id is not null and valid_from <= @day and (valid_until is null or valid_until >= @day)
         and starts_local <= @time and ends_local > @time`,
    )
    .pluck()
    .get({
      doctorId: slot.doctorId,
      locationId: slot.locationId,
      weekday: local.dayOfWeek,
      day: local.toPlainDate().toString(),
      time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
    }) as string | undefined;
  return room ?? null;
};
