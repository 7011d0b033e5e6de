import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { type Drag, useBoard } from './board-state.ts';
import { type Column, minutesIn } from './columns.ts';
import { followPointer } from './follow-pointer.ts';
import { nearestSlot, pointAt } from './hit.ts';

interface DragContext {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  onDrop: (drag: Drag) => void;
  /** The appointment in the hand has gone from the board: somebody else cancelled or moved it to another day. */
  onLost: (appointment: Appointment) => void;
}

/**
 * Moves cards with the pointer. Returns what to do when a pointer goes down on a card. What is in the hand lives in
 * `useBoard.drag`, outside the cards, so a live change may redraw any of them under the pointer.
 */
export const useDrag = (context: DragContext) => {
  const latest = useRef(context);
  latest.current = context;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  const { columns, onLost } = context;
  useEffect(() => {
    const held = useBoard.getState().drag?.appointment;
    if (!held) return;
    const now = columns.flatMap(({ appointments }) => appointments).find(({ id }) => id === held.id);
    if (now === held) return;
    if (now) useBoard.setState(({ drag }) => ({ drag: drag && { ...drag, appointment: now } }));
    else {
      stop.current?.();
      onLost(held);
    }
  }, [columns, onLost]);

  return useMemo(() => {
    const begin = (event: PointerEvent, appointment: Appointment, column: Column): void => {
      const { scroller, pxPerMinute, columns } = latest.current;
      const element = scroller.current;
      if (!element) return;
      const point = pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
      if (!point) return;
      const grabbed = point.minutes - minutesIn(column, appointment.start);
      stop.current = followPointer(event, element, {
        aim: (x, y) => aim(element, latest.current, appointment, grabbed, x, y),
        end: (drop) => {
          stop.current = null;
          const { drag } = useBoard.getState();
          useBoard.setState({ drag: null });
          if (drop && drag?.target) latest.current.onDrop(drag);
        },
      });
    };
    return { begin };
  }, []);
};

/** Points the drag at the slot under the pointer. */
const aim = (
  element: HTMLElement,
  { columns, pxPerMinute }: DragContext,
  appointment: Appointment,
  grabbed: number,
  x: number,
  y: number,
): void => {
  const point = pointAt(element, columns, pxPerMinute, x, y);
  const slot = point && nearestSlot({ ...point, minutes: point.minutes - grabbed }, appointment);
  const target = point && slot ? { column: point.column.key, slotId: slot.id, start: slot.start } : null;
  useBoard.setState(({ drag }) => {
    if (drag && drag.target?.slotId === target?.slotId && drag.target?.column === target?.column) return {};
    return { drag: { appointment: drag?.appointment ?? appointment, target } };
  });
};
