import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { type AskAsDesk, takeLease } from '../../src-main/core/integrations/lease.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { readDeskState } from '../../src-main/core/replica/desk-state.ts';
import { checkNonce, type Nonce } from '../../src-main/core/replica/nonce.ts';
import { readRow } from '../../src-main/core/replica/rows.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { outsideBookings } from '../../src-main/core/schema/replica/index.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { backUp } from '../support/backup.ts';
import { withClient } from '../support/central.ts';
import { anyone, deskOnFile, type LoneDesk, memoryNonce, temporaryFolder } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
let open: LiveDesk[] = [];
let nextSlot = 0;
const start = (at: number, lone?: LoneDesk): LiveDesk => {
  const desk = liveDesk(clinic.desks[at]?.url ?? '', {}, lone);
  open.push(desk);
  return desk;
};
const bookNext = (desk: LiveDesk) =>
  must(
    book(desk, anyone, {
      slotId: clinic.doctors[0]?.slots[nextSlot++] ?? '',
      patientId: clinic.patients[0] ?? '',
    }),
  );
const setPhone = (desk: LiveDesk, phone: string) =>
  must(
    updatePatient(desk, anyone, {
      patientId: clinic.patients[1] ?? '',
      set: { phone },
      confirmContact: false,
    }),
  );
const inStep = async (desks: LiveDesk[]) => {
  for (const desk of desks) await desk.quiet();
  for (const desk of desks) await desk.caughtUp();
  for (const [at, desk] of desks.entries()) {
    expect(await differences(clinic.desks[at]?.url ?? '', desk.replica)).toEqual([]);
  }
};
const askAs =
  (desk: LiveDesk): AskAsDesk =>
  (name, args) =>
    desk.engine.ask({ userId: null, rights: new Set() }, name, args);
const timesStored = (id: string) =>
  withClient(clinic.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select count(*)::int as n from changes where kind = 'book' and rows @> jsonb_build_array(jsonb_build_object('id', $1::text))`,
      [id],
    );
    return Number(rows[0]?.n);
  });

beforeAll(async () => {
  clinic = await smallClinic();
});
afterEach(async () => {
  for (const desk of open) await desk.dispose();
  open = [];
});
afterAll(() => clinic.drop());

describe('central that comes back from a backup', { timeout: 120_000 }, () => {
  const cutAndRestore = async (backup: { restore(): Promise<void> }, desks: LiveDesk[]) => {
    for (const desk of desks) desk.engine.workOffline(true);
    await backup.restore();
  };

  test('is offered again what it had acknowledged, and no desk loses a booking', async () => {
    const [one, two] = [start(0), start(1)];
    await inStep([one, two]);
    const kept = bookNext(one);
    await inStep([one, two]);
    const backup = await backUp(clinic.ownerUrl);
    await inStep([one, two]);
    const lost = bookNext(one);
    must(checkIn(one, anyone, { appointmentId: kept.id, contactConfirmed: false }));
    await inStep([one, two]);
    await cutAndRestore(backup, [one, two]);
    const waiting = bookNext(one);
    for (const desk of [one, two]) desk.engine.workOffline(false);
    await inStep([one, two]);
    for (const desk of [one, two]) {
      expect(readAppointment(desk, kept.id)?.status).toBe('arrived');
      expect(readAppointment(desk, lost.id)?.status).toBe('scheduled');
      expect(readAppointment(desk, waiting.id)?.status).toBe('scheduled');
    }
    expect(await Promise.all([kept, lost, waiting].map(({ id }) => timesStored(id)))).toEqual([1, 1, 1]);
    await backup.drop();
  });

  test('into the same database is found out, although others have written so much since that its counter looks right', async () => {
    const [one, two] = [start(0), start(1)];
    await inStep([one, two]);
    setPhone(one, '6933333333');
    await inStep([one, two]);
    for (const desk of [one, two]) desk.engine.workOffline(true);
    await withClient(clinic.ownerUrl, async (owner) => {
      // As `pg_restore --clean` leaves it: the row as it was before, and no trace of the change.
      await owner.query(`set session_replication_role = replica`);
      await owner.query(`update patients set phone = '2101234567', rev = 1 where id = $1`, [
        clinic.patients[1],
      ]);
      await owner.query(`delete from changes where kind = 'updatePatient'`);
      await owner.query(`set session_replication_role = origin`);
      for (let commit = 0; commit < 5; commit += 1) {
        await owner.query(`update patients set city = $1 where id = $2`, [
          `City ${commit}`,
          clinic.patients[2],
        ]);
      }
    });
    two.engine.workOffline(false);
    one.engine.workOffline(false);
    await inStep([one, two]);
    const phone = two.replica
      .statement('select phone from patients where id = ?')
      .pluck()
      .get(clinic.patients[1]);
    expect(phone).toBe('6933333333');
  });

  test('into the same database is found out, although somebody has written over the very row that was read last', async () => {
    const [one, two] = [start(0), start(1)];
    await inStep([one, two]);
    const before = readRow(one.replica, 'patients', clinic.patients[1] ?? '')?.['phone'];
    setPhone(one, '6944444444');
    await inStep([one, two]);
    for (const desk of [one, two]) desk.engine.workOffline(true);
    await withClient(clinic.ownerUrl, async (owner) => {
      await owner.query(`set session_replication_role = replica`);
      await owner.query(`update patients set phone = $2, rev = 1 where id = $1`, [
        clinic.patients[1],
        before,
      ]);
      const { rows } = await owner.query(
        `delete from changes where rows::text like '%6944444444%' returning *`,
      );
      expect(rows).toHaveLength(1);
      await owner.query(
        `update streams set next_seq = next_seq - 1 where desk_id = $1 and incarnation = $2`,
        [rows[0]?.desk_id, rows[0]?.incarnation],
      );
      await owner.query(`set session_replication_role = origin`);
      for (let commit = 0; commit < 5; commit += 1) {
        await owner.query(`update patients set city = $1 where id = $2`, [
          `Town ${commit}`,
          clinic.patients[1],
        ]);
      }
    });
    for (const desk of [one, two]) desk.engine.workOffline(false);
    await inStep([one, two]);
    for (const { replica } of [one, two])
      expect(readRow(replica, 'patients', clinic.patients[1] ?? '')).toMatchObject({
        phone: '6944444444',
        city: 'Town 4',
      });
  });

  test('into the same database is found out by a desk that had only read, although the row that it read last was written since', async () => {
    const [reader, writer] = [start(0), start(1)];
    await inStep([reader, writer]);
    setPhone(writer, '6944444444');
    await inStep([reader, writer]);
    must(
      updatePatient(writer, anyone, {
        patientId: clinic.patients[2] ?? '',
        set: { phone: '6955555555' },
        confirmContact: false,
      }),
    );
    await inStep([reader, writer]);
    for (const desk of [reader, writer]) desk.engine.workOffline(true);
    await withClient(clinic.ownerUrl, async (owner) => {
      await owner.query(`set session_replication_role = replica`);
      await owner.query(`update patients set phone = '2101234567', rev = 1 where id = any ($1)`, [
        [clinic.patients[1], clinic.patients[2]],
      ]);
      await owner.query(`delete from changes where kind = 'updatePatient'`);
      await owner.query(`set session_replication_role = origin`);
      await owner.query(`update patients set city = 'Patra' where id = $1`, [clinic.patients[2]]);
    });
    reader.engine.workOffline(false);
    await inStep([reader]);
    writer.engine.workOffline(false);
    await inStep([reader, writer]);
  });

  test('into the same database is found out by a desk that had only read, although everything that it read last was written since', async () => {
    const [reader, writer] = [start(0), start(1)];
    await inStep([reader, writer]);
    setPhone(writer, '6966666666');
    await inStep([reader, writer]);
    for (const desk of [reader, writer]) desk.engine.workOffline(true);
    await withClient(clinic.ownerUrl, async (owner) => {
      await owner.query(`set session_replication_role = replica`);
      await owner.query(`update patients set phone = '2101234567', rev = 1 where id = $1`, [
        clinic.patients[1],
      ]);
      await owner.query(`delete from changes where kind = 'updatePatient'`);
      await owner.query(`update heads set seq = seq - 1`);
      await owner.query(`set session_replication_role = origin`);
      // The first of these commits has the number of the one that is lost.
      for (const patient of [clinic.patients[2], clinic.patients[1]])
        await owner.query(`update patients set city = 'Lamia' where id = $1`, [patient]);
    });
    reader.engine.workOffline(false);
    await inStep([reader]);
    expect(readRow(reader.replica, 'patients', clinic.patients[2] ?? '')).toMatchObject({ city: 'Lamia' });
    writer.engine.workOffline(false);
    await inStep([reader, writer]);
  });

  test('takes what runs had written again, with what people did on top of it', async () => {
    const [one, two] = [start(0), start(1)];
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `insert into integrations (clinic_id, id, source, enabled) values ($1, gen_random_uuid(), 'idexx', true)`,
        [clinic.clinicId],
      ),
    );
    await inStep([one, two]);
    const backup = await backUp(clinic.ownerUrl);
    await inStep([one, two]);
    const fence = await until('the third lease is taken', async () => {
      const taken = await takeLease(askAs(one), 'idexx');
      return taken.ok && taken.value >= 3 && taken.value;
    });
    const id = newId();
    writeChange(one, { kind: 'idexxRun', actor: null, fence: `idexx/${fence}` }, (change) =>
      change.insert(outsideBookings, {
        id,
        source: 'idexx',
        externalId: id,
        startsAt: one.now(),
        endsAt: '2026-11-24T08:00:00.000Z',
        status: 'scheduled',
        seen: {},
      }),
    );
    await inStep([one, two]);
    writeChange(one, { kind: 'decideOutside', actor: null }, (change) =>
      change.update(outsideBookings, id, { decision: 'dismiss' }),
    );
    await inStep([one, two]);
    await cutAndRestore(backup, [one, two]);
    for (const desk of [one, two]) desk.engine.workOffline(false);
    await inStep([one, two]);
    for (const desk of [one, two]) {
      expect(readRow(desk.replica, 'outside_bookings', id)).toMatchObject({ decision: 'dismiss' });
      expect(desk.engine.state().refused).toBe(0);
    }
    await backup.drop();
  });

  test('does not take a refused change the second time', async () => {
    const [one, two] = [start(0), start(1)];
    await inStep([one, two]);
    const backup = await backUp(clinic.ownerUrl);
    await inStep([one, two]);
    one.engine.workOffline(true);
    setPhone(two, '6900000002');
    await two.quiet();
    setPhone(one, '6900000001');
    one.engine.workOffline(false);
    await inStep([one, two]);
    expect(one.engine.state().refused).toBe(1);
    await cutAndRestore(backup, [one, two]);
    // The desk with the refused change comes first: nothing at central stands against it now.
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await inStep([one, two]);
    for (const desk of [one, two]) {
      expect(
        desk.replica.statement('select phone from patients where id = ?').pluck().get(clinic.patients[1]),
      ).toBe('6900000002');
    }
    expect(one.engine.state().refused).toBe(1);
    await backup.drop();
  });
});

describe('a replica that was restored or copied', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  /** A desk on a file of this test's own, and what is kept outside the file. */
  const onFile = async (file: string, key: Buffer, nonce?: Nonce): Promise<LoneDesk> => {
    const desk = deskOnFile(file, key);
    if (nonce) await checkNonce(desk.replica, nonce, desk);
    return desk;
  };
  const stop = async (desk: LiveDesk) => {
    open = open.filter((other) => other !== desk);
    await desk.dispose();
  };
  for (const outside of ['a nonce', 'nothing']) {
    test(`loses and doubles nothing with ${outside} kept outside the file`, async () => {
      const key = Buffer.alloc(32, 7);
      const file = join(folder.path, `${outside.replace(' ', '-')}.db`);
      const nonce = outside === 'nothing' ? undefined : memoryNonce();
      const first = start(0, await onFile(file, key, nonce));
      await first.quiet();
      first.engine.workOffline(true);
      const waitingInCopy = bookNext(first);
      const { incarnation } = readDeskState(first.replica);
      first.replica.checkpoint();
      await stop(first);
      copyFileSync(file, `${file}.yesterday`);

      const second = start(0, await onFile(file, key, nonce));
      const afterCopy = bookNext(second);
      await second.quiet();
      await stop(second);

      copyFileSync(`${file}.yesterday`, file);
      const lone = await onFile(file, key, nonce);
      // What is kept outside tells before any contact; without it central's answer does.
      expect(readDeskState(lone.replica).incarnation === incarnation).toBe(nonce === undefined);
      const restored = start(0, lone);
      const afterRestore = bookNext(restored);
      await inStep([restored]);
      expect(readDeskState(restored.replica).incarnation).not.toBe(incarnation);
      for (const { id } of [waitingInCopy, afterCopy, afterRestore]) {
        expect(readAppointment(restored, id)?.status).toBe('scheduled');
        expect(await timesStored(id)).toBe(1);
      }
      expect(restored.engine.state()).toMatchObject({ refused: 0, waiting: 0 });
    });
  }
});
