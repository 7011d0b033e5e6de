import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import Database from 'better-sqlite3';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { columnSql } from '../../../src-main/core/central/pull.ts';
import { places } from '../../../src-main/core/places.ts';
import { pulledTables } from '../../../src-main/core/sync/tables.ts';
import type { BenchClinic } from '../setting.ts';

/** Writes what a first sync of a clinic brings, a line of JSON for each row: `{"table", "row"}`. Answers how many. */
export const writeRows = async ({ ownerUrl, clinicId }: BenchClinic, file: string): Promise<number> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const out = createWriteStream(file);
  let rows = 0;
  for (const { name, columns } of pulledTables) {
    const list = columns.map((column) => `${columnSql(column)} as ${column.name}`).join(', ');
    const stream = client.query(
      to(`copy (select json_build_object('table', '${name}', 'row', row_to_json(r)) from
        (select ${list} from ${name} where clinic_id = '${clinicId}' order by id) r) to stdout`),
    );
    let rest = '';
    for await (const chunk of stream.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      rows += lines.length;
      // COPY doubles the backslashes of JSON, which has neither tabs nor line ends to escape.
      const text = lines.map((line) => `${line.replaceAll('\\\\', '\\')}\n`).join('');
      if (!out.write(text)) await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
  await client.end();
  return rows;
};

/** Writes the replica's tables as a peer needs them: the columns with their types, and the indexes. */
export const writeSchema = (file: string): void => {
  const db = new Database(':memory:');
  for (const name of readdirSync(places.replicaMigrations).sort()) {
    if (name.endsWith('.sql')) db.exec(readFileSync(join(places.replicaMigrations, name), 'utf8'));
  }
  const columns = db.prepare('select name, type from pragma_table_info(?)');
  const indexes = db.prepare(`select name from pragma_index_list(?) where origin = 'c'`).pluck();
  const indexed = db.prepare('select name from pragma_index_info(?) order by seqno').pluck();
  const tables = pulledTables.map(({ name }) => ({
    name,
    columns: columns.all(name),
    indexes: indexes.all(name).map((index) => ({ name: index, columns: indexed.all(index) })),
  }));
  db.close();
  writeFileSync(file, JSON.stringify(tables));
};
