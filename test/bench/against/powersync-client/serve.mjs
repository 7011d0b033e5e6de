import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { serialize } from 'bson';

// Stands in for the PowerSync service: the sync stream of one bucket, in the service's binary form, made before anybody asks
// and then only sent. The real service reads its rows from a database; this one is never what a client waits for.
const [rowsFile = '', folder = ''] = process.argv.slice(2);
const OPERATIONS_PER_LINE = 1000;
const BUCKET = 'clinic[]';

const streamFile = join(folder, 'stream.bson');
const rows = await writeStream();
const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url?.startsWith('/sync/stream')) {
    response.writeHead(200, { 'content-type': 'application/vnd.powersync.bson-stream' });
    createReadStream(streamFile, { highWaterMark: 1 << 18 }).pipe(response, { end: false });
  } else if (request.url?.startsWith('/write-checkpoint2.json')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: { write_checkpoint: '0' } }));
  } else response.writeHead(404).end();
});
server.listen(0, '127.0.0.1', async () => {
  const { size } = await stat(streamFile);
  process.send?.({ url: `http://127.0.0.1:${server.address().port}`, rows, bytes: size });
});
process.on('disconnect', () => process.exit(0));

/** The lines of the stream: the checkpoint, its data, and that it is complete. */
async function writeStream() {
  const count = await countLines();
  const out = createWriteStream(streamFile, { highWaterMark: 1 << 20 });
  const write = (line) => out.write(serialize(line));
  write({
    checkpoint: {
      last_op_id: String(count),
      write_checkpoint: null,
      buckets: [{ bucket: BUCKET, checksum: 0, count, priority: 3, subscriptions: [] }],
    },
  });
  let operations = [];
  let written = 0;
  const flush = async () => {
    if (operations.length === 0) return;
    const after = String(written);
    written += operations.length;
    const more = written < count;
    write({
      data: { bucket: BUCKET, after, next_after: String(written), has_more: more, data: operations },
    });
    operations = [];
    if (out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
  };
  for await (const line of linesOf(rowsFile)) {
    const { table, row } = JSON.parse(line);
    const { id, ...columns } = row;
    operations.push({
      op_id: String(written + operations.length + 1),
      op: 'PUT',
      object_type: table,
      object_id: id,
      // Of a client only the sum is asked, which is then that of the checkpoint.
      checksum: 0,
      subkey: null,
      data: JSON.stringify(columns),
    });
    if (operations.length === OPERATIONS_PER_LINE) await flush();
  }
  await flush();
  write({ checkpoint_complete: { last_op_id: String(count) } });
  write({ token_expires_in: 3600 });
  out.end();
  await finished(out);
  return count;
}

async function countLines() {
  let count = 0;
  for await (const _line of linesOf(rowsFile)) count += 1;
  return count;
}

function linesOf(file) {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}
