import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { type OnlineDesk, startDesk } from './live-desk.ts';
import { type BenchResult, round, type Spread, spreadOf } from './result.ts';
import { type BenchClinic, newDesk, type Setting, say } from './setting.ts';

const DESKS = [1, 10, 50];
const COUNT = 150;
const WARM_UP = 15;

/**
 * From the commit at desk A until desk B's replica holds the row, with so many desks listening besides A. The
 * others run in one process, and all share this machine with central.
 */
export const live = async (setting: Setting): Promise<BenchResult> => {
  const clinic = await setting.otherClinic({ patients: 200, appointments: 200 });
  const raw = spreadOf(await rawRoundTrips(clinic.ownerUrl));
  const folder = setting.folder();
  const a = await startDesk(await newDesk(clinic), join(folder, 'a.db'));
  const b = await startDesk(await newDesk(clinic), join(folder, 'b.db'));
  const spreads: [number, Spread][] = [];
  for (const desks of DESKS) {
    say(`Passing ${COUNT} changes to ${desks} desks …`);
    const crowd = await startCrowd(clinic, join(folder), desks - 1);
    spreads.push([desks, spreadOf(await passChanges(a, b))]);
    await crowd.end();
  }
  await a.close();
  await b.close();
  const [alone, most] = [spreads[0]?.[1], spreads.at(-1)?.[1]];
  if (!alone || !most) throw new Error('nothing measured');
  return {
    bench: 'live',
    n: COUNT,
    p50_ms: round(alone.p50),
    p99_ms: round(most.p99),
    limit: round(raw.p50),
    limit_is: 'p50 in ms of a raw commit, NOTIFY, and SELECT by the listener',
    ratio: round(alone.p50 / raw.p50),
    goal: 'ratio at most 2 with one desk, p99 under 100 ms with 50',
    met: alone.p50 / raw.p50 <= 2 && most.p99 < 100,
    measured: `p50 ${round(alone.p50)} ms with one desk; p50 ${round(most.p50)} ms, p99 ${round(most.p99)} ms with ${DESKS.at(-1)}`,
    more: {
      ...Object.fromEntries(
        spreads.flatMap(([desks, spread]) => [
          [`desks_${desks}_p50_ms`, round(spread.p50)],
          [`desks_${desks}_p99_ms`, round(spread.p99)],
        ]),
      ),
      limit_p99_ms: round(raw.p99),
    },
  };
};

const passChanges = async (a: OnlineDesk, b: OnlineDesk): Promise<number[]> => {
  const id = String(a.replica.statement('select id from patients limit 1').pluck().get());
  const times: number[] = [];
  for (let n = 0; n < COUNT + WARM_UP; n += 1) {
    const notes = `Change ${n} of ${performance.now()}`;
    const arrived = new Promise<number>((resolve) => {
      const stop = b.replica.onTablesChanged((tables) => {
        if (!tables.has('patients')) return;
        if (b.replica.statement('select notes from patients where id = ?').pluck().get(id) !== notes) return;
        stop();
        resolve(performance.now());
      });
    });
    writeChange(a, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, id, { notes }),
    );
    const committed = performance.now();
    times.push((await arrived) - committed);
    // A person does the next thing a little later; without a pause the previous answer would be in the way.
    await pause(20 + (n % 7));
  }
  return times.slice(WARM_UP);
};

/** The same way in plain Postgres: one client commits a row and notifies, the other reads it when told. */
const rawRoundTrips = async (url: string): Promise<number[]> => {
  const [writer, reader] = [
    new pg.Client({ connectionString: url }),
    new pg.Client({ connectionString: url }),
  ];
  await writer.connect();
  await reader.connect();
  await writer.query('create table raw_rows (id integer primary key, body text)');
  await writer.query(`insert into raw_rows values (1, '')`);
  await reader.query('listen raw');
  const times: number[] = [];
  for (let n = 0; n < COUNT + WARM_UP; n += 1) {
    const arrived = new Promise<number>((resolve) => {
      reader.once('notification', () => {
        void reader.query('select * from raw_rows where id = 1').then(() => resolve(performance.now()));
      });
    });
    const start = performance.now();
    await writer.query('update raw_rows set body = $1 where id = 1', [`Change ${n}`]);
    await writer.query('notify raw');
    times.push((await arrived) - start);
    await pause(20 + (n % 7));
  }
  await writer.query('drop table raw_rows');
  await Promise.all([writer.end(), reader.end()]);
  return times.slice(WARM_UP);
};

const startCrowd = async (
  clinic: BenchClinic,
  folder: string,
  desks: number,
): Promise<{ end(): Promise<void> }> => {
  const urls: string[] = [];
  for (let n = 0; n < desks; n += 1) urls.push(await newDesk(clinic));
  const child = fork(new URL('./live-crowd.ts', import.meta.url), [folder, ...urls]);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the crowd left'))),
  ]);
  return {
    end: async () => {
      child.send('end');
      await once(child, 'exit');
    },
  };
};
