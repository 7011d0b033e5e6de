import type {
  ImportCounts,
  ImportError,
  ImportMapping,
  ImportSource,
  ImportSourceShown,
} from '../../../contract/imports.ts';
import { iso } from '../../clinic-day.ts';
import type { Store } from '../../replica/connection.ts';
import type { Replica } from '../../replica/open.ts';

/** What an import reads, as it is kept: an address without its password. */
export interface KeptSource {
  source: ImportSource;
  shown: ImportSourceShown;
  mapping: ImportMapping;
  /** What the source was by itself when the import began. */
  identity: string;
}

/**
 * How far an import is. `first`: rows are written in batches; `second`: those of refused batches, one by one; `central`:
 * what only central writes. `place` is the last row of `table` that is done.
 */
export interface Position {
  phase: 'first' | 'second' | 'central';
  table: string;
  place: string | null;
}

export type Counts = Record<string, Omit<ImportCounts, 'table'>>;

/** An import as it is kept at this desk. */
export interface Run {
  id: string;
  source: KeptSource;
  namespace: string;
  status: 'running' | 'paused' | 'completed' | 'failed';
  position: Position | null;
  counts: Counts;
  error: ImportError | null;
  startedAt: string;
  endedAt: string | null;
}

interface StoredRun {
  id: string;
  source: string;
  namespace: string;
  status: Run['status'];
  position: string | null;
  counts: string;
  error: string | null;
  startedAt: number;
  endedAt: number | null;
}

const selected = `select id, source, namespace, status, position, counts, error, started_at startedAt, ended_at endedAt
  from import_runs`;

/** The imports of this desk, newest first. */
export const readRuns = (store: Store): Run[] =>
  (store.statement(`${selected} order by started_at desc, id desc`).all() as StoredRun[]).map(fromStored);

export const readRun = (store: Store, id: string): Run | undefined => {
  const stored = store.statement(`${selected} where id = ?`).get(id) as StoredRun | undefined;
  return stored && fromStored(stored);
};

const fromStored = ({ source, position, counts, error, startedAt, endedAt, ...rest }: StoredRun): Run => ({
  ...rest,
  source: JSON.parse(source) as KeptSource,
  position: position === null ? null : (JSON.parse(position) as Position),
  counts: JSON.parse(counts) as Counts,
  error: error === null ? null : (JSON.parse(error) as ImportError),
  startedAt: iso(startedAt),
  endedAt: endedAt === null ? null : iso(endedAt),
});

export const addRun = (replica: Replica, run: Run): void => {
  replica
    .statement(
      `insert into import_runs (id, source, namespace, status, position, counts, error, started_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      run.id,
      JSON.stringify(run.source),
      run.namespace,
      run.status,
      run.position && JSON.stringify(run.position),
      JSON.stringify(run.counts),
      run.error && JSON.stringify(run.error),
      Date.parse(run.startedAt),
    );
  announce(replica);
};

/** Notes how far a run is, inside the caller's transaction: with the rows that it says are done. */
export const saveProgress = (store: Store, { id, position, counts }: Run): void => {
  store
    .statement('update import_runs set position = ?, counts = ? where id = ?')
    .run(position && JSON.stringify(position), JSON.stringify(counts), id);
};

/** Sets how a run stands; `endedAt` only for one that is over. */
export const setStatus = (
  replica: Replica,
  id: string,
  { status, error, endedAt }: Pick<Run, 'status' | 'error' | 'endedAt'>,
): void => {
  replica
    .statement('update import_runs set status = ?, error = ?, ended_at = ? where id = ?')
    .run(status, error && JSON.stringify(error), endedAt && Date.parse(endedAt), id);
  announce(replica);
};

/** A run that was under way when the program ended stands still until somebody goes on with it. */
export const pauseLeftRuns = (replica: Replica): void => {
  const { changes } = replica
    .statement(`update import_runs set status = 'paused' where status = 'running'`)
    .run();
  if (changes > 0) announce(replica);
};

/** Names of earlier imports, newest first. */
export const namespacesOf = (store: Store): string[] =>
  store
    .statement('select namespace from import_runs group by namespace order by max(started_at) desc')
    .pluck()
    .all() as string[];

export const announce = (replica: Replica): void => replica.announce(new Set(['import_runs']));
