import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useBoard } from './board-state.ts';
import { type BoardSlot, type Column, freeSlots, minutesIn } from './columns.ts';
import { followPointer } from './follow-pointer.ts';
import { freeUntil } from './free-until.ts';
import { type Point, pointAt } from './hit.ts';
import { STEP_MINUTES } from './use-resize.ts';

interface CreateContext {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  /** What to do with the time that was marked. */
  onMarked: (column: Column, slot: BoardSlot, end: string) => void;
}

/**
 * Marks free time with the pointer, from the slot where it went down, as far as it is free. Answers what to do when
 * a pointer goes down between the cards.
 */
export const useCreate = (context: CreateContext) => {
  const latest = useRef(context);
  latest.current = context;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  return useCallback((event: PointerEvent, { column: { key } }: Point, slot: BoardSlot): void => {
    const element = latest.current.scroller.current;
    if (!element) return;
    stop.current = followPointer(event, element, {
      aim: (_, y) => {
        const { columns, pxPerMinute } = latest.current;
        const column = columns.find((one) => one.key === key);
        const face = element.querySelector(`[data-column="${key}"]`);
        if (!column || !face) return;
        const box = face.getBoundingClientRect();
        const point = pointAt(element, [column], pxPerMinute, box.left + 1, y) ?? { column, minutes: 0 };
        const marked = markTo(point, slot);
        useBoard.setState({ creating: marked && { ...marked, column: key, by: 'pointer' } });
      },
      end: (drop) => {
        stop.current = null;
        const { creating } = useBoard.getState();
        useBoard.setState({ creating: null });
        const column = latest.current.columns.find((one) => one.key === key);
        const from = column?.slots.find(({ id }) => id === creating?.slotId);
        if (drop && creating && column && from) latest.current.onMarked(column, from, creating.end);
      },
    });
  }, []);
};

/** One step longer (1) or shorter (-1) by keys, or as it is (0), within what is free: a draft until Enter books it. */
export const stretchSlot = (column: Column, slot: BoardSlot, step: 1 | 0 | -1): void =>
  useBoard.setState(({ creating }) => {
    const same = creating?.column === column.key && creating.slotId === slot.id;
    const from = same ? creating.end : slot.end;
    const wanted = new Date(Date.parse(from) + step * STEP_MINUTES * 60_000).toISOString();
    const least = new Date(Date.parse(slot.start) + STEP_MINUTES * 60_000).toISOString();
    const most = freeUntil(column, slot);
    const end = wanted < least ? least : wanted > most ? most : wanted;
    return { resizing: null, creating: { column: column.key, slotId: slot.id, end, by: 'keys' } };
  });

/** The stretch between the slot that was pressed and a point: downwards to the minute, upwards by slots. */
const markTo = ({ column, minutes }: Point, pressed: BoardSlot) => {
  const snapped = Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;
  const at = new Date(column.startMs + snapped * 60_000).toISOString();
  if (at > pressed.start) {
    const end = at < pressed.end ? pressed.end : at;
    const limit = freeUntil(column, pressed);
    return { slotId: pressed.id, end: end < limit ? end : limit };
  }
  const first = freeSlots(column, null).find(
    (slot) =>
      minutesIn(column, slot.end) > minutes &&
      slot.doctorId === pressed.doctorId &&
      freeUntil(column, slot) >= pressed.end,
  );
  return { slotId: (first ?? pressed).id, end: pressed.end };
};
