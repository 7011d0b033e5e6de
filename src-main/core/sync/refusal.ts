import { type ChangeRow, derivedKinds, fleetingKinds, type Refusal } from '../../contract/change.ts';
import type { Store } from '../replica/connection.ts';
import { leaveOutbox, markVoid, type NewChange, type Unanswered, unanswered } from '../replica/outbox.ts';
import {
  addDerivedRefusal,
  addRefusal,
  openRefusals,
  removeRefusal,
  setRefusedChanges,
} from '../replica/refusals.ts';

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
 * stand on it, answered in the same reply or not; together they are one entry of the inbox, unless all of it is
 * fleeting. Of what follows from an outside only the reason is kept; what a person did on top of it is the entry then.
 * Inside the caller's transaction; returns the tables that changed.
 */
export const takeRefusal = (store: Store, change: Unanswered, refusal: Refusal, now: string): Set<string> => {
  const tables = leaveOutbox(store, [change.deskSeq]);
  const withIt = whatStandsOn(store, change);
  const seqs = withIt.map(({ deskSeq }) => deskSeq);
  for (const table of markVoid(store, seqs)) tables.add(table);
  const refused = [change, ...withIt].map(toKeep);
  const derived = refused.filter(({ kind }) => derivedKinds.includes(kind));
  for (const each of derived) addDerivedRefusal(store, { changes: [each], refusal, refusedAt: now });
  const done = refused.filter(({ kind }) => !derivedKinds.includes(kind));
  if (done.some(({ kind }) => !fleetingKinds.includes(kind))) {
    addRefusal(store, { changes: withGround(done, derived), refusal, refusedAt: now });
  }
  return tables.add('refusals').add('outbox');
};

/**
 * What people did, the first of it with the rows that derived changes had made for it to stand on: whoever decides sees
 * whom it was about, and can make it again though nothing derives those rows any more.
 */
const withGround = (done: readonly NewChange[], derived: readonly NewChange[]): NewChange[] => {
  const made = new Map(
    derived.flatMap(({ rows }) => rows.flatMap((row) => ('insert' in row ? [[row.id, row] as const] : []))),
  );
  const ground = new Set<ChangeRow>();
  const stand = (row: ChangeRow): void => {
    const named = Object.values('insert' in row ? row.insert : row.set);
    for (const id of [row.id, ...named]) {
      const below = typeof id === 'string' ? made.get(id) : undefined;
      if (!below || below === row || ground.has(below)) continue;
      stand(below);
      ground.add(below);
    }
  };
  for (const row of done.flatMap(({ rows }) => rows)) stand(row);
  return done.map((each, place) => (place === 0 ? { ...each, rows: [...ground, ...each.rows] } : each));
};

/** The waiting changes that stand on a refused one, or on one that does. */
const whatStandsOn = (store: Store, refused: Unanswered): Unanswered[] => {
  const found: Unanswered[] = [];
  for (const change of unanswered(store, refused.deskSeq)) {
    if (change.state === 'waiting' && standsOn(change, [refused, ...found])) found.push(change);
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
  const rest = entry.changes.filter((each) => each.changeId !== changeId);
  if (rest.length > 0) setRefusedChanges(store, entry.changeId, rest);
  else removeRefusal(store, entry.changeId);
  return new Set(['refusals']);
};
