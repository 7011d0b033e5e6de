import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { rights } from '../../../src-main/contract/calls.ts';
import { book } from '../../../src-main/core/appointments/book.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { checkNonce } from '../../../src-main/core/replica/nonce.ts';
import { Replica } from '../../../src-main/core/replica/open.ts';
import { Engine } from '../../../src-main/core/sync/engine.ts';

// A desk that opens its replica, connects, and books a patient into each of some slots, saying each that is saved, and
// when it is quiet.
const [file = '', key = '', url = '', patientId = '', ...slots] = process.argv.slice(2);
const now = () => '2026-11-24T07:00:00.000Z';
const replica = new Replica({ file, key: Buffer.from(key, 'hex'), newId });
const outside = `${file}.nonce`;
const nonce = {
  read: async () => {
    try {
      return readFileSync(outside, 'utf8');
    } catch {
      return null;
    }
  },
  write: async (text: string) => writeFileSync(outside, text),
};
const desk = { replica, now, newId: () => newId() };
await checkNonce(replica, nonce, desk);
const engine = new Engine(desk, { url, log: noLog, random: () => 0.1, pollMs: 200 });
engine.start();
while (!engine.ready) await pause(2);
for (const slotId of slots) {
  const booked = book(desk, { userId: null, rights: new Set(rights) }, { slotId, patientId });
  if (booked.ok) process.stdout.write(`${booked.value.id}\n`);
  await pause(5);
}
const waiting = replica.statement('select count(*) from outbox').pluck();
while (engine.state().phase !== 'online' || waiting.get() !== 0) await pause(5);
process.stdout.write('quiet\n');
setInterval(() => undefined, 1_000);
