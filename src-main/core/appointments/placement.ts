import type { InTheWay } from '../../contract/appointment.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { dayOf, iso } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { type Keeper, keeperOf } from '../leases/kept.ts';
import { fullName } from '../patients/patient.ts';
import { personOf } from '../replica/same-person.ts';
import { readRoomTaken, readSlot, readSlots, readSlotTaken, readTaken } from './grid.ts';
import { holderName } from './held.ts';
import { findFreeTimes } from './next-free.ts';
import { isRoomOf, usualRoom } from './room.ts';
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
  /** Others that move along with it, and so will not be where they are. */
  alongWith?: ReadonlySet<string> | undefined;
  /** A time that this desk holds itself is not in its way, and ends with what comes (`endOwnHolds`). */
  overOwnHolds?: boolean;
  overbook?: { reason: string } | undefined;
  /** False where many places are looked at, and other times for each would take long to find. */
  offers?: boolean;
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
 * Whether a visit may begin with a slot, as far as this desk knows; central has the last word. Refuses a slot of a
 * day that is over (earlier today may still be written down), one that is blocked, one with a live appointment
 * in the way, one that is kept for another desk which cannot be asked for it, and one that is too short with those that
 * follow it. An overbook goes past the last three, if the
 * person has the right to and is known by name; it is marked as one only where it was needed.
 */
export const findPlace = (desk: Desk, session: Session, request: Request): Result<Place> => {
  const { overbook, roomId, movingId = null, overOwnHolds = false } = request;
  const approver = session.rights.has('schedule.overbook') ? session.userId : null;
  if (overbook && approver === null) return refuse('not_allowed', { right: 'schedule.overbook' });
  const slot = readSlot(desk, request.slotId);
  if (!slot) return refuse('not_found', { what: 'slot', id: request.slotId });
  if (roomId !== undefined && !isRoomOf(desk, slot.locationId, roomId))
    return refuse('not_found', { what: 'room', id: roomId });
  if (isBeforeToday(desk, slot)) return refuse('in_the_past', { start: iso(slot.start) });

  const visit = request.visit ?? { length: slot.end - slot.start, bufferBefore: 0, bufferAfter: 0 };
  const passed: Passed = {
    except: movingId,
    holdsOf: overOwnHolds ? holderName(desk) : null,
    alongWith: request.alongWith,
  };
  const objection = findObjection(desk, slot, visit, roomId ?? null, passed);
  if (objection && (objection.code === 'slot_blocked' || !overbook))
    return refuse(objection.code, {
      ...objection.details,
      nextFree: request.offers === false ? [] : offerTimes(desk, slot, visit, movingId),
    });
  const end = slot.start + visit.length;
  const stretch = { start: slot.start, end };
  return ok({
    slotId: slot.id,
    doctorId: slot.doctorId,
    locationId: slot.locationId,
    roomId: roomId ?? usualRoom(desk, slot, stretch, request.usualRoomId ?? null, movingId),
    scheduledAt: iso(slot.start),
    endsAt: iso(end),
    overbookReason: objection ? (overbook?.reason ?? null) : null,
    overbookedBy: objection ? approver : null,
  });
};

interface Objection {
  code: 'slot_blocked' | 'slot_taken' | 'slot_kept' | 'does_not_fit';
  details: Record<string, unknown>;
}

/** Why the visit may not stand there without an overbook, or undefined. A block is past any overbook. */
const findObjection = (
  desk: Desk,
  slot: GridSlot,
  visit: Visit,
  roomId: string | null,
  passed: Passed,
): Objection | undefined => {
  if (!slot.available) return { code: 'slot_blocked', details: {} };
  const { id: slotId, doctorId, start } = slot;
  const wanted = { ...visit, doctorId, slotId, roomId, start };
  const blocker = findInTheWay(desk, wanted, passed);
  if (blocker) return { code: 'slot_taken', details: { ...describeTaken(desk, blocker) } };
  const keeper = keeperOf(desk, wanted);
  if (keeper) return { code: 'slot_kept', details: describeKeeper(keeper) };
  const slots = readSlots(desk, [doctorId], start, start + visit.length);
  const index = slots.findIndex(({ id }) => id === slotId);
  if (fits(slots, index, visit.length)) return undefined;
  return { code: 'does_not_fit', details: { minutes: visit.length / 60_000 } };
};

const isBeforeToday = (desk: Desk, { start, locationId }: GridSlot): boolean => {
  const now = Date.parse(desk.now());
  if (start >= now) return false;
  const zone = zoneOf(desk, locationId);
  return dayOf(start, zone) < dayOf(now, zone);
};

/** What is in nobody's way: an appointment that is being moved, those that move with it, and the holds of a desk. */
export interface Passed {
  except: string | null;
  holdsOf: string | null;
  alongWith?: ReadonlySet<string> | undefined;
}

/** The live appointment or hold that stands where `wanted` would, or undefined; what is passed over is left out. */
export const findInTheWay = (
  desk: Desk,
  wanted: Wanted,
  passed: string | null | Passed,
): Taken | undefined => {
  const { except, holdsOf, alongWith }: Passed =
    typeof passed === 'object' && passed !== null ? passed : { except: passed, holdsOf: null };
  const end = wanted.start + wanted.length;
  const taken = readTaken(desk, [wanted.doctorId], wanted.start, end, except);
  if (wanted.roomId !== null) taken.push(...readRoomTaken(desk, wanted.roomId, wanted.start, end, except));
  if (wanted.slotId !== null) taken.push(...readSlotTaken(desk, wanted.slotId, except));
  return inTheWay(
    taken.filter(({ id, heldBy }) => !alongWith?.has(id) && (heldBy === null || heldBy !== holdsOf)),
    wanted,
  );
};

/** An appointment or hold in the way, in the words of the message that names it. */
export const describeTaken = (desk: Desk, taken: Taken): Omit<InTheWay, 'nextFree'> => {
  const row = desk.replica
    .statement(
      `select p.first_name firstName, p.last_name lastName, r.name roomName
       from appointments a left join patients p on p.id = ${personOf('a.patient_id')}
         left join rooms r on r.id = a.room_id
       where a.id = ?`,
    )
    .get(taken.id) as { firstName: string | null; lastName: string | null; roomName: string | null };
  return {
    appointmentId: taken.id,
    doctorName: doctorNames(desk)(taken.doctorId),
    patientName: fullName(row.firstName ?? '', row.lastName ?? ''),
    roomName: row.roomName,
    heldBy: taken.heldBy,
    start: iso(taken.start),
    end: iso(taken.end),
  };
};

/** Another desk that keeps a time, in the words of the message that names it. */
export const describeKeeper = ({ deskName, start }: Keeper): Record<string, unknown> => ({
  deskName,
  start: iso(start),
});

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
