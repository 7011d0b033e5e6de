import type { Store } from '../../replica/connection.ts';
import type { Replica } from '../../replica/open.ts';

/** What an import needs to know of the sync. */
export interface Line {
  /** Whether central answers. */
  connected(): boolean;
  /** Whether the replica is being built anew: nothing is written to tables of this desk meanwhile. */
  rebuilding(): boolean;
  /** Calls `listener` when either changes; returns how to stop. */
  onState(listener: () => void): () => void;
}

/** So many batches may wait while central answers; more only say that it is the slower one. */
const MAX_WAITING = 20;

/** Batches of imports that central has not answered. */
export const countWaitingImports = (store: Store): number =>
  store
    .statement(`select count(*) from outbox where kind = 'import' and state in ('waiting', 'void')`)
    .pluck()
    .get() as number;

/** Waits until there is room for another batch: at once where there is no connection, since then nothing drains it. */
export const untilRoom = (replica: Replica, line: Line, signal: AbortSignal): Promise<void> =>
  until(
    replica,
    line,
    signal,
    () => !line.rebuilding() && (!line.connected() || countWaitingImports(replica) < MAX_WAITING),
  );

/** Waits until central has answered every batch, however long there is no connection. */
export const untilAnswered = (replica: Replica, line: Line, signal: AbortSignal): Promise<void> =>
  until(replica, line, signal, () => !line.rebuilding() && countWaitingImports(replica) === 0);

const until = (replica: Replica, line: Line, signal: AbortSignal, isSo: () => boolean): Promise<void> => {
  if (signal.aborted || isSo()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!signal.aborted && !isSo()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [
      replica.onTablesChanged((tables) => {
        if (tables.has('outbox')) look();
      }),
      line.onState(look),
      () => signal.removeEventListener('abort', look),
    ];
    signal.addEventListener('abort', look);
  });
};

/** The tables of rows that central refused since `since` (ISO 8601) in changes of imports. */
export const refusedTables = (store: Store, since: string): Set<string> =>
  new Set(
    store
      .statement(
        `select distinct row.value ->> 'table'
         from refusals, json_each(changes) change, json_each(change.value, '$.rows') row
         where resolution = 'derived' and refused_at >= ? and change.value ->> 'kind' = 'import'`,
      )
      .pluck()
      .all(Date.parse(since)) as string[],
  );

/** Why central refused a change: its code and the rule; never a row. */
export const reasonOfRefusal = (store: Store, changeId: string): Record<string, unknown> => {
  const text = store.statement('select refusal from refusals where change_id = ?').pluck().get(changeId) as
    | string
    | undefined;
  const { code = 'row_gone', constraint } = text
    ? (JSON.parse(text) as { code?: string; constraint?: string })
    : {};
  return { code, ...(constraint ? { rule: constraint } : {}) };
};
