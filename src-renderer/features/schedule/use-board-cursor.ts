import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { select, startMoving, useScreen } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { placeCursor, useBoard } from './board-state.ts';
import { type Cursor, enterAt, settle, step } from './cells.ts';
import type { Column } from './columns.ts';
import { stretchSlot } from './use-create.ts';
import { stretchBy } from './use-resize.ts';

interface CursorContext {
  scroller: RefObject<HTMLElement | null>;
  columns: readonly Column[];
  /** What Enter does on a free slot. */
  openSlot: (column: Column, slotId: string) => void;
  /** Does what a draft by keys says; false when there is none. */
  finishDraft: () => boolean;
}

const focusCell = (cursor: Cursor | null): void => {
  if (cursor) document.getElementById(`cell-${cursor.id}`)?.focus();
};

/** The primary button of the panel, once the panel shows what was chosen, unless something else is chosen by then. */
const focusPanel = (id: string): void => {
  requestAnimationFrame(() => {
    if (useScreen.getState().selected?.id !== id) return;
    const panel = document.querySelector(`.side [data-shows="${id}"]`);
    if (panel) panel.querySelector<HTMLElement>('[data-primary]')?.focus();
    else if (document.querySelector('.side')) focusPanel(id);
  });
};

/** Gives up another length that was being considered; false when there was none. */
const dropDraft = (): boolean => {
  const { resizing, creating } = useBoard.getState();
  useBoard.setState({ resizing: null, creating: null });
  return resizing !== null || creating !== null;
};

const appointmentAt = (columns: readonly Column[], cursor: Cursor): Appointment | undefined =>
  columns.flatMap(({ appointments }) => appointments).find(({ id }) => id === cursor.id);

/**
 * The board's one tab stop. The arrows move it from cell to cell, and what is chosen follows it; Enter books, chooses
 * or puts down; Esc goes out. When a change takes the cell away that had the focus, the focus goes to what stands
 * there now.
 */
export const useBoardCursor = ({ scroller, columns, openSlot, finishDraft }: CursorContext) => {
  const stored = useBoard((board) => board.cursor);
  const moving = useScreen((screen) => screen.moving);
  const movingId = moving?.id ?? null;
  const cursor = useMemo(
    () =>
      (stored && settle(columns, stored, moving)) ?? enterAt(columns, 0, 1, new Date().toISOString(), moving),
    [columns, stored, moving],
  );

  const focusedCell = useRef<string | null>(null);
  useLayoutEffect(() => {
    const lost = focusedCell.current !== null && document.getElementById(focusedCell.current) === null;
    if (lost && document.activeElement === document.body) focusCell(cursor);
  });

  const choose = (next: Cursor): void => {
    placeCursor(next);
    if (!movingId) select((next.kind === 'card' && appointmentAt(columns, next)) || null);
  };
  /** Drawn and focused before the key's own event ends, so that a second key finds the first one done. */
  const walkTo = (next: Cursor): void => {
    flushSync(() => choose(next));
    focusCell(next);
  };

  const moved = useRef<string | null>(null);
  useLayoutEffect(() => {
    const before = moved.current;
    moved.current = movingId;
    if (before === movingId || !cursor) return;
    if (movingId) return focusCell(cursor);
    const released = settle(columns, { ...cursor, kind: 'card', id: before ?? '' }, null) ?? cursor;
    choose(released);
    requestAnimationFrame(() => focusCell(released));
  });

  const openCell = (): void => {
    if (!cursor) return;
    if (finishDraft()) return;
    const column = columns.find(({ key }) => key === cursor.column);
    if (cursor.kind === 'slot') {
      if (column) openSlot(column, cursor.id);
      return;
    }
    const appointment = appointmentAt(columns, cursor) ?? null;
    select(appointment);
    if (appointment) focusPanel(appointment.id);
  };

  /** Another length for the card or the free slot at the cursor; nothing is done before Enter. */
  const stretch = (by: 1 | 0 | -1): boolean => {
    const column = columns.find(({ key }) => key === cursor?.column);
    if (!cursor || !column || movingId) return false;
    if (cursor.kind === 'card') {
      const appointment = appointmentAt(columns, cursor);
      return appointment !== undefined && stretchBy(appointment, by);
    }
    const slot = column.slots.find(({ id }) => id === cursor.id);
    if (!slot || document.activeElement?.id !== `cell-${cursor.id}`) return false;
    stretchSlot(column, slot, by);
    return true;
  };

  useKeys({
    enterBoard: () => {
      if (cursor) walkTo(cursor);
    },
    put: () => {
      if (!movingId || cursor?.kind !== 'slot') return false;
      openCell();
      return true;
    },
    longer: () => stretch(1),
    shorter: () => stretch(-1),
    back: () => {
      const focused = document.activeElement;
      if (dropDraft()) focusCell(cursor);
      else if (useScreen.getState().moving) startMoving(null);
      else if (focused?.closest('.side')) focusCell(cursor);
      else {
        if (focused instanceof HTMLElement && scroller.current?.contains(focused)) focused.blur();
        select(null);
      }
    },
  });

  return {
    cursor,
    stretch,
    onFocus: ({ target }: FocusEvent): void => {
      if (target.id.startsWith('cell-')) focusedCell.current = target.id;
    },
    /** The focus left by itself: what goes away later does not call it back. */
    onBlur: ({ target }: FocusEvent): void => {
      queueMicrotask(() => {
        if (target.isConnected && document.hasFocus()) focusedCell.current = null;
      });
    },
    onKeyDown: (event: KeyboardEvent): void => {
      if (!cursor || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        openCell();
        return;
      }
      const next = step(columns, cursor, event.key, moving);
      if (!next) return;
      event.preventDefault();
      dropDraft();
      walkTo(next);
    },
  };
};
