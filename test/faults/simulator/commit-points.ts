import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/** The moments at which a program can end with its file in another state: around each commit, and each rename. */
export type CommitPoint = 'before' | 'after';

/** Called at each point, with the path of the file; throws to end the program there. */
type Watcher = (file: string, point: CommitPoint, durable: boolean) => void;

let watcher: Watcher = () => undefined;

/** Watches the commits of every database of this process; there is one watcher. */
export const watchCommits = (watch: Watcher): void => {
  watcher = watch;
};

type Work = (...args: unknown[]) => unknown;
type Transaction = Work & Record<'default' | 'deferred' | 'immediate' | 'exclusive', Work>;

const isDurable = (db: Database.Database): boolean => db.pragma('synchronous', { simple: true }) === 2;

/** The outermost transactions of a connection; what lies inside another one commits with it. */
const watched = (db: Database.Database, begin: (work: Work) => Transaction, work: Work): Transaction => {
  let outermost = false;
  const whole = begin((...args) => {
    const result = work(...args);
    if (outermost) watcher(db.name, 'before', isDurable(db));
    return result;
  });
  const run =
    (variant: Work): Work =>
    (...args) => {
      const wasOutermost = outermost;
      outermost = !db.inTransaction;
      const announce = outermost;
      try {
        const result = variant(...args);
        if (announce) watcher(db.name, 'after', isDurable(db));
        return result;
      } finally {
        outermost = wasOutermost;
      }
    };
  const { deferred, immediate, exclusive } = whole;
  return Object.assign(run(whole), {
    default: run(whole.default),
    deferred: run(deferred),
    immediate: run(immediate),
    exclusive: run(exclusive),
  });
};

const plainTransaction = Database.prototype.transaction as unknown as (
  this: Database.Database,
  work: Work,
) => Transaction;

Object.defineProperty(Database.prototype, 'transaction', {
  configurable: true,
  writable: true,
  value(this: Database.Database, work: Work): Transaction {
    return watched(this, (inner) => plainTransaction.call(this, inner), work);
  },
});

const plainRename = fs.renameSync;
fs.renameSync = (from, to) => {
  watcher(String(to), 'before', true);
  plainRename(from, to);
  watcher(String(to), 'after', true);
};
syncBuiltinESMExports();
