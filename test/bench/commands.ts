import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { Replica } from '../../src-main/core/replica/open.ts';
import { choose } from './choices.ts';
import { openOffline } from './desk.ts';
import { type BenchResult, round, type Spread, spreadOf, timed } from './result.ts';
import { type Setting, type SyncedReplica, say } from './setting.ts';

const COUNT = 300;
const WARM_UP = 20;

/** Book, check in, reschedule and cancel on the large replica, each committed with its outbox entry. */
export const commands = async (setting: Setting): Promise<BenchResult> => {
  const replica = await setting.replica();
  const { choices, expected } = choose(replica, COUNT);
  const raw = spreadOf(await rawTransactions(setting, replica));
  const desk = await openOffline(replica);
  say(`Booking, checking in, moving and cancelling ${COUNT} times each …`);
  const times = {
    book: [] as number[],
    checkIn: [] as number[],
    reschedule: [] as number[],
    cancel: [] as number[],
  };
  const measure = async (name: keyof typeof times, input: object): Promise<unknown> => {
    const start = performance.now();
    const answer = await desk.try(name, input);
    const ms = performance.now() - start;
    await nextTurn();
    if (!answer.ok) return undefined;
    times[name].push(ms);
    return answer.value;
  };
  for (const [place, { slotId, otherSlotId, patientId }] of choices.entries()) {
    if (place === WARM_UP) for (const list of Object.values(times)) list.length = 0;
    // A refusal (a buffer or a shared room in the way) is not what is measured.
    const booked = await measure('book', { slotId, patientId, durationMinutes: 5 });
    if (!booked) continue;
    const { id } = booked as { id: string };
    await measure('reschedule', { appointmentId: id, slotId: otherSlotId });
    await measure('cancel', { appointmentId: id, reason: 'Bench' });
    const today = expected[place];
    if (today) await measure('checkIn', { appointmentId: today, contactConfirmed: true });
  }
  await desk.close();
  const each = Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, spreadOf(list)]),
  ) as Record<keyof typeof times, Spread>;
  const all = spreadOf(Object.values(times).flat());
  return {
    bench: 'commands',
    n: all.n,
    p50_ms: round(all.p50),
    p99_ms: round(all.p99),
    limit: round(raw.p50),
    limit_is: 'p50 in ms of one raw transaction of three rows, same cipher and flush',
    ratio: round(all.p50 / raw.p50),
    goal: 'ratio at most 3, p99 under 20 ms',
    met: all.p50 / raw.p50 <= 3 && all.p99 < 20,
    measured: `p50 ${round(all.p50)} ms, p99 ${round(all.p99)} ms`,
    more: {
      ...Object.fromEntries(
        Object.entries(each).flatMap(([name, spread]) => [
          [`${name}_p50_ms`, round(spread.p50)],
          [`${name}_p99_ms`, round(spread.p99)],
        ]),
      ),
      max_ms: round(all.max),
      limit_p99_ms: round(raw.p99),
    },
  };
};

/** Three rows of the size of an appointment, its outbox entry and a note, in a file with the replica's own settings. */
const rawTransactions = async (setting: Setting, { key }: SyncedReplica): Promise<number[]> => {
  const replica = new Replica({ file: join(setting.folder(), 'raw.db'), key, newId });
  const { db } = replica;
  db.exec('create table raw_rows (id text primary key, body text)');
  const insert = db.prepare('insert into raw_rows values (?, ?)');
  const body = 'x'.repeat(400);
  const write = db.transaction(() => {
    for (let n = 0; n < 3; n += 1) insert.run(newId(), body);
  });
  const times: number[] = [];
  for (let n = 0; n < COUNT * 3; n += 1) {
    times.push(await timed(() => write.immediate()));
    await nextTurn();
  }
  replica.close();
  return times.slice(60);
};
