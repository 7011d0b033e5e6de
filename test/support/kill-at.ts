import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { KillAt } from './child.ts';

/*
 * Loaded by --import in a child process. It watches what the program does to its replica, to central and to files, and kills
 * the program as a power cut would at the step that the environment's KILL_AT names: `{"step": regex, "when": "before" |
 * "after", "nth": 1}`. The product knows nothing of it.
 *
 * Steps: `sqlite insert outbox`, `sqlite COMMIT insert outbox, update desk_state` (with what was written since the begin),
 * `central asks push`, `central answers push`, `file renameSync` and the like.
 */

const { step: wanted, when, nth = 1 } = JSON.parse(process.env['KILL_AT'] ?? '{"step":"$^"}') as KillAt;
const pattern = new RegExp(wanted);
let seen = 0;

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment; nothing more must happen until then.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
};

/** Takes a step, and dies before or after it where it is the one. */
const taking = <T>(step: string, take: () => T): T => {
  const isIt = pattern.test(step) && ++seen === nth;
  if (isIt && when === 'before') die();
  const taken = take();
  if (isIt) die();
  return taken;
};

/** What each connection wrote since its transaction began. */
const written = new WeakMap<object, string[]>();

const nameOf = (db: object, sql: string): string => {
  const word = /^\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? '';
  if (word === 'commit') {
    const tables = written.get(db) ?? [];
    written.delete(db);
    return `sqlite COMMIT ${[...new Set(tables)].join(', ')}`;
  }
  const table =
    /^\s*(?:insert (?:or \w+ )?into|update|delete from|create table|create index)\s+["`]?(\w+)/i.exec(
      sql,
    )?.[1];
  const name = table ? `${word} ${table}` : sql.trim().slice(0, 60);
  if (table) written.set(db, [...(written.get(db) ?? []), name]);
  return `sqlite ${name}`;
};

type Method = (this: { database: object; source: string }, ...args: unknown[]) => unknown;
const probe = new Database(':memory:');
const statements = Object.getPrototypeOf(probe.prepare('select 1')) as Record<string, Method>;
probe.close();
for (const name of ['run', 'get', 'all']) {
  const method = statements[name];
  if (!method) continue;
  statements[name] = function (...args) {
    return taking(nameOf(this.database, this.source), () => method.apply(this, args));
  };
}
const databases = Database.prototype as unknown as Record<string, (this: object, sql: string) => unknown>;
const exec = databases['exec'];
if (exec) {
  databases['exec'] = function (sql) {
    return taking(nameOf(this, sql), () => exec.call(this, sql));
  };
}

type Query = { name?: string; text?: string } | string;
const clients = pg.Client.prototype as unknown as Record<
  string,
  (this: object, query: Query) => Promise<unknown>
>;
const query = clients['query'];
if (query) {
  clients['query'] = function (asked) {
    const name = typeof asked === 'string' ? asked : (asked.name ?? asked.text ?? '');
    const answer = taking(`central asks ${name.slice(0, 60)}`, () => query.call(this, asked));
    return answer instanceof Promise
      ? answer.then((rows: unknown) => taking(`central answers ${name.slice(0, 60)}`, () => rows))
      : answer;
  };
}

const files = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of ['renameSync', 'fsyncSync', 'writeFileSync']) {
  const method = files[name];
  if (method) files[name] = (...args) => taking(`file ${name}`, () => method(...args));
}
syncBuiltinESMExports();
