import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SlotJob } from '../../../src-main/core/schedules/slot-job.ts';
import { withClient } from '../../support/central.ts';
import { type ClinicDesk, clinicDesk, ids, slotAt } from '../../support/clinic.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { differences } from '../../support/same-rows.ts';
import { type Seated, seated, type Window } from '../../support/seated.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { putStaff, type Staff } from '../../support/staff.ts';
import { until } from '../../support/until.ts';

type Replica = ClinicDesk['replica'];

// SQLite answers as it does on such disks, without one: every machine can run these.
const readOnly = ({ db }: Replica, on: boolean) => db.pragma(`query_only = ${on ? 'on' : 'off'}`);
const full = ({ db }: Replica, on: boolean) => db.pragma(`max_page_count = ${on ? 1 : 1_000_000_000}`);

describe('a disk that takes nothing', () => {
  let desk: ClinicDesk;
  let house: Seated;
  let window: Window;
  let maria: Staff;
  beforeEach(async () => {
    desk = clinicDesk();
    await putStaff(desk, { role: 'admin' });
    maria = await putStaff(desk, { role: 'receptionist', pin: '4821' });
    house = seated(desk);
    window = house.open();
    await window.come(maria);
  });
  afterEach(async () => {
    readOnly(desk.replica, false);
    await house.close();
    desk.dispose();
  });
  const book = () =>
    window.ask('book', {
      slotId: slotAt(ids.adamou, '2026-11-24T07:00:00.000Z'),
      patientId: ids.maria,
    });

  test('is what a booking is refused for, in words of its own, until the disk takes writing again', async () => {
    readOnly(desk.replica, true);
    expect(await book()).toMatchObject({ ok: false, error: { code: 'disk_read_only' } });
    const told = await window.ask('syncState', {});
    expect(told).toMatchObject({ value: { troubles: [{ code: 'disk_read_only' }] } });
    readOnly(desk.replica, false);
    await until('the trouble is over', () => desk.replica.health.trouble === null);
    expect(await book()).toMatchObject({ ok: true });
  });

  test('keeps nobody from locking the screen or signing out, nor the desk from closing', async () => {
    readOnly(desk.replica, true);
    expect(await window.ask('lock', {})).toMatchObject({ ok: true });
    expect(window.state()).toBe('locked');
    const other = house.open();
    readOnly(desk.replica, false);
    await other.come(maria);
    readOnly(desk.replica, true);
    expect(await other.ask('signOut', {})).toMatchObject({ ok: true });
    expect(other.state()).toBe('signed_out');
    house.seats.stop();
  });

  test('puts the making of slots off', async () => {
    const job = new SlotJob(desk, { ready: () => true });
    readOnly(desk.replica, true);
    await job.run();
    expect(desk.replica.health.trouble).toBe('disk_read_only');
    readOnly(desk.replica, false);
    await job.run();
    expect(desk.waiting().map(({ kind }) => kind)).toContain('makeSlots');
    await job.stop();
  });
});

describe('a sync that the disk takes nothing of', { timeout: 60_000 }, () => {
  let clinic: SmallClinic;
  let desk: LiveDesk;
  beforeEach(async () => {
    clinic = await smallClinic(['Desk 1']);
    desk = liveDesk(clinic.desks[0]?.url ?? '', { pollMs: 100 });
    await desk.quiet();
  });
  afterEach(async () => {
    await desk.dispose();
    await clinic.drop();
  });
  const addPatients = (count: number) =>
    withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `insert into patients (clinic_id, id, first_name, last_name, address)
         select $1, gen_random_uuid(), 'Patient', 'No' || n, 'Street ' || n from generate_series(1, $2) n`,
        [clinic.clinicId, count],
      ),
    );

  test.each([
    ['disk_full', full, 300],
    ['disk_read_only', readOnly, 1],
  ] as const)(
    'says %s, not that the line is down, and loses nothing of either side',
    async (code, set, rows) => {
      set(desk.replica, true);
      await addPatients(rows);
      await until('the desk says what is wrong', () => desk.engine.state().reason === code);
      expect(desk.engine.state()).toMatchObject({ phase: 'offline', byChoice: false });
      expect(desk.engine.state().troubles[0]?.code).toBe(code);
      set(desk.replica, false);
      await desk.caughtUp();
      await desk.quiet();
      expect(desk.engine.state().troubles.map((trouble) => trouble.code)).not.toContain(code);
      expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
    },
  );
});
