import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { book } from '../../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../../src-main/core/appointments/view.ts';
import { openFrontDesk } from '../../../src-main/core/front-desk.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { readPatient } from '../../../src-main/core/patients/find.ts';
import { registerPatient } from '../../../src-main/core/patients/register.ts';
import { updatePatient } from '../../../src-main/core/patients/update.ts';
import { standingTables } from '../../../src-main/core/replica/salvage/rescue.ts';
import { replicatedTables } from '../../../src-main/core/replica/tables.ts';
import { toldTroubles } from '../../../src-main/core/replica/troubles.ts';
import { withClient } from '../../support/central.ts';
import { anyone, deskOnFile, memoryNonce, temporaryFolder } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';
import { asideIn, key, openAgain, PAGE } from './damaged-desk.ts';

vi.setConfig({ testTimeout: 120_000 });

let clinic: SmallClinic;
let nextSlot = 0;
let open: LiveDesk[] = [];
const folder = temporaryFolder();
beforeAll(async () => {
  clinic = await smallClinic();
});
afterEach(async () => {
  for (const desk of open) await desk.dispose();
  open = [];
});
afterAll(async () => {
  await clinic.drop();
  folder.remove();
});

const url = () => clinic.desks[0]?.url ?? '';
const start = async (file = join(folder.path, `${newId()}.db`)): Promise<LiveDesk> => {
  const desk = liveDesk(url(), {}, deskOnFile(file, key));
  open.push(desk);
  await desk.quiet();
  return desk;
};
const bookNext = (desk: LiveDesk): string => {
  const slotId = clinic.doctors[0]?.slots[nextSlot++] ?? '';
  return must(book(desk, anyone, { slotId, patientId: clinic.patients[0] ?? '' })).id;
};
const timesAtCentral = (id: string) =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select count(*)::int as n from changes where outcome = 'applied' and rows @> jsonb_build_array(jsonb_build_object('id', $1::text))`,
      [id],
    );
    return Number(rows[0]?.n);
  });

/** Damages the first page of a table of a desk that works, past what SQLite keeps of it in memory. */
const damage = ({ replica }: LiveDesk, table: string): void => {
  const page = replica.db
    .prepare('select rootpage from sqlite_schema where name = ?')
    .pluck()
    .get(table) as number;
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(replica.file);
  bytes.fill(7, (page - 1) * PAGE, page * PAGE);
  writeFileSync(replica.file, bytes);
  replica.db.pragma('shrink_memory');
};
/** Damages the first page of every table of the clinic but some, in a file that nobody has open. */
const damageClinic = (file: string, but: readonly string[]): void => {
  const { replica, dispose } = deskOnFile(file, key);
  const pages = replica.db
    .prepare(
      `select rootpage from sqlite_schema where type = 'table' and name in (select value from json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify([...replicatedTables.keys()].filter((name) => !but.includes(name)))) as number[];
  dispose();
  const bytes = readFileSync(file);
  for (const page of pages) bytes.fill(7, (page - 1) * PAGE, page * PAGE);
  writeFileSync(file, bytes);
};
/** As `dispatch` does with what a call throws. */
const meets = (desk: LiveDesk, work: () => unknown): void => {
  try {
    work();
  } catch (fault) {
    expect(desk.replica.health.met(fault)).toBe('replica_damaged');
    return;
  }
  throw new Error('nothing was met');
};
const replaced = (desk: LiveDesk) =>
  until('the replica was replaced', () =>
    toldTroubles(desk.replica).find(({ code }) => code === 'replica_replaced'),
  );
const expectInStep = async (desk: LiveDesk, booked: string[]) => {
  await desk.quiet();
  await desk.caughtUp();
  expect(await differences(url(), desk.replica)).toEqual([]);
  for (const id of booked) {
    expect(readAppointment(desk, id)?.status).toBe('scheduled');
    expect(await timesAtCentral(id)).toBe(1);
  }
};

test('damage that is met while working stops nobody, and is fetched anew with all that waits as soon as central is there', async () => {
  const desk = await start();
  desk.engine.workOffline(true);
  const before = bookNext(desk);
  damage(desk, 'patients');
  meets(desk, () => readPatient(desk, clinic.patients[0] ?? ''));
  expect(desk.engine.state().troubles).toContainEqual(expect.objectContaining({ code: 'replica_damaged' }));
  const bytes = readFileSync(desk.replica.file);
  desk.engine.workOffline(false);
  expect(await replaced(desk)).toMatchObject({ cause: 'corrupt', rescued: 1, lost: 0, lostKnown: true });
  const after = bookNext(desk);
  await expectInStep(desk, [before, after]);
  expect(desk.engine.state().troubles.map(({ code }) => code)).not.toContain('replica_damaged');
  const [aside] = asideIn(dirname(desk.replica.file)).filter(
    (name) => !name.endsWith('-wal') && !name.endsWith('-shm'),
  );
  expect(readFileSync(join(dirname(desk.replica.file), aside ?? '')).length).toBe(bytes.length);
});

test('a damaged outbox keeps nothing back: what can be read of it goes on, and what cannot is said', async () => {
  const desk = await start();
  desk.engine.workOffline(true);
  const booked = [bookNext(desk), bookNext(desk), bookNext(desk)];
  damage(desk, 'outbox');
  meets(desk, () => bookNext(desk));
  desk.engine.workOffline(false);
  const told = await replaced(desk);
  // The one page held all three; the index beside it knows of them.
  expect(told).toMatchObject({ rescued: 0, lost: 3, lostKnown: true });
  await desk.quiet();
  await desk.caughtUp();
  expect(await differences(url(), desk.replica)).toEqual([]);
  expect(booked.map((id) => readAppointment(desk, id))).toEqual([undefined, undefined, undefined]);
});

test('what others wrote meanwhile stands below what this desk had not sent, and not what the damaged copy had', async () => {
  const desk = await start();
  desk.engine.workOffline(true);
  const patientId = clinic.patients[2] ?? '';
  const set = { phone: '6912345678' };
  must(updatePatient(desk, anyone, { patientId, set, confirmContact: false }));
  await withClient(clinic.ownerUrl, (owner) =>
    owner.query(`update patients set phone = '6987654321', city = 'Volos' where id = $1`, [patientId]),
  );
  damage(desk, 'desk_settings');
  meets(desk, () => desk.replica.db.prepare('select * from desk_settings').all());
  desk.engine.workOffline(false);
  await replaced(desk);
  await desk.quiet();
  await desk.caughtUp();
  expect(desk.engine.state().refused).toBe(1);
  expect(await differences(url(), desk.replica)).toEqual([]);
});

test('a desk that starts on a damaged file sends what was not sent, and what central had already stays done once', async () => {
  const first = await start();
  const file = first.replica.file;
  first.engine.workOffline(true);
  const booked = [bookNext(first), bookNext(first)];
  first.replica.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(file, `${file}.yesterday`);
  first.engine.workOffline(false);
  await first.quiet();
  open = [];
  await first.dispose();

  const bytes = readFileSync(`${file}.yesterday`);
  bytes.fill(7, 20, 300);
  writeFileSync(file, bytes);
  const { replica, told } = await openAgain(file);
  expect(told).toContainEqual(expect.objectContaining({ cause: 'wrong_key', rescued: 2, lost: 0 }));
  expect(existsSync(`${file}.rescue`)).toBe(false);
  // What could be read is shown before there is a line.
  for (const id of booked) expect(readAppointment({ ...first, replica }, id)?.status).toBe('scheduled');
  replica.close();
  await expectInStep(await start(file), booked);
});

test.each([
  ['nothing', []],
  ['nothing but who may do what', standingTables],
])(
  'a desk of whose copy %s can be read starts all the same, and keeps what it had not sent',
  async (_, but) => {
    const first = await start();
    const { file } = first.replica;
    first.engine.workOffline(true);
    // Not a booking: a front desk that runs for long enough takes away slots that follow from no hours.
    const patient = { firstName: 'Anna', lastName: newId(), phone: '6912345678', saveAnyway: true };
    const { id } = must(registerPatient(first, anyone, patient));
    open = [];
    await first.dispose();
    damageClinic(file, but);
    const opened = await openFrontDesk({
      file,
      key,
      centralUrl: url(),
      nonce: memoryNonce(),
      log: noLog,
      pollMs: 300,
    });
    const desk = must(opened);
    try {
      await until('the copy was replaced', async () => {
        const state = must(await desk.dispatch('syncState', {}, desk.session)) as SyncState;
        return state.phase === 'online' && state.troubles.some((each) => each.code === 'replica_replaced');
      });
      expect(await timesAtCentral(id)).toBe(1);
      expect(await desk.dispatch('patient', { patientId: id }, desk.session)).toMatchObject({
        ok: true,
      });
    } finally {
      await desk.close();
    }
  },
);
