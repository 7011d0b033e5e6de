import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type BadLine, startProxy } from '../support/proxy.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('a desk on a bad line', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let proxy: BadLine;
  let desk: LiveDesk;
  let nextSlot = 0;

  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1']);
    proxy = await startProxy(clinic.ownerUrl);
  });
  const open = async () => {
    desk = liveDesk(proxy.through(clinic.desks[0]?.url ?? ''), { answerMs: 300, random: () => 0.05 });
    await desk.quiet();
  };
  afterEach(async () => {
    await desk.dispose();
    proxy.mend();
    proxy.delay(0);
  });
  afterAll(async () => {
    await proxy.close();
    await clinic.drop();
  });
  const bookNext = () =>
    must(
      book(desk, anyone, {
        slotId: clinic.doctors[0]?.slots[nextSlot++] ?? '',
        patientId: clinic.patients[0] ?? '',
      }),
    );
  const arrivals = (id: string) =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select outcome from changes where rows @> jsonb_build_array(jsonb_build_object('id', $1::text))`,
        [id],
      );
      return rows.map(({ outcome }: { outcome: string }) => outcome);
    });

  test('a change whose answer was lost is there once', async () => {
    await open();
    proxy.dropAnswerTo('"change_id"');
    const { id } = bookNext();
    await desk.quiet();
    expect(await arrivals(id)).toEqual(['applied']);
    expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
  });

  test('a refusal whose answer was lost is one entry of the inbox', async () => {
    await open();
    const { id } = bookNext();
    await desk.quiet();
    desk.engine.workOffline(true);
    must(
      updatePatient(desk, anyone, {
        patientId: clinic.patients[1] ?? '',
        set: { city: 'Volos' },
        confirmContact: false,
      }),
    );
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`update patients set city = 'Larisa' where id = $1`, [clinic.patients[1]]),
    );
    proxy.dropAnswerTo('"change_id"');
    desk.engine.workOffline(false);
    await desk.quiet();
    expect(desk.engine.state().refused).toBe(1);
    expect(readAppointment(desk, id)?.status).toBe('scheduled');
    await expect.poll(() => differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
  });

  test('a cut line is noticed, said, and mended; what was booked meanwhile is sent', async () => {
    await open();
    proxy.cut();
    await until('the desk says that it is offline', () => desk.engine.state().phase === 'offline');
    expect(desk.engine.state()).toMatchObject({ byChoice: false, reason: 'unreachable', waiting: 0 });
    const { id } = bookNext();
    expect(desk.engine.state().waiting).toBe(1);
    expect(readAppointment(desk, id)?.alerts.provisional).toBe(true);
    proxy.mend();
    await desk.quiet();
    expect(await arrivals(id)).toEqual(['applied']);
    expect(readAppointment(desk, id)?.alerts.provisional).toBe(false);
  });

  test('a line that is open and dead is given up, and the booking on it is not lost', async () => {
    await open();
    proxy.stall();
    const { id } = bookNext();
    await until('the desk gives the line up', () => desk.engine.state().phase === 'offline');
    proxy.cut();
    proxy.mend();
    await desk.quiet();
    expect(await arrivals(id)).toEqual(['applied']);
  });

  test('a slow line delays nobody at the desk', async () => {
    await open();
    proxy.delay(100);
    const { id } = bookNext();
    expect(readAppointment(desk, id)).toMatchObject({ status: 'scheduled', alerts: { provisional: true } });
    await desk.quiet();
    expect(await arrivals(id)).toEqual(['applied']);
  });

  test('a first sync that is cut off half-way begins again and ends whole', async () => {
    proxy.cut();
    desk = liveDesk(proxy.through(clinic.desks[0]?.url ?? ''), { answerMs: 300, random: () => 0.05 });
    await until('the desk says that it is offline', () => desk.engine.state().reason === 'unreachable');
    expect(desk.engine.ready).toBe(false);
    proxy.mend();
    for (let cuts = 0; cuts < 3; cuts += 1) {
      await until('the rebuild has its own connection', () => proxy.open > 1);
      proxy.cut();
      await until('it is cut', () => proxy.open === 0);
      proxy.mend();
    }
    await desk.quiet();
    expect(await differences(clinic.desks[0]?.url ?? '', desk.replica)).toEqual([]);
  });
});
