import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import expressPouch from 'express-pouchdb';
import PouchDB from 'pouchdb';

// PouchDB's own server on LevelDB, with every row a document.
const [rowsFile = '', folder = ''] = process.argv.slice(2);
const DOCUMENTS_AT_ONCE = 2000;

const Central = PouchDB.defaults({ prefix: `${folder}/` });
const db = new Central('clinic');
let rows = 0;
let batch = [];
const store = async () => {
  const answers = await db.bulkDocs(batch);
  const refused = answers.find((answer) => 'error' in answer);
  if (refused) throw new Error(`a row was not stored: ${JSON.stringify(refused)}`);
  rows += batch.length;
  batch = [];
};
for await (const line of createInterface({ input: createReadStream(rowsFile) })) {
  const { table, row } = JSON.parse(line);
  batch.push({ _id: `${table}/${row.id}`, table, ...row });
  if (batch.length === DOCUMENTS_AT_ONCE) await store();
}
if (batch.length > 0) await store();

const app = expressPouch(Central, {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: join(folder, 'log.txt'),
});
const server = createServer(app);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${server.address().port}/clinic`, rows });
});
process.on('disconnect', () => process.exit(0));
