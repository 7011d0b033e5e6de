import type { ChangeRow, Refusal } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import { madeBySql, noteMadeBefore } from './made-before.ts';
import { addToOutbox, type NewChange, type Proof } from './outbox.ts';
import { settleRow } from './overlay.ts';
import { addRefusal, openRefusals } from './refusals.ts';
import { readRow } from './rows.ts';

/** A waiting change as it travels to another desk: with its rows' very text, which its signature is about. */
export interface TravellingChange extends Omit<NewChange, 'rows' | 'fence'>, Proof {
  rowsText: string;
  /** The lease of the run that made it, as `source/number`; null where none did. */
  fence: string | null;
  /** The incarnation that made it, for which slots may be kept; left out where it is not known. */
  madeBy?: string | null;
}

/** An entry of the inbox as it travels. */
export interface TravellingRefusal {
  changes: NewChange[];
  refusal: Refusal;
  refusedAt: string;
}

/** The changes of this desk that central has not answered, in order. Those that were refused with another are in its entry. */
export const travellingChanges = (store: Store): TravellingChange[] =>
  (
    store
      .statement(
        `select change_id as changeId, kind, actor, at, rows as rowsText, session_id as sessionId, proof, fence,
           coalesce(${madeBySql('outbox')}, (select incarnation from desk_state)) as madeBy
         from outbox where state = 'waiting' order by desk_seq`,
      )
      .all() as (Omit<TravellingChange, 'at'> & { at: number })[]
  ).map((change) => ({ ...change, at: new Date(change.at).toISOString() }));

/** The entries of the inbox that nobody has decided. */
export const travellingRefusals = (store: Store): TravellingRefusal[] =>
  openRefusals(store).map(({ changes, refusal, refusedAt }) => ({ changes, refusal, refusedAt }));

/** What a desk knows of a change; null where it has never heard of it. */
export const fateOf = (store: Store, changeId: string): 'waiting' | 'applied' | 'refused' | null => {
  const refused = store
    .statement(
      `select 1 from refusals r, json_each(r.changes) c where json_extract(c.value, '$.changeId') = ? limit 1`,
    )
    .get(changeId);
  if (refused) return 'refused';
  const state = store.statement('select state from outbox where change_id = ?').pluck().get(changeId);
  if (state === 'waiting') return 'waiting';
  if (state === 'applied') return 'applied';
  const outcome = store
    .statement('select outcome from acknowledged where change_id = ?')
    .pluck()
    .get(changeId);
  if (outcome === undefined && state === undefined) return null;
  return outcome === 'applied' ? 'applied' : 'refused';
};

/**
 * Takes a change of another desk into the outbox of this one, under its own id and with its signature, and shows it on
 * top of its rows, as if it had been made here. Inside the caller's transaction. Returns the tables of its rows.
 */
export const adoptChange = (store: Store, change: TravellingChange): Set<string> => {
  const { rowsText, sessionId, proof, fence, madeBy, ...rest } = change;
  const rows = JSON.parse(rowsText) as ChangeRow[];
  const keepBase = store.statement(
    'insert into base (table_name, row_id, row) values (?, ?, ?) on conflict do nothing',
  );
  for (const { table, id } of rows) {
    keepBase.run(table, id, JSON.stringify(readRow(store, table, id) ?? null));
  }
  addToOutbox(store, { ...rest, rows, fence: fence ?? undefined }, () => ({ sessionId, proof }));
  if (madeBy != null) noteMadeBefore(store, madeBy, [change.changeId]);
  for (const { table, id } of rows) settleRow(store, table, id);
  return new Set(rows.map(({ table }) => table));
};

/** Puts an entry of another desk's inbox into this one's. Inside the caller's transaction. */
export const adoptRefusal = (store: Store, entry: TravellingRefusal): void => addRefusal(store, entry);
