import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { columnSql } from '../../src-main/core/central/pull.ts';
import { places } from '../../src-main/core/places.ts';
import { pulledTables } from '../../src-main/core/sync/tables.ts';
import type { FillReport } from './setting.ts';

// The limit of a first sync: COPY sorted by key into prepared inserts of an unencrypted file without a journal,
// the same tables, the same indexes made at the end, and nothing else: no search, no progress, no position.
const [url = '', clinicId = '', file = ''] = process.argv.slice(3);
const start = performance.now();
const client = new pg.Client({ connectionString: url });
await client.connect();
const db = new Database(file);
db.pragma('journal_mode = OFF');
db.pragma('synchronous = OFF');
db.pragma('locking_mode = EXCLUSIVE');
db.pragma('cache_size = -65536');
for (const name of readdirSync(places.replicaMigrations).sort()) {
  if (name.endsWith('.sql')) db.exec(readFileSync(join(places.replicaMigrations, name), 'utf8'));
}
const indexes = db
  .prepare(`select name, sql from sqlite_master where type = 'index' and sql is not null`)
  .all() as {
  name: string;
  sql: string;
}[];
for (const { name } of indexes) db.exec(`drop index "${name}"`);
db.exec('begin');
let rows = 0;
for (const { name, columns } of pulledTables) {
  const names = columns.map((column) => column.name);
  const insert = db.prepare(
    `insert into ${name} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
  );
  const selected = columns.map(columnSql).join(', ');
  const stream = client.query(
    to(`copy (select ${selected} from ${name} where clinic_id = '${clinicId}' order by id) to stdout`),
  );
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) insert.run(line.split('\t').map((text) => (text === '\\N' ? null : text)));
    rows += lines.length;
  }
}
for (const { sql } of indexes) db.exec(sql);
db.exec('commit');
db.close();
await client.end();
const ms = performance.now() - start;
const report: FillReport = { ms, rows, rssMb: process.resourceUsage().maxRSS / 1024, stallMs: 0 };
process.send?.(report, () => process.exit(0));
