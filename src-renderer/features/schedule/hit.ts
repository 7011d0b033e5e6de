import { type BoardSlot, type Column, type Moving, minutesIn, slotsFor } from './columns.ts';

/** A point of the board: the column under it and the minutes from the column's upper edge. */
export interface Point {
  column: Column;
  minutes: number;
}

/** What lies under a point of the window; null outside the columns. */
export const pointAt = (
  scroller: HTMLElement,
  columns: readonly Column[],
  pxPerMinute: number,
  x: number,
  y: number,
): Point | null => {
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-column]')) {
    const box = element.getBoundingClientRect();
    if (x < box.left || x >= box.right) continue;
    const column = columns.find(({ key }) => key === element.dataset['column']);
    return column ? { column, minutes: (y - box.top) / pxPerMinute } : null;
  }
  return null;
};

/** The slot of the column that holds a minute. */
export const slotAt = ({ column, minutes }: Point, moving: Moving | null): BoardSlot | undefined =>
  slotsFor(column, moving).find(
    (slot) => minutesIn(column, slot.start) <= minutes && minutes < minutesIn(column, slot.end),
  );

const REACH_MINUTES = 20;

/** The slot whose beginning is nearest to a minute, if it is near at all. */
export const nearestSlot = ({ column, minutes }: Point, moving: Moving): BoardSlot | undefined => {
  let nearest: BoardSlot | undefined;
  let least = REACH_MINUTES;
  for (const slot of slotsFor(column, moving)) {
    const distance = Math.abs(minutesIn(column, slot.start) - minutes);
    if (distance >= least) continue;
    nearest = slot;
    least = distance;
  }
  return nearest;
};
