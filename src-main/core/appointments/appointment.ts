import type { Status } from '../../contract/status.ts';

/**
 * The moves of front-desk.md. An undo goes one step back; a completed visit goes back on the same day only, and
 * a cancelled or missed one only while its time is free, which `restore` sees to. Central checks the same.
 */
const moves: Record<Status, readonly Status[]> = {
  held: ['scheduled', 'pending', 'cancelled'],
  pending: ['scheduled', 'cancelled'],
  scheduled: ['arrived', 'cancelled', 'no_show'],
  arrived: ['ready', 'in_room', 'left', 'scheduled'],
  ready: ['in_room', 'left', 'arrived'],
  in_room: ['completed', 'ready'],
  completed: ['in_room'],
  cancelled: ['scheduled'],
  no_show: ['scheduled'],
  left: [],
};

/** Whether the status may go from one to the other. */
export const mayMove = (from: Status, to: Status): boolean => moves[from].includes(to);

/** The stamps of an appointment: ISO 8601 UTC, or null where that has not happened. */
export interface Stamps {
  arrivedAt: string | null;
  readyAt: string | null;
  inRoomAt: string | null;
  completedAt: string | null;
  cancelledAt: string | null;
  cancelledBy: string | null;
  cancellationReason: string | null;
}

const neverCame = { arrivedAt: null, readyAt: null, inRoomAt: null, completedAt: null };
const notCancelled = { cancelledAt: null, cancelledBy: null, cancellationReason: null };

/**
 * The stamps that a move sets and clears. A step forward is stamped `now`; a step back clears what is
 * undone and keeps when the earlier step was taken, stamping it now only where it had been skipped.
 * Who cancelled and why is for the caller to add.
 */
export const stampsOf = (
  before: Pick<Stamps, 'arrivedAt' | 'readyAt' | 'inRoomAt'>,
  to: Status,
  now: string,
): Partial<Stamps> => {
  switch (to) {
    case 'arrived':
      return { arrivedAt: before.arrivedAt ?? now, readyAt: null, inRoomAt: null, completedAt: null };
    case 'ready':
      return { readyAt: before.readyAt ?? now, inRoomAt: null, completedAt: null };
    case 'in_room':
      return { inRoomAt: before.inRoomAt ?? now, completedAt: null };
    case 'completed':
      return { completedAt: now };
    case 'cancelled':
      return { cancelledAt: now };
    case 'held':
    case 'pending':
    case 'scheduled':
      return { ...neverCame, ...notCancelled };
    case 'no_show':
    case 'left':
      return {};
  }
};
