import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../../src-main/core/appointments/book.ts';
import { withClient } from '../../support/central.ts';
import { anyone } from '../../support/desk.ts';
import { type LiveDesk, liveDesk } from '../../support/live-desk.ts';
import { must } from '../../support/must.ts';
import { type BadLine, startProxy } from '../../support/proxy.ts';
import { differences } from '../../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../../support/small-clinic.ts';
import { until } from '../../support/until.ts';

// Cut, stalled and slow lines, and lost answers, are in test/sync/bad-lines.test.ts.
describe('a booking on a line', { timeout: 60_000 }, () => {
  let clinic: SmallClinic;
  let proxy: BadLine;
  let desk: LiveDesk;
  let url = '';
  let nextSlot = 0;
  beforeAll(async () => {
    clinic = await smallClinic(['Desk 1']);
    url = clinic.desks[0]?.url ?? '';
    proxy = await startProxy(clinic.ownerUrl);
    desk = liveDesk(proxy.through(url), { answerMs: 300, random: () => 0.05, pollMs: 200 });
    await desk.quiet();
  });
  afterAll(async () => {
    await desk.dispose();
    await proxy.close();
    await clinic.drop();
  });
  const bookNext = () =>
    must(
      book(desk, anyone, {
        slotId: clinic.doctors[0]?.slots[nextSlot++] ?? '',
        patientId: clinic.patients[0] ?? '',
      }),
    ).id;
  const arrivals = async (): Promise<string[]> => {
    const rows = await withClient(clinic.ownerUrl, async (owner) => {
      const found = await owner.query(
        `select r ->> 'id' as id, outcome from changes, jsonb_array_elements(rows) r where r ->> 'table' = 'appointments'`,
      );
      return found.rows as { id: string; outcome: string }[];
    });
    return rows.map(({ id, outcome }) => `${id} ${outcome}`).sort();
  };
  const booked: string[] = [];
  const allThereOnce = async () => {
    expect(await arrivals()).toEqual(booked.map((id) => `${id} applied`).sort());
    expect(await differences(url, desk.replica)).toEqual([]);
  };

  test('that delivers a push late, after the same push on a newer one, is made once', async () => {
    proxy.holdBack('"change_id"');
    booked.push(bookNext());
    await desk.quiet();
    booked.push(bookNext());
    await desk.quiet();
    await proxy.deliverLate();
    await desk.caughtUp();
    await allThereOnce();
    booked.push(bookNext());
    await desk.quiet();
    await allThereOnce();
  });

  test('whose push still runs at central, unheard, when the desk sends it again, is made once', async () => {
    await withClient(clinic.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query('select 1 from heads for update');
      proxy.keepAnswerTo('"change_id"');
      booked.push(bookNext());
      const pushes = () =>
        withClient(clinic.ownerUrl, async (client) => {
          const { rowCount } = await client.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
               and application_name = 'anteroom-desk'`,
          );
          return rowCount;
        });
      await until('the first push waits', async () => (await pushes()) === 1);
      proxy.cut();
      proxy.mend();
      await until('the second one waits behind it', async () => (await pushes()) === 2);
      await owner.query('commit');
    });
    await desk.quiet();
    await desk.caughtUp();
    await allThereOnce();
  });

  test('that is reset over and over gets there, and the desk says offline only while it is', async () => {
    for (let round = 0; round < 6; round += 1) {
      booked.push(bookNext());
      proxy.reset();
    }
    await desk.quiet();
    await desk.caughtUp();
    await allThereOnce();
    expect(desk.engine.state()).toMatchObject({ phase: 'online', waiting: 0, reason: null });
  });

  test('that is slow and cut in turns, with more booked at each, is made once and in order', async () => {
    proxy.delay(40);
    for (let round = 0; round < 4; round += 1) {
      booked.push(bookNext());
      await until('something is on the line', () => proxy.open > 0);
      proxy.cut();
      proxy.mend();
    }
    proxy.delay(0);
    await desk.quiet();
    await desk.caughtUp();
    await allThereOnce();
  });
});
