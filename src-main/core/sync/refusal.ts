import type { ChangeRow, Refusal } from '../../contract/change.ts';
import type { Store } from '../replica/connection.ts';
import { leaveOutbox, markVoid, type NewChange, type Unanswered, unanswered } from '../replica/outbox.ts';
import { addRefusal, openRefusals, setRefusedChanges } from '../replica/refusals.ts';

/**
 * Whether `change` makes no sense without the refused ones: it touches or names a row that one of them made, or
 * sets over a column that one of them set.
 */
export const standsOn = (change: NewChange, refused: readonly NewChange[]): boolean => {
  const made = new Set<unknown>();
  const set = new Set<string>();
  for (const row of refused.flatMap(({ rows }) => rows)) {
    if ('insert' in row) made.add(row.id);
    else for (const column of Object.keys(row.set)) set.add(`${row.table} ${row.id} ${column}`);
  }
  return change.rows.some((row) => made.has(row.id) || namesOneOf(row, made) || setsOver(row, set));
};

const namesOneOf = (row: ChangeRow, ids: ReadonlySet<unknown>): boolean =>
  Object.values('insert' in row ? row.insert : row.set).some((value) => ids.has(value));

const setsOver = (row: ChangeRow, columns: ReadonlySet<string>): boolean =>
  'set' in row && Object.keys(row.set).some((column) => columns.has(`${row.table} ${row.id} ${column}`));

/**
 * Takes central's no to a change: its rows go back to central's values, and with them the waiting changes that
 * stand on it; together they are one entry of the inbox. A change that itself stood on one refused before it
 * joins that entry. Inside the caller's transaction; returns the tables that changed.
 */
export const takeRefusal = (store: Store, change: Unanswered, refusal: Refusal, now: string): Set<string> => {
  const tables = leaveOutbox(store, [change.deskSeq]);
  // What was done after the refusal was known is an attempt of its own.
  const host = openRefusals(store).find(
    ({ changes, refusedAt }) => change.at <= refusedAt && standsOn(change, changes),
  );
  const before = host ? host.changes : [];
  const after = whatStandsOn(store, [...before, toKeep(change)], change.deskSeq);
  for (const table of markVoid(
    store,
    after.map(({ deskSeq }) => deskSeq),
  ))
    tables.add(table);
  const changes = [...before, toKeep(change), ...after.map(toKeep)];
  if (host) setRefusedChanges(store, host.changeId, changes);
  else addRefusal(store, { changes, refusal, refusedAt: now });
  return tables.add('refusals').add('outbox');
};

/** The waiting changes after number `after` that stand on the refused ones, or on one that does. */
const whatStandsOn = (store: Store, refused: readonly NewChange[], after: number): Unanswered[] => {
  const found: Unanswered[] = [];
  for (const change of unanswered(store, after)) {
    if (change.state === 'waiting' && standsOn(change, [...refused, ...found])) found.push(change);
  }
  return found;
};

const toKeep = ({ changeId, kind, actor, at, rows }: NewChange): NewChange => ({
  changeId,
  kind,
  actor,
  at,
  rows,
});

/**
 * Central had applied a change before this desk refused it with another (the answer was lost): it stands, so it
 * leaves the entry that it was put into.
 */
export const takeBack = (store: Store, changeId: string): Set<string> => {
  const entry = openRefusals(store).find(({ changes }) => changes.some((each) => each.changeId === changeId));
  if (!entry) return new Set();
  setRefusedChanges(
    store,
    entry.changeId,
    entry.changes.filter((each) => each.changeId !== changeId),
  );
  return new Set(['refusals']);
};
