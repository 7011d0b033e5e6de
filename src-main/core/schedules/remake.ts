/** A slot as the rules give it. Times are epoch milliseconds. */
export interface WantedSlot {
  locationId: string;
  start: number;
  end: number;
  available: boolean;
}

/** A slot of the same doctor as it is stored. */
export interface StoredSlot {
  id: string;
  locationId: string | null;
  start: number;
  end: number;
  available: boolean;
  deleted: boolean;
  /** Whether a live appointment names it. */
  booked: boolean;
  /** Whether the wanted slots are those of its time too, so that one that is not among them has to go. */
  within: boolean;
}

/** What makes the stored slots into the wanted ones. */
export interface Remade {
  add: WantedSlot[];
  set: { id: string; deleted?: boolean; available?: boolean; locationId?: string }[];
  /** Booked slots that the rules no longer give as they stand; to be looked at again once they are free. */
  held: string[];
}

/**
 * Compares the slots that a doctor should have with those that are stored for the same time. A slot that the rules no
 * longer give is deleted, one that they give again comes back, and a booked one is never deleted, blocked or moved:
 * it stays until its appointment has gone, and what would overlap it waits as long. A booked slot may open again.
 * What comes out, applied and compared again, leaves nothing to do.
 */
export const remake = (wanted: readonly WantedSlot[], stored: readonly StoredSlot[]): Remade => {
  const standing = stored.filter(({ booked, deleted }) => booked && !deleted);
  const rows = new Map(stored.map((row) => [spanOf(row), row]));
  const possible = new Map<string, WantedSlot>();
  for (const slot of wanted)
    if (!standing.some((row) => overlap(row, slot) && spanOf(row) !== spanOf(slot)))
      possible.set(spanOf(slot), slot);

  const remade: Remade = { add: [], set: [], held: [] };
  for (const [span, slot] of possible) {
    const row = rows.get(span);
    if (!row) remade.add.push(slot);
    else if (row.booked) openBooked(row, slot, remade);
    else setFree(row, slot, remade);
  }
  for (const row of stored) {
    if (row.deleted || !row.within || possible.has(spanOf(row))) continue;
    if (row.booked) remade.held.push(row.id);
    else remade.set.push({ id: row.id, deleted: true });
  }
  return remade;
};

const spanOf = ({ start, end }: { start: number; end: number }): string => `${start}/${end}`;

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && a.end > b.start;

const openBooked = (row: StoredSlot, slot: WantedSlot, remade: Remade): void => {
  const reopens = { ...(row.deleted ? { deleted: false } : {}), ...opened(row, slot) };
  if (Object.keys(reopens).length > 0) remade.set.push({ id: row.id, ...reopens });
  if (!slot.available || row.locationId !== slot.locationId) remade.held.push(row.id);
};

const opened = (row: StoredSlot, slot: WantedSlot) =>
  slot.available && !row.available ? { available: true } : {};

const setFree = (row: StoredSlot, slot: WantedSlot, remade: Remade): void => {
  const set = {
    ...(row.deleted ? { deleted: false } : {}),
    ...(row.available === slot.available ? {} : { available: slot.available }),
    ...(row.locationId === slot.locationId ? {} : { locationId: slot.locationId }),
  };
  if (Object.keys(set).length > 0) remade.set.push({ id: row.id, ...set });
};
