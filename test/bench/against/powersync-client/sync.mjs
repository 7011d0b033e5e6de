import { readFileSync } from 'node:fs';
import { column, Schema, Table } from '@powersync/common';
import { PowerSyncDatabase, SyncStreamConnectionMethod } from '@powersync/node';

// A first sync of PowerSync's client, in a process of its own, with the same indexes as Anteroom's replica.
const [url = '', folder = '', schemaFile = ''] = process.argv.slice(2);
const typed = { INTEGER: column.integer, REAL: column.real };

const described = JSON.parse(readFileSync(schemaFile, 'utf8'));
const tables = described.map(({ name, columns, indexes }) => [
  name,
  new Table(
    Object.fromEntries(
      columns.filter(({ name }) => name !== 'id').map(({ name, type }) => [name, typed[type] ?? column.text]),
    ),
    { indexes: Object.fromEntries(indexes.map((index) => [index.name, index.columns])) },
  ),
]);
const db = new PowerSyncDatabase({
  schema: new Schema(Object.fromEntries(tables)),
  database: { dbFilename: 'peer.db', dbLocation: folder, implementation: { type: 'better-sqlite3' } },
});
const connector = {
  fetchCredentials: async () => ({ endpoint: url, token: 'bench' }),
  uploadData: async () => {},
};
await db.init();
const start = performance.now();
await db.connect(connector, { connectionMethod: SyncStreamConnectionMethod.HTTP });
await db.waitForFirstSync();
const ms = performance.now() - start;
let rows = 0;
for (const [name] of tables) {
  rows += Number((await db.get(`select count(*) as rows from ${name}`)).rows);
}
await db.close();
const report = { ms, rows, rssMb: process.resourceUsage().maxRSS / 1024, stallMs: 0 };
process.send?.(report, () => process.exit(0));
