import { type BoardSlot, type Column, inTheWay } from './columns.ts';

/** How long the doctor of a free slot is free from its beginning on; ISO 8601 UTC. */
export const freeUntil = (column: Column, slot: BoardSlot): string => {
  let reached = slot.end;
  for (const next of column.everySlot) {
    if (next.doctorId !== slot.doctorId || next.end <= reached) continue;
    if (next.start > reached || !next.available) break;
    const by = inTheWay(column, slot.doctorId, { start: reached, end: next.end }, null);
    if (by) return by.start > reached ? by.start : reached;
    reached = next.end;
  }
  return reached;
};
