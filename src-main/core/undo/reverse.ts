import type { ChangeRow, WireRow } from '../../contract/change.ts';
import type { Status } from '../../contract/status.ts';
import { mayMove } from '../appointments/appointment.ts';

/** A row as it now stands, or undefined where it is gone. */
export type ReadRow = (table: string, id: string) => WireRow | undefined;

/** Columns to set on a row. */
export interface Step {
  table: string;
  id: string;
  set: WireRow;
}

/** `gone`: no longer in effect. `stands`: somebody built on it. `never`: such a thing is not taken back. */
export type Reversal = { steps: Step[] } | { why: 'gone' | 'stands' | 'never' };

/**
 * How a row that was added is taken back: nothing is ever deleted, so each table has its own way of saying that a row
 * counts no more. A table that is not named here keeps what was added.
 */
const withdrawn: Record<string, (now: string) => WireRow> = {
  ...Object.fromEntries(
    [
      'patients',
      'doctors',
      'visit_types',
      'rooms',
      'clinic_locations',
      'schedule_templates',
      'schedule_exceptions',
      'doctor_time_slots',
      'appointment_series',
      'messages',
      'attachments',
      'outside_links',
    ].map((table) => [table, (now: string) => ({ deleted_at: now })]),
  ),
  appointments: (now) => ({ status: 'cancelled', cancelled_at: now }),
  waiting_list_entries: () => ({ status: 'removed' }),
  recalls: () => ({ status: 'cancelled' }),
};

/**
 * The steps that take a change back, newest row first. A column goes back to its before-image only if it still has the
 * value that the change gave it; a row that was added counts no more only if it is as it was added.
 */
export const reverse = (rows: readonly ChangeRow[], read: ReadRow, now: string): Reversal => {
  const state = new Map<string, WireRow | undefined>();
  const key = ({ table, id }: { table: string; id: string }) => `${table}/${id}`;
  const current = (row: ChangeRow) => {
    if (!state.has(key(row))) state.set(key(row), read(row.table, row.id));
    return state.get(key(row));
  };
  const added = new Set(rows.flatMap((row) => ('insert' in row ? [key(row)] : [])));
  const before = rows.map((row) => isUndone(row, current(row)));
  if (before.length > 0 && before.every((done) => done)) return { why: 'gone' };

  const steps: Step[] = [];
  for (const row of rows.toReversed()) {
    const now_ = current(row);
    if (!now_) return { why: 'stands' };
    const expected = 'insert' in row ? row.insert : row.set;
    if (!hasValues(now_, expected)) return { why: 'stands' };
    if ('insert' in row) {
      const set = withdrawn[row.table]?.(now);
      if (!set) return { why: 'never' };
      const moves = statusSteps(row, now_, set);
      if (!moves) return { why: 'never' };
      steps.push(...moves);
    } else {
      state.set(key(row), { ...now_, ...row.was });
      // What was added by the same change is withdrawn whole, further down.
      if (added.has(key(row))) continue;
      const moves = statusSteps(row, now_, row.was);
      if (!moves) return { why: 'never' };
      steps.push(...moves);
    }
  }
  return { steps };
};

const hasValues = (row: WireRow, values: WireRow): boolean =>
  Object.entries(values).every(([column, value]) => same(row[column], value));

const same = (one: unknown, other: unknown): boolean =>
  one === other ||
  (one ?? null) === (other ?? null) ||
  (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** Whether nothing of the row's change is in effect any more. */
const isUndone = (row: ChangeRow, now: WireRow | undefined): boolean => {
  if (!now) return true;
  if ('set' in row) return hasValues(now, row.was) && !hasValues(now, row.set);
  if (row.table === 'appointments') return now['status'] === 'cancelled';
  const mark = withdrawn[row.table]?.('') ?? {};
  return (
    Object.keys(mark).length > 0 &&
    Object.entries(mark).every(([column, value]) =>
      column === 'deleted_at' ? now[column] != null : now[column] === value,
    )
  );
};

/** The set itself, after the moves that an appointment's status needs to come there; undefined where none lead there. */
const statusSteps = ({ table, id }: ChangeRow, now: WireRow, set: WireRow): Step[] | undefined => {
  const [from, to] = [now['status'] as Status, set['status'] as Status | undefined];
  if (table !== 'appointments' || to === undefined || from === to) return [{ table, id, set }];
  const way = shortestWay(from, to);
  return way?.map((status) => ({ table, id, set: status === to ? set : { status } }));
};

/** Steps that an appointment may pass through on its way back; the others say something that did not happen. */
const passable: readonly Status[] = ['scheduled', 'arrived', 'ready', 'in_room'];

/** The statuses from one to the other by allowed moves, the first left out; undefined where there is no way. */
export const shortestWay = (from: Status, to: Status): Status[] | undefined => {
  let ways: Status[][] = [[from]];
  for (let length = 0; length <= passable.length; length++) {
    const arrived = ways.find((way) => mayMove(way.at(-1) ?? from, to));
    if (arrived) return [...arrived.slice(1), to];
    ways = ways.flatMap((way) =>
      passable
        .filter((next) => mayMove(way.at(-1) ?? from, next) && !way.includes(next))
        .map((next) => [...way, next]),
    );
  }
  return undefined;
};
