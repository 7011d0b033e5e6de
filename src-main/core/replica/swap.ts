import { setImmediate as nextTurn } from 'node:timers/promises';
import { Connection, type Store } from './connection.ts';
import type { Position } from './desk-state.ts';
import { keepFormerKey } from './former-keys.ts';
import type { Replica } from './open.ts';
import { asLost, readBase, settleRow } from './overlay.ts';
import { readRow } from './rows.ts';
import { replicatedTables } from './tables.ts';
import { takePlace } from './take-place.ts';

const pieceRows = 500;

/**
 * Puts the rebuilt file, which may have a key of its own, in the replica's place, with everything of this desk that central does not have:
 * its name, its outbox and inbox, what was acknowledged, and its waiting changes on top of the fresh rows.
 * Until the rename the old file is whole; after it the new one is.
 */
export const takeRebuilt = async (
  replica: Replica,
  position: Position,
  key: Buffer = replica.key,
): Promise<void> => {
  const next = new Connection(replica.rebuildFile, key);
  try {
    // The tables that may be long. The first only grows by answers of central, and none comes in meanwhile; an import rests.
    await copyInPieces(replica, next, 'acknowledged');
    await copyInPieces(replica, next, 'import_findings');
    // Flushed in turns of their own, so that the one that changes the files has little left to flush.
    for (const store of [replica, next]) {
      store.checkpoint();
      await nextTurn();
    }
    next.db.transaction(() => {
      carryOver(replica, next, position);
      if (!key.equals(replica.key)) keepFormerKey(next, replica.key);
    })();
    next.db.pragma('journal_mode = DELETE');
  } finally {
    next.close();
  }
  replica.replaceFile(() => takePlace(replica.rebuildFile, replica.file), key);
  replica.announce(new Set([...replicatedTables.keys(), 'outbox', 'refusals', 'desk_state']));
};

const copyInPieces = async (from: Store, to: Store, table: string): Promise<void> => {
  for (let last = 0; ; ) {
    const rows = from
      .statement(`select rowid as place, * from ${table} where rowid > ? order by rowid limit ${pieceRows}`)
      .all(last) as ({ place: number } & Record<string, unknown>)[];
    to.db.transaction(() =>
      insertAll(
        to,
        table,
        rows.map(({ place: _, ...row }) => row),
      ),
    )();
    const end = rows.at(-1);
    if (!end) return;
    last = end.place;
    await nextTurn();
  }
};

const insertAll = (to: Store, table: string, rows: readonly Record<string, unknown>[]): void => {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const insert = to.statement(
    `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of rows) insert.run(row);
};

const carryOver = (from: Store, to: Store, { epoch, seq, witness }: Position): void => {
  const all = (sql: string, ...values: unknown[]) =>
    from.statement(sql).all(...values) as Record<string, unknown>[];
  insertAll(
    to,
    'desk_state',
    all('select * from desk_state').map((state) => ({
      ...state,
      epoch,
      cursor: seq,
      witness: witness && JSON.stringify(witness),
    })),
  );
  insertAll(to, 'refusals', all('select * from refusals order by rowid'));
  insertAll(to, 'desk_settings', all('select * from desk_settings'));
  insertAll(to, 'undone', all('select * from undone'));
  insertAll(to, 'import_runs', all('select * from import_runs'));
  insertAll(to, 'audit_events', all('select * from audit_events order by rowid'));
  // A change whose commit is among the fresh rows has no more to do here.
  const stays = `not (state = 'applied' and applied_rev <= ?)`;
  insertAll(to, 'outbox', all(`select * from outbox where ${stays} order by desk_seq`, seq));
  const touched = all(
    `select r.* from outbox_rows r join outbox o on o.desk_seq = r.desk_seq where ${stays}`,
    seq,
  ) as { desk_seq: number; table_name: string; row_id: string }[];
  insertAll(to, 'outbox_rows', touched);
  const keepBase = to.statement(
    'insert into base (table_name, row_id, row) values (?, ?, ?) on conflict do nothing',
  );
  for (const { table_name: table, row_id: id } of touched) {
    const former = readBase(from, table, id)?.row;
    keepBase.run(table, id, JSON.stringify(readRow(to, table, id) ?? (former ? asLost(former) : null)));
  }
  for (const { table_name: table, row_id: id } of touched) settleRow(to, table, id);
};
