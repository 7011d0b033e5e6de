import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeRow } from '../../src-main/contract/change.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { unanswered } from '../../src-main/core/replica/outbox.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { startStream } from '../../src-main/core/replica/stream.ts';
import { replicatedTable, toDriverRow } from '../../src-main/core/replica/tables.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { type Backup, backUp } from '../support/backup.ts';
import { withClient } from '../support/central.ts';
import { anyone, deskOnFile, temporaryFolder } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type BadLine, startProxy } from '../support/proxy.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { timeForMore } from '../support/time-for-more.ts';

const deskCount = 3;
const runs = Number(process.env['ANTEROOM_RUNS'] ?? 50);
const seed = Number(process.env['ANTEROOM_SEED'] ?? Date.now() % 1_000_000_000);

const folder = temporaryFolder();
const key = randomBytes(32);
const synced = join(folder.path, 'synced.db');
let clinic: SmallClinic;
let morning: Backup;

beforeAll(async () => {
  clinic = await smallClinic(['Desk 1', 'Desk 2', 'Desk 3'], 4);
  const first = liveDesk(clinic.desks[0]?.url ?? '', {}, deskOnFile(synced, key));
  await first.quiet();
  await first.caughtUp();
  await first.dispose();
  morning = await backUp(clinic.ownerUrl);
});
afterAll(async () => {
  await morning.drop();
  await clinic.drop();
  folder.remove();
});

/** One desk of a run: its line to central can be made worse, and its program can end and start again. */
class Station {
  desk: LiveDesk;
  readonly line: BadLine;
  /** Every change that the person at this desk was told is saved. */
  readonly told = new Set<string>();
  readonly #file = join(folder.path, `${newId()}.db`);
  readonly #url: string;

  constructor(url: string, line: BadLine, epoch: string) {
    this.line = line;
    this.#url = line.through(url);
    copyFileSync(synced, this.#file);
    const fresh = deskOnFile(this.#file, key);
    fresh.replica.db.transaction(() => startStream(fresh.replica, newId()))();
    // Each run has a database of its own, which is the one that this file was filled from but for its number.
    fresh.replica.statement('update desk_state set epoch = ?').run(epoch);
    this.desk = this.#start(fresh);
  }

  #start(lone = deskOnFile(this.#file, key)): LiveDesk {
    return liveDesk(this.#url, { answerMs: 500, pollMs: 100, random: () => 0.01 }, lone);
  }

  async restart(): Promise<void> {
    await this.desk.dispose();
    this.desk = this.#start();
  }

  /** Whatever the desk saved since it was last asked is told. */
  note(): void {
    for (const { changeId, state } of unanswered(this.desk.replica))
      if (state === 'waiting') this.told.add(changeId);
  }

  async end(): Promise<void> {
    await this.desk.dispose();
    await this.line.close();
  }
}

type Act = (stations: Station[]) => void | Promise<void>;

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
};

const appointmentAt = ({ desk }: Station, index: number): string | undefined => {
  const ids = desk.replica.statement('select id from appointments order by id').pluck().all() as string[];
  return ids.length > 0 ? at(ids, index) : undefined;
};

const slotAt = (index: number): string =>
  at(
    clinic.doctors.flatMap(({ slots }) => slots.slice(0, 3)),
    index,
  );

/** An act of a person at a desk, or of the world on its line, that reads well when a run is printed. */
const acts: fc.Arbitrary<{ run: Act }> = fc
  .record({
    kind: fc.constantFrom(
      ...['book', 'book', 'book', 'checkIn', 'cancel', 'reschedule', 'phone', 'city', 'resolve'],
      ...['offline', 'online', 'cut', 'mend', 'dropAnswer', 'restart', 'wait'],
    ),
    who: fc.nat({ max: deskCount - 1 }),
    n: fc.nat({ max: 20 }),
  })
  .map(({ kind, who, n }) => ({
    run: async (stations: Station[]) => {
      const station = at(stations, who);
      await act(kind, station, n);
      station.note();
    },
    [fc.toStringMethod]: () => `${kind}(${who}, ${n})`,
  }));

const act = async (kind: string, station: Station, n: number): Promise<void> => {
  const { desk, line } = station;
  const appointmentId = appointmentAt(station, n) ?? newId();
  const patientId = at(clinic.patients, n);
  switch (kind) {
    case 'book':
      return void book(desk, anyone, { slotId: slotAt(n), patientId });
    case 'checkIn':
      return void checkIn(desk, anyone, { appointmentId, contactConfirmed: true });
    case 'cancel':
      return void cancel(desk, anyone, { appointmentId, reason: '' });
    case 'reschedule':
      return void reschedule(desk, anyone, { appointmentId, slotId: slotAt(n + 1) });
    case 'phone':
    case 'city':
      return void updatePatient(desk, anyone, {
        patientId,
        set: kind === 'phone' ? { phone: `69${10_000_000 + n}` } : { city: `City ${n}` },
        confirmContact: false,
      });
    case 'resolve': {
      const entry = must(conflicts(desk, anyone))[0];
      if (entry) resolveConflict(desk, anyone, { changeId: entry.changeId, choice: at(entry.choices, n) });
      return;
    }
    case 'offline':
    case 'online':
      return void desk.engine.workOffline(kind === 'offline');
    case 'cut':
      return line.cut();
    case 'mend':
      return line.mend();
    case 'dropAnswer':
      return line.dropAnswerTo('"change_id"');
    case 'restart':
      return station.restart();
    default:
      await pause(n * 5);
  }
};

/** What a desk has saved and central has not answered is what it shows. */
const ownWritesAreShown = ({ desk }: Station): void => {
  const last = new Map<string, { row: ChangeRow; column: string; value: unknown }>();
  for (const { rows, state } of unanswered(desk.replica)) {
    if (state !== 'waiting') continue;
    for (const row of rows) {
      const stored = toDriverRow(replicatedTable(row.table), 'insert' in row ? row.insert : row.set);
      for (const [column, value] of Object.entries(stored)) {
        if (column !== 'created_at') last.set(`${row.table} ${row.id} ${column}`, { row, column, value });
      }
    }
  }
  for (const { row, column, value } of last.values()) {
    expect(readRow(desk.replica, row.table, row.id)?.[column]).toEqual(value);
  }
};

/** Every change that was told is applied, once, or lies in an inbox. */
const nothingIsLost = async (stations: readonly Station[]): Promise<void> => {
  const outcomes = await withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query('select change_id, outcome from changes');
    return new Map(rows.map(({ change_id, outcome }: Record<string, string>) => [change_id, outcome]));
  });
  for (const { desk, told } of stations) {
    const inbox = desk.replica.statement('select changes from refusals').pluck().all() as string[];
    const kept = new Set(
      inbox.flatMap((changes) =>
        (JSON.parse(changes) as { changeId: string }[]).map(({ changeId }) => changeId),
      ),
    );
    for (const id of told) {
      const applied = outcomes.get(id) === 'applied';
      expect([id, applied !== kept.has(id)]).toEqual([id, true]);
    }
    for (const table of ['outbox', 'outbox_rows', 'base']) {
      expect(desk.replica.statement(`select count(*) from ${table}`).pluck().get()).toBe(0);
    }
  }
};

const noneOverlap = async (): Promise<void> => {
  const { rows } = await withClient(clinic.ownerUrl, (owner) =>
    owner.query(`select a.id from appointments a join appointments b on a.doctor_id = b.doctor_id and a.id < b.id
      and a.scheduled_at < b.ends_at and b.scheduled_at < a.ends_at
      where a.status not in ('cancelled', 'no_show', 'left') and b.status not in ('cancelled', 'no_show', 'left')`),
  );
  expect(rows).toEqual([]);
};

const readEpoch = (): Promise<string> =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ epoch: string }>('select central_epoch() as epoch');
    return rows[0]?.epoch ?? '';
  });

const settle = async (stations: readonly Station[]): Promise<void> => {
  for (const { desk, line } of stations) {
    line.mend();
    desk.engine.workOffline(false);
  }
  for (const { desk } of stations) await desk.quiet();
  for (const { desk } of stations) await desk.caughtUp();
};

test('whatever three desks and their lines do, nothing is lost, doubled or overwritten in silence', async () => {
  const schedule = fc.array(acts, { minLength: 5, maxLength: 30 });
  const isTime = timeForMore(30_000);
  await fc.assert(
    fc.asyncProperty(schedule, async (day) => {
      if (!isTime()) return;
      await morning.restore();
      const epoch = await readEpoch();
      const stations: Station[] = [];
      try {
        for (const { url } of clinic.desks) stations.push(new Station(url, await startProxy(url), epoch));
        for (const { run } of day) {
          await run(stations);
          for (const station of stations) ownWritesAreShown(station);
        }
        await settle(stations);
        await nothingIsLost(stations);
        await noneOverlap();
        for (const { desk } of stations) {
          expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
        }
      } finally {
        for (const station of stations) await station.end();
      }
    }),
    { seed, numRuns: runs },
  );
}, 240_000);
