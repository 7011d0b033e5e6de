import type { ChangeRow } from '../../contract/change.ts';
import type { Store } from './connection.ts';

/** A change before it has its place in the stream. */
export interface NewChange {
  changeId: string;
  kind: string;
  actor: string | null;
  at: string;
  rows: ChangeRow[];
}

/** Puts a change at the end of the outbox, inside the caller's transaction. Returns its number. */
export const addToOutbox = (store: Store, change: NewChange): number => {
  const { next_seq: seq } = store
    .statement('update desk_state set next_seq = next_seq + 1 returning next_seq - 1 as next_seq')
    .get() as { next_seq: number };
  store
    .statement(
      `insert into outbox (desk_seq, change_id, kind, actor, at, rows, state) values (?, ?, ?, ?, ?, ?, 'waiting')`,
    )
    .run(seq, change.changeId, change.kind, change.actor, Date.parse(change.at), JSON.stringify(change.rows));
  const note = store.statement(
    'insert or ignore into outbox_rows (desk_seq, table_name, row_id) values (?, ?, ?)',
  );
  for (const row of change.rows) note.run(seq, row.table, row.id);
  return seq;
};
