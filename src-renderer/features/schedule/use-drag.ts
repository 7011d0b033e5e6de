import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { type Drag, useBoard } from './board-state.ts';
import { type Column, minutesIn } from './columns.ts';
import { nearestSlot, pointAt } from './hit.ts';

const THRESHOLD_PX = 5;
const EDGE_PX = 48;
const EDGE_SPEED_PX = 14;

interface DragContext {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  onDrop: (drag: Drag) => void;
  /** The appointment in the hand has gone from the board: somebody else cancelled or moved it to another day. */
  onLost: (appointment: Appointment) => void;
}

/**
 * Moves cards with the pointer. Returns what to do when a pointer goes down on a card, and whether a click that
 * follows belongs to a drag that has just ended. What is in the hand lives in `useBoard.drag`, outside the cards,
 * so a live change may redraw any of them under the pointer. Esc gives up. Not for fingers: those scroll.
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
    let endedAt = 0;
    const begin = (event: PointerEvent, appointment: Appointment, column: Column): void => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const { scroller, pxPerMinute, columns } = latest.current;
      const element = scroller.current;
      if (!element) return;
      const point = pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
      if (!point) return;
      const grabbed = point.minutes - minutesIn(column, appointment.start);
      stop.current = follow(event, element, {
        aim: (x, y) => aim(element, latest.current, appointment, grabbed, x, y),
        end: (drop) => {
          stop.current = null;
          const { drag } = useBoard.getState();
          if (!drag) return;
          endedAt = performance.now();
          useBoard.setState({ drag: null });
          if (drop && drag.target) latest.current.onDrop(drag);
        },
      });
    };
    return { begin, justEnded: () => performance.now() - endedAt < 50 };
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
  const slot = point && nearestSlot({ ...point, minutes: point.minutes - grabbed });
  const target = point && slot ? { column: point.column.key, slotId: slot.id, start: slot.start } : null;
  useBoard.setState(({ drag }) => {
    if (drag && drag.target?.slotId === target?.slotId) return {};
    return { drag: { appointment: drag?.appointment ?? appointment, target } };
  });
};

interface Followed {
  aim: (x: number, y: number) => void;
  end: (drop: boolean) => void;
}

/** Follows a pointer from its first press until it is let go or given up. Returns how to give up. */
const follow = (first: PointerEvent, element: HTMLElement, { aim, end }: Followed): (() => void) => {
  let [x, y] = [first.clientX, first.clientY];
  let dragging = false;
  let frame = 0;
  const controller = new AbortController();
  const { signal } = controller;

  const scrollAtEdges = (): void => {
    const box = element.getBoundingClientRect();
    const pull = (at: number, low: number, high: number): number =>
      at < low + EDGE_PX ? -EDGE_SPEED_PX : at > high - EDGE_PX ? EDGE_SPEED_PX : 0;
    const [dx, dy] = [pull(x, box.left + EDGE_PX, box.right), pull(y, box.top + EDGE_PX, box.bottom)];
    if (dx !== 0 || dy !== 0) {
      element.scrollBy(dx, dy);
      aim(x, y);
    }
    frame = requestAnimationFrame(scrollAtEdges);
  };
  const finish = (drop: boolean): void => {
    controller.abort();
    cancelAnimationFrame(frame);
    document.documentElement.classList.remove('is-dragging');
    end(drop);
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== first.pointerId) return;
    [x, y] = [event.clientX, event.clientY];
    if (!dragging) {
      if (Math.hypot(x - first.clientX, y - first.clientY) < THRESHOLD_PX) return;
      dragging = true;
      document.documentElement.classList.add('is-dragging');
      frame = requestAnimationFrame(scrollAtEdges);
    }
    aim(x, y);
  };
  const giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !dragging) return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  };
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', () => finish(true), { signal });
  window.addEventListener('pointercancel', () => finish(false), { signal });
  window.addEventListener('keydown', giveUp, { signal, capture: true });
  return () => finish(false);
};
