import type { InTheWay } from '../../contract/appointment.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { iso, localTime } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { fullName } from '../patients/patient.ts';
import { readRoomTaken, readSlot, readSlots, readSlotTaken, readTaken } from './grid.ts';
import { findFreeTimes } from './next-free.ts';
import { fits, type GridSlot, inTheWay, type Taken, type Visit, type Wanted } from './slot.ts';

/** What somebody wants to put where. */
export interface Request {
  slotId: string;
  /** Null: as long as the slot. */
  visit: Visit | null;
  /** A room that was asked for by name, and so may be in nobody else's use. */
  roomId?: string | undefined;
  /** A room to take where it happens to be free. */
  usualRoomId?: string | null;
  /** The appointment that is being moved and so is not in its own way. */
  movingId?: string;
  overbook?: { reason: string } | undefined;
}

/** Where an appointment may stand, in the words of its columns. */
export interface Place {
  slotId: string;
  doctorId: string;
  locationId: string | null;
  roomId: string | null;
  scheduledAt: string;
  endsAt: string;
  overbookReason: string | null;
  overbookedBy: string | null;
}

/**
 * Whether a visit may begin with a slot, as far as this desk knows; central has the last word. Refuses a slot that
 * is over, is blocked, is too short with those that follow it, or has a live appointment in the way. An overbook
 * goes past the last two, if the person has the right to and is known by name; it is only marked as one
 * where it was needed.
 */
export const findPlace = (desk: Desk, session: Session, request: Request): Result<Place> => {
  const { overbook } = request;
  const approver = session.rights.has('schedule.overbook') ? session.userId : null;
  if (overbook && approver === null) return refuse('not_allowed', { right: 'schedule.overbook' });

  const slot = readSlot(desk, request.slotId);
  if (!slot) return refuse('not_found', { what: 'slot', id: request.slotId });
  const refused = checkRoom(desk, slot, request.roomId);
  if (refused) return refused;
  if (slot.end <= Date.parse(desk.now())) return refuse('in_the_past', { end: iso(slot.end) });

  const visit = request.visit ?? { length: slot.end - slot.start, bufferBefore: 0, bufferAfter: 0 };
  const except = request.movingId ?? null;
  const wanted = { ...visit, doctorId: slot.doctorId, slotId: slot.id, start: slot.start };
  const offer = () => offerTimes(desk, slot, visit, except);
  if (!slot.available) return refuse('slot_blocked', { nextFree: offer() });

  const mustHave = { ...wanted, roomId: request.roomId ?? null };
  const blocker = findInTheWay(desk, mustHave, except);
  if (blocker && !overbook)
    return refuse('slot_taken', { ...describeTaken(desk, blocker), nextFree: offer() });
  const end = slot.start + visit.length;
  const slots = readSlots(desk, [slot.doctorId], slot.start, end);
  const short = !fits(
    slots,
    slots.findIndex(({ id }) => id === slot.id),
    visit.length,
  );
  if (short && !overbook)
    return refuse('does_not_fit', { minutes: visit.length / 60_000, nextFree: offer() });

  const overbooked = blocker !== undefined || short;
  return ok({
    slotId: slot.id,
    doctorId: slot.doctorId,
    locationId: slot.locationId,
    roomId: request.roomId ?? freeRoom(desk, slot, end, request.usualRoomId, except),
    scheduledAt: iso(slot.start),
    endsAt: iso(end),
    overbookReason: overbooked ? (overbook?.reason ?? null) : null,
    overbookedBy: overbooked ? approver : null,
  });
};

/** The live appointment that stands where `wanted` would, or undefined; `except` is left out. */
export const findInTheWay = (desk: Desk, wanted: Wanted, except: string | null): Taken | undefined => {
  const end = wanted.start + wanted.length;
  const taken = readTaken(desk, [wanted.doctorId], wanted.start, end, except);
  if (wanted.roomId !== null) taken.push(...readRoomTaken(desk, wanted.roomId, wanted.start, end, except));
  if (wanted.slotId !== null) taken.push(...readSlotTaken(desk, wanted.slotId, except));
  return inTheWay(taken, wanted);
};

/** An appointment in the way, in the words of the message that names it. */
export const describeTaken = (desk: Desk, taken: Taken): Omit<InTheWay, 'nextFree'> => {
  const row = desk.replica
    .statement(
      `select p.first_name firstName, p.last_name lastName, r.name roomName
       from appointments a left join patients p on p.id = a.patient_id left join rooms r on r.id = a.room_id
       where a.id = ?`,
    )
    .get(taken.id) as { firstName: string | null; lastName: string | null; roomName: string | null };
  return {
    appointmentId: taken.id,
    doctorName: doctorNames(desk)(taken.doctorId),
    patientName: fullName(row.firstName ?? '', row.lastName ?? ''),
    roomName: row.roomName,
    start: iso(taken.start),
    end: iso(taken.end),
  };
};

const OFFERED = 4;

/** The doctor's next free times for the visit at that location, from the slot on. */
export const offerTimes = (
  desk: Desk,
  slot: Pick<GridSlot, 'doctorId' | 'locationId' | 'start'>,
  visit: Visit,
  movingId: string | null,
) =>
  findFreeTimes(desk, {
    doctorIds: [slot.doctorId],
    visit,
    locationId: slot.locationId ?? undefined,
    partOfDay: 'any',
    after: slot.start,
    movingId,
    count: OFFERED,
  });

const checkRoom = (desk: Desk, slot: GridSlot, roomId: string | undefined) => {
  if (roomId === undefined) return undefined;
  const found = desk.replica
    .statement('select 1 from rooms where id = ? and location_id is ? and deleted_at is null')
    .get(roomId, slot.locationId);
  return found ? undefined : refuse('not_found', { what: 'room', id: roomId });
};

/** The usual room, or else the weekly template's, if nobody is in it then; else none. */
const freeRoom = (
  desk: Desk,
  slot: GridSlot,
  end: number,
  usual: string | null | undefined,
  except: string | null,
): string | null => {
  const room = usual ?? templateRoom(desk, slot);
  if (room === null) return null;
  return readRoomTaken(desk, room, slot.start, end, except).length === 0 ? room : null;
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
