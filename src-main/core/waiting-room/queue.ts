import type { Appointment } from '../../contract/appointment.ts';
import type { Status } from '../../contract/status.ts';

const MINUTE = 60_000;

/** Where a patient of today stands in the waiting room. */
export type Place = 'expected' | 'here' | 'done';

const places: Partial<Record<Status, Place>> = {
  scheduled: 'expected',
  arrived: 'here',
  ready: 'here',
  in_room: 'here',
  completed: 'done',
  left: 'done',
};

/** The part of the waiting room that shows this status, or undefined. */
export const placeOf = (status: Status): Place | undefined => places[status];

type Times = Pick<Appointment, 'status' | 'start' | 'arrivedAt' | 'inRoomAt' | 'completedAt'>;

/**
 * How long a patient has waited, in milliseconds: from arrival until called into the room, or until now. Null for one
 * who has not come, or who left or was done without anybody noting when the wait ended.
 */
export const waited = ({ status, arrivedAt, inRoomAt, completedAt }: Times, now: number): number | null => {
  if (arrivedAt === null) return null;
  const called = inRoomAt ?? completedAt;
  if (called !== null) return Math.max(0, Date.parse(called) - Date.parse(arrivedAt));
  return status === 'arrived' || status === 'ready' ? Math.max(0, now - Date.parse(arrivedAt)) : null;
};

/** Waiting time in whole minutes, lateness and whether the clinic's limit is passed, as a line shows them. */
export const lineOf = (appointment: Times, now: number, limitMinutes: number) => {
  const wait = waited(appointment, now);
  const waitingMinutes = wait === null ? null : Math.floor(wait / MINUTE);
  const late = now - Date.parse(appointment.start);
  return {
    waitingMinutes,
    lateMinutes: appointment.status === 'scheduled' && late >= MINUTE ? Math.floor(late / MINUTE) : null,
    overLimit: isWaiting(appointment) && waitingMinutes !== null && waitingMinutes > limitMinutes,
  };
};

const isWaiting = ({ status }: Times): boolean => status === 'arrived' || status === 'ready';

/** Order of a part: who is expected and who is done by appointed time; who is here by the longest wait. */
export const inOrder =
  (place: Place, now: number) =>
  (a: Times, b: Times): number =>
    (place === 'here' ? (waited(b, now) ?? 0) - (waited(a, now) ?? 0) : 0) ||
    Date.parse(a.start) - Date.parse(b.start);

/**
 * Whom a doctor calls next: of those who are ready whoever has waited longest, then of those who have arrived; of two
 * who came together, whoever was appointed sooner. Undefined when nobody waits.
 */
export const nextInLine = <P extends Times & { id: string }>(
  people: readonly P[],
  now: number,
): P | undefined =>
  people
    .filter(isWaiting)
    .sort(
      (a, b) =>
        Number(b.status === 'ready') - Number(a.status === 'ready') ||
        inOrder('here', now)(a, b) ||
        (a.id < b.id ? -1 : 1),
    )[0];
