import { type MouseEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { select, useScreen } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { isOwnedOutside } from '../../ui/outside.ts';
import { fullName } from '../../ui/person-name.tsx';
import { type Drag, placeCursor, useBoard } from './board-state.ts';
import type { BoardSlot, Column } from './columns.ts';
import { pointAt } from './hit.ts';
import { freeSlotAt } from './hover-slot.tsx';
import { useCreate } from './use-create.ts';
import { useDrag } from './use-drag.ts';
import { usePut } from './use-put.ts';
import { canResize, isOnGrip, useResize } from './use-resize.ts';

interface PointerContext {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  pxPerMinute: number;
  openSlot: (column: Column, slotId: string, end?: string) => void;
}

/** What mouse and fingers do on the board: choose, move, resize, book, and mark free time to book. */
export const usePointer = ({ scroller, columns, pxPerMinute, openSlot }: PointerContext) => {
  const onLost = useOnLost();
  const drag = useDrag({ scroller, columns, pxPerMinute, onDrop: useOnDrop(columns), onLost });
  const resize = useResize(scroller, columns, pxPerMinute, onLost);
  const onMarked = useCallback(
    (column: Column, { id }: BoardSlot, end: string) => openSlot(column, id, end),
    [openSlot],
  );
  const create = useCreate({ scroller, columns, pxPerMinute, onMarked });
  const justEnded = useDraftEnd();
  useNoTouchScroll(scroller);

  const freeAt = (event: MouseEvent) => {
    const element = scroller.current;
    if (!element || !(event.target instanceof Element) || !event.target.closest('[data-column]')) return;
    const point = pointAt(element, columns, pxPerMinute, event.clientX, event.clientY);
    const slot = point && freeSlotAt(point, useScreen.getState().moving);
    return point && slot ? { point, slot } : undefined;
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      justEnded.current = false;
      if (event.button !== 0 || !event.isPrimary) return;
      const found = cardOf(columns, event.target);
      if (found) {
        const { card, appointment, column } = found;
        if (isOwnedOutside(appointment)) return;
        const byEnd = canResize(appointment) && isOnGrip(card, event.clientY);
        (byEnd ? resize : drag.begin)(event.nativeEvent, appointment, column);
        return;
      }
      const free = useScreen.getState().moving ? undefined : freeAt(event);
      if (free) create(event.nativeEvent, free.point, free.slot);
    },
    onClick: (event: MouseEvent): void => {
      if (justEnded.current) return;
      const found = cardOf(columns, event.target);
      useBoard.setState({ resizing: null, creating: null });
      if (found) {
        const { appointment, column } = found;
        placeCursor({ column: column.key, kind: 'card', id: appointment.id, at: appointment.start });
        select(appointment);
        return;
      }
      const free = freeAt(event);
      if (!free) return;
      const { point, slot } = free;
      placeCursor({ column: point.column.key, kind: 'slot', id: slot.id, at: slot.start });
      openSlot(point.column, slot.id);
    },
    /** A finger that rests takes up; it does not ask for a menu. */
    onContextMenu: (event: MouseEvent): void => {
      if (isInHand()) event.preventDefault();
    },
  };
};

const isInHand = (): boolean => document.documentElement.classList.contains('is-dragging');

/** Whether what was in the hand has ended since the pointer went down: the click that follows belongs to it. */
const useDraftEnd = () => {
  const justEnded = useRef(false);
  useEffect(
    () =>
      useBoard.subscribe((now, before) => {
        const ended =
          (before.drag && !now.drag) ||
          (before.resizing?.by === 'pointer' && !now.resizing) ||
          (before.creating?.by === 'pointer' && !now.creating);
        if (ended) justEnded.current = true;
      }),
    [],
  );
  return justEnded;
};

/** While something is in the hand a finger does not scroll. Must listen before the finger comes down. */
const useNoTouchScroll = (scroller: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const element = scroller.current;
    const hold = (event: TouchEvent): void => {
      if (isInHand() && event.cancelable) event.preventDefault();
    };
    element?.addEventListener('touchmove', hold, { passive: false });
    return () => element?.removeEventListener('touchmove', hold);
  }, [scroller]);
};

const useOnDrop = (columns: readonly Column[]) => {
  const put = usePut();
  return useCallback(
    ({ appointment, target }: Drag) => {
      const column = columns.find(({ key }) => key === target?.column);
      if (column && target) void put(appointment, column, target.slotId);
    },
    [columns, put],
  );
};

const useOnLost = () => {
  const { t } = useTranslation();
  return useCallback(
    ({ patient }: Appointment) => toastProblem(t('board.move.lost', { name: fullName(patient) })),
    [t],
  );
};

const cardOf = (columns: readonly Column[], target: EventTarget) => {
  const card = target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null;
  if (!card) return null;
  for (const column of columns) {
    const appointment = column.appointments.find(({ id }) => id === card.dataset['card']);
    if (appointment) return { card, column, appointment };
  }
  return null;
};
