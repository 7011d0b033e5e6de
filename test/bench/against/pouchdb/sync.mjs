import PouchDB from 'pouchdb';
import find from 'pouchdb-find';

// A first replication of PouchDB into LevelDB, in a process of its own, and then the indexes that the day board, the
// patient's page and the search by the beginning of a name need.
const [url = '', folder = '', , batchSize = '1000'] = process.argv.slice(2);

PouchDB.plugin(find);
const db = new PouchDB(`${folder}/clinic`);
const start = performance.now();
await db.replicate.from(url, { batch_size: Number(batchSize), batches_limit: 10 });
const rowsMs = performance.now() - start;
for (const fields of [
  ['table', 'scheduled_at'],
  ['table', 'patient_id'],
  ['table', 'last_name'],
]) {
  const { id } = await db.createIndex({ index: { fields } });
  // An index is filled when it is first asked.
  await db.find({ selector: { table: 'none', [fields[1]]: { $gt: null } }, use_index: id, limit: 1 });
}
const ms = performance.now() - start;
const { doc_count: documents } = await db.info();
await db.close();
const report = { ms, rowsMs, rows: documents - 3, rssMb: process.resourceUsage().maxRSS / 1024, stallMs: 0 };
process.send?.(report, () => process.exit(0));
