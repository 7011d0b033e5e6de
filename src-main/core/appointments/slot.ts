/** A row of the bookable grid. Times here and below are epoch milliseconds, ends not included. */
export interface GridSlot {
  id: string;
  doctorId: string;
  locationId: string | null;
  start: number;
  end: number;
  /** False where it is blocked. */
  available: boolean;
}

/** A live appointment or hold, as far as it can be in the way. Buffers are milliseconds kept free around it. */
export interface Taken {
  id: string;
  slotId: string | null;
  doctorId: string;
  roomId: string | null;
  start: number;
  end: number;
  bufferBefore: number;
  bufferAfter: number;
  /** The desk that holds the time while it fills in a form; null for an appointment. */
  heldBy: string | null;
}

/** How much time a visit takes, in milliseconds. Buffers keep appointments apart; they may lie in closed time. */
export interface Visit {
  length: number;
  bufferBefore: number;
  bufferAfter: number;
}

/** A place that somebody wants. */
export interface Wanted extends Visit {
  doctorId: string;
  roomId: string | null;
  /** The first slot, where there is one: it is taken by whoever names it, at whatever time. */
  slotId: string | null;
  start: number;
}

/**
 * Whether the slot at `index` and those that follow it without a gap, all available and at one location, are long
 * enough. `slots` are one doctor's, by start.
 */
export const fits = (slots: readonly GridSlot[], index: number, length: number): boolean => {
  const first = slots[index];
  if (!first?.available) return false;
  let reached = first.end;
  for (let next = index + 1; reached < first.start + length; next += 1) {
    const slot = slots[next];
    if (!slot || slot.start > reached) return false;
    if (slot.available && slot.locationId === first.locationId) reached = Math.max(reached, slot.end);
  }
  return true;
};

/**
 * The first of `taken` that stands where `wanted` would: the doctor's or the room's. Between two appointments of a
 * doctor lie both the buffer after the one and the buffer before the other. A room has no buffers.
 */
export const inTheWay = (taken: readonly Taken[], wanted: Wanted): Taken | undefined =>
  taken.find((other) => isInTheWay(other, wanted));

const isInTheWay = (other: Taken, wanted: Wanted): boolean => {
  if (wanted.slotId !== null && other.slotId === wanted.slotId) return true;
  const end = wanted.start + wanted.length;
  if (other.doctorId === wanted.doctorId) {
    const before = wanted.bufferBefore + other.bufferAfter;
    const after = wanted.bufferAfter + other.bufferBefore;
    if (other.start < end + after && wanted.start < other.end + before) return true;
  }
  return (
    wanted.roomId !== null && other.roomId === wanted.roomId && other.start < end && wanted.start < other.end
  );
};

/**
 * Whether a visit can begin with the slot at `index`: it is available and not over, and nothing is in the way of
 * the whole visit. `slots` and `taken` are one doctor's, by start.
 */
export const isFree = (
  slots: readonly GridSlot[],
  index: number,
  taken: readonly Taken[],
  visit: Visit,
  now: number,
): boolean => {
  const slot = slots[index];
  if (!slot || slot.end <= now || !fits(slots, index, visit.length)) return false;
  return !inTheWay(taken, {
    ...visit,
    doctorId: slot.doctorId,
    roomId: null,
    slotId: slot.id,
    start: slot.start,
  });
};

/** Stretches that touch or overlap, joined where `same` says that they are of a kind. `stretches` are by start. */
export const joinStretches = <T extends { start: number; end: number }>(
  stretches: readonly T[],
  same: (a: T, b: T) => boolean = () => true,
): T[] => {
  const joined: T[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last && stretch.start <= last.end && same(last, stretch)) last.end = Math.max(last.end, stretch.end);
    else joined.push({ ...stretch });
  }
  return joined;
};
