import { type Column, freeSlots, type Moving } from './columns.ts';

/** A place where the board's cursor can stand: a free slot or a card. */
export interface Cell {
  kind: 'slot' | 'card';
  id: string;
  /** ISO 8601 UTC. */
  start: string;
  end: string;
}

/** Where the cursor is. `at` is the time that it keeps while it crosses longer or shorter cells. */
export interface Cursor {
  column: string;
  kind: Cell['kind'];
  id: string;
  at: string;
}

/**
 * The cells of a column in order of time; a card stands before a slot of the same time. While an appointment is being
 * moved only slots are cells, and its own slots count as free.
 */
export const cellsOf = (column: Column, moving: Moving | null): Cell[] => {
  const others = moving === null ? column.appointments : [];
  const cards = others.map(({ id, start, end }): Cell => ({ kind: 'card', id, start, end }));
  const slots = freeSlots(column, moving).map(
    ({ id, start, end }): Cell => ({ kind: 'slot', id, start, end }),
  );
  return [...cards, ...slots].sort(
    (a, b) => a.start.localeCompare(b.start) || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id),
  );
};

/** The cell that holds a time, else the next one, else the last. */
export const cellAt = (cells: readonly Cell[], at: string): Cell | undefined =>
  cells.find((cell) => cell.start <= at && at < cell.end) ??
  cells.find((cell) => cell.start >= at) ??
  cells.at(-1);

const cursorAt = (column: Column, cell: Cell, at: string): Cursor => ({
  column: column.key,
  kind: cell.kind,
  id: cell.id,
  at,
});

/** A cursor at a time, in the first column from `from` on that has a cell; `step` is the direction to look in. */
export const enterAt = (
  columns: readonly Column[],
  from: number,
  step: 1 | -1,
  at: string,
  moving: Moving | null,
): Cursor | null => {
  for (let index = from; index >= 0 && index < columns.length; index += step) {
    const column = columns[index];
    const cell = column && cellAt(cellsOf(column, moving), at);
    if (column && cell) return cursorAt(column, cell, at);
  }
  return null;
};

/** The cursor after the data changed: on the same thing, or on what stands there now, or null. */
export const settle = (columns: readonly Column[], cursor: Cursor, moving: Moving | null): Cursor | null => {
  for (const column of columns) {
    if (moving === null && cursor.kind === 'card' && column.appointments.some(({ id }) => id === cursor.id)) {
      return column.key === cursor.column ? cursor : { ...cursor, column: column.key };
    }
  }
  const column = columns.find(({ key }) => key === cursor.column);
  if (!column) return null;
  const cells = cellsOf(column, moving);
  if (cells.some(({ kind, id }) => kind === cursor.kind && id === cursor.id)) return cursor;
  const cell = cellAt(cells, cursor.at);
  return cell ? cursorAt(column, cell, cursor.at) : null;
};

const PAGE = 4;

/** Where a key takes the cursor; null when the key is none of the board's. At an edge it stays. */
export const step = (
  columns: readonly Column[],
  cursor: Cursor,
  key: string,
  moving: Moving | null,
): Cursor | null => {
  const index = columns.findIndex((column) => column.key === cursor.column);
  const column = columns[index];
  if (!column) return null;
  if (key === 'ArrowLeft') return enterAt(columns, index - 1, -1, cursor.at, moving) ?? cursor;
  if (key === 'ArrowRight') return enterAt(columns, index + 1, 1, cursor.at, moving) ?? cursor;
  const cells = cellsOf(column, moving);
  const here = cells.findIndex(({ kind, id }) => kind === cursor.kind && id === cursor.id);
  if (here === -1) return settle(columns, cursor, moving);
  const target = {
    ArrowUp: here - 1,
    ArrowDown: here + 1,
    PageUp: here - PAGE,
    PageDown: here + PAGE,
    Home: 0,
    End: cells.length - 1,
  }[key];
  if (target === undefined) return null;
  const cell = cells[Math.min(cells.length - 1, Math.max(0, target))];
  return cell ? cursorAt(column, cell, cell.start) : cursor;
};
