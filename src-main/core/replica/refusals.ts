import type { Refusal } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import type { NewChange } from './outbox.ts';

/** An entry of the inbox: the refused change, first, with those that were refused with it. */
export interface RefusalEntry {
  changeId: string;
  changes: NewChange[];
  refusal: Refusal;
  refusedAt: string;
  resolvedAt: string | null;
}

interface StoredRefusal {
  changeId: string;
  changes: string;
  refusal: string;
  refusedAt: number;
  resolvedAt: number | null;
}

const columns = 'change_id as changeId, changes, refusal, refused_at as refusedAt, resolved_at as resolvedAt';

const instant = (ms: number): string => new Date(ms).toISOString();

const readEntry = (stored: StoredRefusal): RefusalEntry => ({
  changeId: stored.changeId,
  changes: JSON.parse(stored.changes) as NewChange[],
  refusal: JSON.parse(stored.refusal) as Refusal,
  refusedAt: instant(stored.refusedAt),
  resolvedAt: stored.resolvedAt === null ? null : instant(stored.resolvedAt),
});

/** The entries that nobody has decided, oldest first. */
export const openRefusals = (store: Store): RefusalEntry[] =>
  (
    store
      .statement(`select ${columns} from refusals where resolved_at is null order by refused_at, change_id`)
      .all() as StoredRefusal[]
  ).map(readEntry);

/** One entry, decided or not. */
export const readRefusal = (store: Store, changeId: string): RefusalEntry | undefined => {
  const stored = store.statement(`select ${columns} from refusals where change_id = ?`).get(changeId) as
    | StoredRefusal
    | undefined;
  return stored && readEntry(stored);
};

/** How many entries nobody has decided. */
export const countRefused = (store: Store): number =>
  store.statement('select count(*) from refusals where resolved_at is null').pluck().get() as number;

/** Adds an entry; one that is there already stays, decided or not: a refusal is final. */
export const addRefusal = (
  store: Store,
  entry: { changes: readonly NewChange[]; refusal: Refusal; refusedAt: string },
): void => {
  store
    .statement('insert or ignore into refusals (change_id, changes, refusal, refused_at) values (?, ?, ?, ?)')
    .run(
      entry.changes[0]?.changeId,
      JSON.stringify(entry.changes),
      JSON.stringify(entry.refusal),
      Date.parse(entry.refusedAt),
    );
};

/** Keeps why a derived change was refused, decided from the first: what made it makes it again from what stands. */
export const addDerivedRefusal = (
  store: Store,
  entry: { changes: readonly [NewChange]; refusal: Refusal; refusedAt: string },
): void => {
  addRefusal(store, entry);
  resolveRefusal(store, entry.changes[0].changeId, 'derived', entry.refusedAt);
};

/** Lets go of the reasons of derived changes that were refused before `before`, in epoch milliseconds. */
export const forgetDerivedRefusals = (store: Store, before: number): void => {
  store.statement(`delete from refusals where resolution = 'derived' and refused_at < ?`).run(before);
};

/** Takes an entry of which nothing is left. */
export const removeRefusal = (store: Store, changeId: string): void => {
  store.statement('delete from refusals where change_id = ?').run(changeId);
};

/** Writes which changes an entry holds. */
export const setRefusedChanges = (store: Store, changeId: string, changes: readonly NewChange[]): void => {
  store
    .statement('update refusals set changes = ? where change_id = ?')
    .run(JSON.stringify(changes), changeId);
};

/** Marks an entry as decided. */
export const resolveRefusal = (
  store: Store,
  changeId: string,
  resolution: 'keep_mine' | 'keep_theirs' | 'next_free' | 'derived',
  now: string,
): void => {
  store
    .statement('update refusals set resolved_at = ?, resolution = ? where change_id = ?')
    .run(Date.parse(now), resolution, changeId);
};
