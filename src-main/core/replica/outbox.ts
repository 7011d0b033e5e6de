import { type Change, type ChangeRow, fleetingKinds } from '../../contract/change.ts';
import type { Store } from './connection.ts';
import { madeBySql } from './made-before.ts';
import { settleRow } from './overlay.ts';

/** A change before it has its place in the stream. */
export interface NewChange {
  changeId: string;
  kind: string;
  actor: string | null;
  at: string;
  rows: ChangeRow[];
  /** The lease of the run that makes it, as `source/number`. */
  fence?: string | undefined;
}

/** What goes with a change that its actor signed; both null where nobody did. */
export interface Proof {
  sessionId: string | null;
  proof: string | null;
}

/** A change in the outbox that central has not answered. `void` was refused with another and only takes its number. */
export interface Unanswered extends NewChange {
  deskSeq: number;
  state: 'waiting' | 'void';
}

interface StoredChange extends Proof {
  deskSeq: number;
  changeId: string;
  kind: string;
  actor: string | null;
  at: number;
  rows: string;
  fence: string | null;
  state: 'waiting' | 'void';
}

/** As it is sent: with the incarnation that made it, where that was an earlier one. */
interface SentChange extends StoredChange {
  madeBy: string | null;
}

/**
 * Puts a change at the end of the outbox, inside the caller's transaction. `sign` gets the rows' text as it is kept and
 * sent. Returns the change's number.
 */
export const addToOutbox = (
  store: Store,
  change: NewChange,
  sign: (rowsText: string) => Proof | null = () => null,
): number => {
  const { next_seq: seq } = store
    .statement('update desk_state set next_seq = next_seq + 1 returning next_seq - 1 as next_seq')
    .get() as { next_seq: number };
  const { changeId, kind, actor } = change;
  const rows = JSON.stringify(change.rows);
  // Central could not read it, and so would take nothing after it either: rather none of this change.
  if (UNREADABLE.test(rows)) throw new Error('a change with text that Postgres cannot store');
  const { sessionId, proof } = sign(rows) ?? unsigned;
  store
    .statement(
      `insert into outbox (desk_seq, change_id, kind, actor, at, rows, session_id, proof, fence, state)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
    )
    .run(seq, changeId, kind, actor, Date.parse(change.at), rows, sessionId, proof, change.fence ?? null);
  const note = store.statement(
    'insert or ignore into outbox_rows (desk_seq, table_name, row_id) values (?, ?, ?)',
  );
  for (const row of change.rows) note.run(seq, row.table, row.id);
  return seq;
};

/** JSON's own way to write NUL or half of a surrogate pair, and not a backslash that stands before a `u`. */
const UNREADABLE = /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/;

const unsigned: Proof = { sessionId: null, proof: null };

const columns =
  'desk_seq as deskSeq, change_id as changeId, kind, actor, at, rows, session_id as sessionId, proof, fence, state';

const readChange = ({ deskSeq, changeId, kind, actor, at, rows, state }: StoredChange): Unanswered => ({
  deskSeq,
  changeId,
  kind,
  actor,
  at: new Date(at).toISOString(),
  rows: JSON.parse(rows) as ChangeRow[],
  state,
});

/** A signed change goes out with its rows' very text. */
const toWire = (stored: SentChange): Change => {
  const { deskSeq, changeId, kind, actor, at, rows, sessionId, proof, fence, state, madeBy } = stored;
  return {
    change_id: changeId,
    desk_seq: deskSeq,
    kind,
    actor,
    at: new Date(at).toISOString(),
    ...(sessionId !== null && proof !== null
      ? { rows_text: rows, session: sessionId, proof }
      : { rows: JSON.parse(rows) as ChangeRow[] }),
    ...(fence === null ? {} : { fence }),
    ...(madeBy === null ? {} : { made_by: madeBy }),
    ...(state === 'void' ? { void: true } : {}),
  };
};

/** The changes that central has not answered, in order, after number `after`. */
export const unanswered = (store: Store, after = 0): Unanswered[] =>
  (
    store
      .statement(
        `select ${columns} from outbox where state in ('waiting', 'void') and desk_seq > ? order by desk_seq`,
      )
      .all(after) as StoredChange[]
  ).map(readChange);

/** The unanswered change of this id, if there is one. */
export const unansweredChange = (store: Store, changeId: string): Unanswered | undefined => {
  const stored = store
    .statement(`select ${columns} from outbox where state in ('waiting', 'void') and change_id = ?`)
    .get(changeId) as StoredChange | undefined;
  return stored && readChange(stored);
};

const batchCount = 100;
const batchCharacters = 256 * 1024;

/** The next changes to send, in order and at least one if any waits: bounded so that one push stays short. */
export const nextBatch = (store: Store): Change[] => {
  const batch: Change[] = [];
  let characters = 0;
  const waiting = store.statement(
    `select ${columns}, ${madeBySql('outbox')} as madeBy
     from outbox where state in ('waiting', 'void') order by desk_seq limit ${batchCount}`,
  );
  for (const stored of waiting.iterate() as IterableIterator<SentChange>) {
    characters += stored.rows.length;
    if (batch.length > 0 && characters > batchCharacters) break;
    batch.push(toWire(stored));
  }
  return batch;
};

/** The number of this stream's first change that central has not answered, or of the next that is made. */
export const nextUnanswered = (store: Store): number =>
  store
    .statement(
      `select coalesce((select min(desk_seq) from outbox where state in ('waiting', 'void')),
         (select next_seq from desk_state))`,
    )
    .pluck()
    .get() as number;

/** How many changes of lasting worth wait for central's answer. */
export const countWaiting = (store: Store): number =>
  store.statement(WAITING).pluck().get(fleetingKinds) as number;

// All of them but the fleeting: counting by kind takes four times as long for each that waits.
const WAITING = `
  select count(*) - (select count(*) from outbox where state = 'waiting'
    and kind in (${fleetingKinds.map(() => '?').join(', ')}))
  from outbox where state = 'waiting'`;

/** Notes that central applied a change in the commit `rev`; the entry leaves when the cursor has passed that. */
export const markApplied = (store: Store, deskSeq: number, rev: number): void => {
  store
    .statement(`update outbox set state = 'applied', applied_rev = ? where desk_seq = ?`)
    .run(rev, deskSeq);
};

/** Takes changes off their rows, which go back to what stands below; the entries stay to use up their numbers. */
export const markVoid = (store: Store, deskSeqs: readonly number[]): Set<string> => {
  const mark = store.statement(`update outbox set state = 'void' where desk_seq = ?`);
  return uncover(store, deskSeqs, (seq) => mark.run(seq));
};

/** Takes changes out of the outbox and off their rows. Returns the tables of these rows. */
export const leaveOutbox = (store: Store, deskSeqs: readonly number[]): Set<string> => {
  const remove = store.statement('delete from outbox where desk_seq = ?');
  return uncover(store, deskSeqs, (seq) => remove.run(seq));
};

/** Takes changes off their rows, has `settle` do with each entry what is to become of it, and shows the rows without. */
const uncover = (store: Store, deskSeqs: readonly number[], settle: (seq: number) => void): Set<string> => {
  const rowsOf = store.statement(
    `select r.value ->> '$.table' as "table", r.value ->> '$.id' as id
     from outbox o, json_each(o.rows) r where o.desk_seq = ?`,
  );
  const forget = store.statement(
    'delete from outbox_rows where table_name = ? and row_id = ? and desk_seq = ?',
  );
  const touched: { table: string; id: string }[] = [];
  for (const seq of deskSeqs) {
    for (const { table, id } of rowsOf.all(seq) as { table: string; id: string }[]) {
      if (forget.run(table, id, seq).changes > 0) touched.push({ table, id });
    }
    settle(seq);
  }
  for (const { table, id } of touched) settleRow(store, table, id);
  return new Set(touched.map(({ table }) => table));
};

/**
 * Keeps a change of the outbox with central's verdict and what signed it, so that it can be offered again if central
 * loses its last commits.
 */
export const acknowledge = (
  store: Store,
  changeId: string,
  outcome: 'applied' | 'refused' | 'void',
  now: string,
): void => {
  store
    .statement(
      `insert or replace into acknowledged
         (change_id, kind, actor, at, rows, session_id, proof, fence, outcome, acknowledged_at)
       select change_id, kind, actor, at, rows, session_id, proof, fence, ?, ? from outbox where change_id = ?`,
    )
    .run(outcome, Date.parse(now), changeId);
};
