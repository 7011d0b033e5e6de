import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { type FrontDesk, openFrontDesk } from '../../../src-main/core/front-desk.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { withClient } from '../../support/central.ts';
import { memoryNonce } from '../../support/desk.ts';
import { must } from '../../support/must.ts';
import { type SmallClinic, smallClinic, workDay } from '../../support/small-clinic.ts';
import { noSmallDisk, type SmallDisk, smallDisk } from '../../support/small-disk.ts';
import { until } from '../../support/until.ts';

const MB = 1024 * 1024;

const ask = <N extends CallName>(desk: FrontDesk, name: N, input: unknown = {}) =>
  desk.dispatch(name, input, desk.session) as Promise<Result<CallOutput<N>>>;
const stateOf = async (desk: FrontDesk): Promise<SyncState> => must(await ask(desk, 'syncState'));
const codesOf = async (desk: FrontDesk) => (await stateOf(desk)).troubles.map(({ code }) => code);

describe.skipIf(noSmallDisk !== null)('a desk whose disk is full', { timeout: 60_000 }, () => {
  let clinic: SmallClinic;
  let disk: SmallDisk;
  let desk: FrontDesk | undefined;
  const key = randomBytes(32);
  let nonce = memoryNonce();

  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1']);
  });
  afterEach(async () => {
    await desk?.close();
    desk = undefined;
    disk.remove();
    nonce = memoryNonce();
  });
  afterAll(() => clinic.drop());

  const options = () => ({
    file: join(disk.path, 'replica.db'),
    key,
    centralUrl: clinic.desks[0]?.url ?? '',
    nonce,
    log: noLog,
    now: () => `${workDay}T07:00:00.000Z`,
    pollMs: 200,
  });
  const open = async (): Promise<FrontDesk> => {
    const opened = must(await openFrontDesk(options()));
    desk = opened;
    return opened;
  };
  const online = (opened: FrontDesk) =>
    until('the desk is online', async () => (await stateOf(opened)).phase === 'online');
  const addPatients = (count: number) =>
    withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `insert into patients (clinic_id, id, first_name, last_name, address)
         select $1, gen_random_uuid(), 'Patient', 'No' || n, repeat('x', 300) from generate_series(1, $2) n`,
        [clinic.clinicId, count],
      ),
    );
  const patientsOf = async (opened: FrontDesk) =>
    must(await ask(opened, 'findPatient', { text: 'No', limit: 50 })).length;

  const register = (opened: FrontDesk, lastName: string) =>
    ask(opened, 'registerPatient', { firstName: 'P'.repeat(100), lastName, saveAnyway: true });
  const isKept = async (opened: FrontDesk, patientId: string) =>
    must(await ask(opened, 'findPatient', { text: 'Saved' })).some(({ id }) => id === patientId);

  test('says so where somebody saves, keeps all that was saved before, and goes on when there is room', async () => {
    disk = smallDisk(48 * MB);
    const opened = await open();
    await online(opened);
    const saved = must(await register(opened, 'Saved'));
    disk.fillUp();
    // What is left of the log's last page may take one or two.
    let refused: Result<unknown> = await register(opened, 'Full');
    for (let tries = 0; refused.ok && tries < 200; tries += 1) {
      refused = await register(opened, `Q${tries}`.repeat(20));
    }
    expect(refused).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    expect((await codesOf(opened))[0]).toBe('disk_full');
    expect(await isKept(opened, saved.id)).toBe(true);
    disk.empty();
    await until('the trouble is over', async () => !(await codesOf(opened)).includes('disk_full'));
    must(await register(opened, 'Room'));
    await online(opened);
  });

  test('is not opened while the disk is full or lets nothing be written, and is whole when it does', async () => {
    disk = smallDisk(48 * MB);
    const first = await open();
    await online(first);
    const saved = must(await register(first, 'Saved'));
    await first.close();
    desk = undefined;
    disk.readOnly(true);
    expect(await openFrontDesk(options())).toMatchObject({ error: { details: { fault: 'unreadable' } } });
    disk.readOnly(false);
    disk.fillUp();
    expect(await openFrontDesk(options())).toMatchObject({ error: { code: 'disk_full' } });
    disk.empty();
    const again = await open();
    expect(await isKept(again, saved.id)).toBe(true);
    expect((await stateOf(again)).troubles.filter((trouble) => 'at' in trouble)).toEqual([]);
  });

  test('says so when it cannot fetch what others did, and fetches it by itself when there is room', async () => {
    disk = smallDisk(48 * MB);
    const opened = await open();
    await online(opened);
    disk.fillUp();
    await addPatients(3_000);
    await until(
      'the desk says that its disk is full',
      async () => (await stateOf(opened)).reason === 'disk_full',
    );
    expect((await stateOf(opened)).phase).toBe('offline');
    expect((await codesOf(opened))[0]).toBe('disk_full');
    disk.empty();
    await online(opened);
    expect(await codesOf(opened)).not.toContain('disk_full');
  });

  test('says so when the clinic does not fit on it, does not fetch it over and over, and ends whole when it does', async () => {
    await addPatients(20_000);
    disk = smallDisk(6 * MB);
    const opened = await open();
    await until(
      'the desk says that its disk is full',
      async () => (await stateOf(opened)).reason === 'disk_full',
    );
    const rebuilds = () =>
      withClient(clinic.ownerUrl, async (owner) => {
        const { rows } = await owner.query<{ pid: number }>(
          `select pid from pg_stat_activity where application_name = 'anteroom-rebuild'`,
        );
        return rows.map(({ pid }) => pid);
      });
    await until('the first try is over', async () => (await rebuilds()).length === 0);
    const tries = new Set<number>();
    const ends = performance.now() + 3_000;
    await until('three seconds have passed', async () => {
      for (const pid of await rebuilds()) tries.add(pid);
      return performance.now() > ends;
    });
    expect(tries.size).toBe(0);
    disk.resize(96 * MB);
    await online(opened);
    expect(await patientsOf(opened)).toBe(50);
  });
});
