import type { Store } from './connection.ts';
import { readDeskState } from './desk-state.ts';
import { forgetMadeBefore, noteFollows, noteMadeBefore, noteOver } from './made-before.ts';
import { forgetDerivedRefusals } from './refusals.ts';

const keptMs = 30 * 24 * 3_600_000;

/**
 * Starts a new stream: this desk was copied or restored, so its numbers mean something else to central. The
 * changes of the outbox keep their ids and order and are numbered from 1. What central applied and this replica has not read
 * is sent again with the rest: it gets the same answer, and is not lost if central lost it since. Inside the caller's
 * transaction.
 */
export const startStream = (store: Store, incarnation: string): void => {
  const changes = store.statement('select desk_seq, change_id from outbox order by desk_seq').all() as {
    desk_seq: number;
    change_id: string;
  }[];
  noteMadeBefore(
    store,
    readDeskState(store).incarnation,
    changes.map(({ change_id }) => change_id),
  );
  noteFollows(store);
  sendAppliedAgain(store);
  renumber(
    store,
    changes.map(({ desk_seq }) => desk_seq),
    1,
  );
  store.statement('update desk_state set incarnation = ?, next_seq = ?').run(incarnation, changes.length + 1);
};

const sendAppliedAgain = (store: Store): void =>
  void store
    .statement(`update outbox set state = 'waiting', applied_rev = null where state = 'applied'`)
    .run();

/** Gives the entries new numbers, by way of numbers that none has. */
const renumber = (store: Store, seqs: readonly number[], first: number): void => {
  const park = 1_000_000_000_000;
  const numbers = new Map(seqs.map((seq, index) => [seq, first + index]));
  store.statement(`update outbox set desk_seq = desk_seq + ${park}`).run();
  const move = store.statement('update outbox set desk_seq = ? where desk_seq = ?');
  for (const [seq, number] of numbers) move.run(number, seq + park);
  const touched = store.statement('select * from outbox_rows').all() as OutboxRow[];
  store.statement('delete from outbox_rows').run();
  const note = store.statement('insert into outbox_rows (table_name, row_id, desk_seq) values (?, ?, ?)');
  for (const { table_name, row_id, desk_seq } of touched) note.run(table_name, row_id, numbers.get(desk_seq));
};

interface OutboxRow {
  table_name: string;
  row_id: string;
  desk_seq: number;
}

/**
 * Central's history is another one than this replica read: what central acknowledged in the last 30 days goes
 * before the waiting changes and is offered again by the same ids, refused changes as void; a new stream
 * begins; and the cursor goes to 0, so that the replica is built anew. Inside the caller's transaction.
 */
export const offerAgain = (
  store: Store,
  fresh: { epoch: string; incarnation: string; now: string },
): { offered: number } => {
  const waiting = store.statement('select * from outbox order by desk_seq').all() as {
    desk_seq: number;
    change_id: string;
    state: string;
  }[];
  const known = new Set(waiting.map(({ change_id }) => change_id));
  const again = (
    store
      .statement('select * from acknowledged where acknowledged_at >= ? order by rowid')
      .all(Date.parse(fresh.now) - keptMs) as { change_id: string; outcome: string }[]
  ).filter(({ change_id }) => !known.has(change_id));
  // Numbers of another history say nothing about this one: every change is newer than any base.
  store.statement(`update base set row = json_set(row, '$.rev', -1) where row <> 'null'`).run();
  sendAppliedAgain(store);
  renumber(
    store,
    waiting.map(({ desk_seq }) => desk_seq),
    again.length + 1,
  );
  const insert = store.statement(
    `insert into outbox (desk_seq, change_id, kind, actor, at, rows, session_id, proof, fence, state)
     select ?, change_id, kind, actor, at, rows, session_id, proof, fence, ? from acknowledged where change_id = ?`,
  );
  const former = readDeskState(store).incarnation;
  const offered = [...again, ...waiting].map(({ change_id }) => change_id);
  noteMadeBefore(store, former, offered);
  noteOver(store, former);
  again.forEach(({ change_id, outcome }, index) => {
    insert.run(index + 1, outcome === 'applied' ? 'waiting' : 'void', change_id);
  });
  store
    .statement('update desk_state set incarnation = ?, epoch = ?, cursor = 0, witness = null, next_seq = ?')
    .run(fresh.incarnation, fresh.epoch, again.length + waiting.length + 1);
  return { offered: again.length };
};

/** Lets go of what was acknowledged, and of the reasons that nobody has to decide on, after 30 days. */
export const forgetAcknowledged = (store: Store, now: string): void => {
  const before = Date.parse(now) - keptMs;
  store.statement('delete from acknowledged where acknowledged_at < ?').run(before);
  forgetMadeBefore(store);
  forgetDerivedRefusals(store, before);
};
