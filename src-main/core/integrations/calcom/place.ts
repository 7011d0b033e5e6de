import { readRoomTaken, readSlots, readTaken } from '../../appointments/grid.ts';
import type { Desk } from '../../desk.ts';
import type { Side } from './merge.ts';
import type { Appointment } from './rows.ts';

/** Where a booking may stand here, in the words of the appointment's columns, or why not. */
export type Place =
  | { is: 'free'; set: Where }
  /** Somebody at a desk keeps the time for as long as a form is open: the next run sees what came of it. */
  | { is: 'held' }
  | { is: 'taken'; appointmentId: string }
  /** What a desk booked has to name a slot and keeps its room, and here it cannot. */
  | { is: 'unnamed' };

interface Where {
  slotId: string | null;
  doctorId?: string;
  locationId?: string | null;
  roomId?: string | null;
  scheduledAt: string;
  endsAt: string;
}

/**
 * Looks for a booking's time with its doctor. Buffers are wishes of the desk and not in its way. What Cal.com made takes
 * its time by itself, without a slot; what a desk made stays where it was made and begins with one of the doctor's slots.
 */
export const placeFor = (
  desk: Desk,
  appointment: Appointment | undefined,
  wanted: Omit<Side, 'status'>,
): Place => {
  const [start, end] = [Date.parse(wanted.start), Date.parse(wanted.end)];
  const inTheWay = readTaken(desk, [wanted.doctorId], start, end, appointment?.id ?? null).filter(
    (taken) => taken.start < end && taken.end > start,
  );
  const taken = inTheWay.find(({ heldBy }) => heldBy === null);
  if (taken) return { is: 'taken', appointmentId: taken.id };
  if (inTheWay.length > 0) return { is: 'held' };
  const time = { scheduledAt: wanted.start, endsAt: wanted.end };
  if (appointment && appointment.origin !== 'cal_com')
    return placeOfDesk(desk, appointment, start, end, time);
  const { doctorId } = wanted;
  const stays = appointment?.doctorId === doctorId;
  return {
    is: 'free',
    set: {
      slotId: null,
      doctorId,
      locationId: stays ? appointment.locationId : locationAt(desk, doctorId, start),
      roomId: stays && isRoomFree(desk, appointment, start, end) ? appointment.roomId : null,
      ...time,
    },
  };
};

const placeOfDesk = (
  desk: Desk,
  appointment: Appointment,
  start: number,
  end: number,
  time: { scheduledAt: string; endsAt: string },
): Place => {
  const slot = readSlots(desk, [appointment.doctorId], start, start + 1).find(
    ({ locationId }) => locationId === appointment.locationId,
  );
  return slot && isRoomFree(desk, appointment, start, end)
    ? { is: 'free', set: { slotId: slot.id, ...time } }
    : { is: 'unnamed' };
};

const isRoomFree = (desk: Desk, { id, roomId }: Appointment, start: number, end: number): boolean =>
  roomId === null || readRoomTaken(desk, roomId, start, end, id).length === 0;

/** Where the doctor works then by the grid, else where they are at home. */
const locationAt = (desk: Desk, doctorId: string, start: number): string | null => {
  const before = 4 * 3_600_000;
  const slot = readSlots(desk, [doctorId], start - before, start + 1).find((one) => one.end > start);
  if (slot) return slot.locationId;
  return (
    (desk.replica.statement('select location_id from doctors where id = ?').pluck().get(doctorId) as
      | string
      | null
      | undefined) ?? null
  );
};
