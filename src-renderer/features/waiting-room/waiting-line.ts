import type { Waiting } from '../../../src-main/contract/appointment.ts';
import type { CallInput } from '../../../src-main/contract/calls.ts';
import type { Status } from '../../../src-main/contract/status.ts';

const MINUTE_MS = 60_000;

/** Whole minutes from an instant to `now` (epoch milliseconds), never negative. */
const minutesSince = (instant: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(instant)) / MINUTE_MS));

/** How long a person has waited or is late, as of `now`, so that the minutes go on between two readings. */
export interface Times {
  waiting: number | null;
  inRoom: number | null;
  late: number | null;
  overLimit: boolean;
}

/** `limit` is the clinic's, in minutes; `now` in epoch milliseconds. */
export const timesOf = ({ appointment }: Waiting, limit: number, now: number): Times => {
  const { status, start, arrivedAt, inRoomAt } = appointment;
  const waits = (status === 'arrived' || status === 'ready') && arrivedAt !== null;
  const waiting = waits ? minutesSince(arrivedAt, now) : null;
  const late = status === 'scheduled' ? minutesSince(start, now) : 0;
  return {
    waiting,
    inRoom: status === 'in_room' && inRoomAt ? minutesSince(inRoomAt, now) : null,
    late: late > 0 ? late : null,
    overLimit: waiting !== null && waiting > limit,
  };
};

type MoveTo = CallInput<'moveOn'>['to'];

const forward: Partial<Record<Status, MoveTo>> = {
  scheduled: 'arrived',
  arrived: 'ready',
  ready: 'in_room',
  in_room: 'completed',
};
const backward: Partial<Record<Status, MoveTo>> = {
  arrived: 'scheduled',
  ready: 'arrived',
  in_room: 'ready',
  completed: 'in_room',
};

/** The usual next step of a status, and the one that takes the last step back (front-desk.md). */
export const nextStep = (status: Status): MoveTo | null => forward[status] ?? null;
export const stepBack = (status: Status): MoveTo | null => backward[status] ?? null;
