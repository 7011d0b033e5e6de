import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { checkPlace, hold, release } from '../../src-main/core/appointments/hold.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('a time held at one of two desks', { timeout: 60_000 }, () => {
  let clinic: SmallClinic;
  let one: LiveDesk;
  let two: LiveDesk;

  beforeAll(async () => {
    clinic = await smallClinic();
  });
  const openBoth = async () => {
    one = liveDesk(clinic.desks[0]?.url ?? '');
    two = liveDesk(clinic.desks[1]?.url ?? '');
    await Promise.all([one.quiet(), two.quiet()]);
  };
  afterEach(async () => {
    await one.dispose();
    await two.dispose();
  });
  afterAll(() => clinic.drop());

  let nextSlot = 0;
  const freshSlot = (): string => clinic.doctors[0]?.slots[nextSlot++] ?? '';
  const patientId = (at: number): string => clinic.patients[at] ?? '';
  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  const holdAt = (desk: LiveDesk, slotId: string) => must(hold(desk, anyone, { slotId }, true)).holdId ?? '';
  const statusAt = (id: string) =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select status from appointments where id = $1', [id]);
      return rows[0]?.status as string | undefined;
    });

  test('is taken at the other one, by the name of the desk, until the form is closed', async () => {
    await openBoth();
    const slotId = freshSlot();
    const holdId = holdAt(one, slotId);
    const refused = await until('desk 2 sees the hold', () => {
      const answer = checkPlace(two, anyone, { slotId });
      return answer.ok ? undefined : answer.error;
    });
    expect(refused).toMatchObject({ code: 'slot_taken', details: { heldBy: 'Desk 1', patientName: '' } });
    must(release(one, anyone, { holdId }));
    await until('desk 2 sees it free', () => checkPlace(two, anyone, { slotId }).ok);
    expect(book(two, anyone, { slotId, patientId: patientId(0) }).ok).toBe(true);
    await bothQuiet();
  });

  test('goes over into the booking without a moment in which the other could take it', async () => {
    await openBoth();
    const slotId = freshSlot();
    const holdId = holdAt(one, slotId);
    await one.quiet();
    const { id } = must(book(one, anyone, { slotId, patientId: patientId(1) }));
    await bothQuiet();
    expect(await statusAt(holdId)).toBe('cancelled');
    expect(readAppointment(two, id)).toMatchObject({ status: 'scheduled' });
  });

  test('that another desk held first is nobody’s conflict: the form learns who has the time', async () => {
    await openBoth();
    const slotId = freshSlot();
    const theirs = holdAt(two, slotId);
    const mine = holdAt(one, slotId);
    await bothQuiet();
    const [kept, gone] = (await statusAt(theirs)) === 'held' ? [two, one] : [one, two];
    expect([await statusAt(theirs), await statusAt(mine)].filter((status) => status === 'held')).toHaveLength(
      1,
    );
    expect(checkPlace(kept, anyone, { slotId }).ok).toBe(true);
    expect(checkPlace(gone, anyone, { slotId })).toMatchObject({
      error: { code: 'slot_taken', details: { heldBy: kept === two ? 'Desk 2' : 'Desk 1' } },
    });
    for (const desk of [one, two]) {
      expect(must(conflicts(desk, anyone))).toEqual([]);
      expect(desk.engine.state()).toMatchObject({ refused: 0, waiting: 0 });
    }
  });

  test('is given up when its desk has gone for five minutes, and the other books it', async () => {
    await openBoth();
    const slotId = freshSlot();
    const holdId = holdAt(one, slotId);
    await bothQuiet();
    await one.engine.close();
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(
        `update appointments set held_until = clock_timestamp() - interval '1 minute' where id = $1`,
        [holdId],
      ),
    );
    await two.caughtUp();
    const { id } = must(book(two, anyone, { slotId, patientId: patientId(2) }));
    await two.quiet();
    expect([await statusAt(holdId), await statusAt(id)]).toEqual(['cancelled', 'scheduled']);
    expect(must(conflicts(two, anyone))).toEqual([]);
  });

  test('that ran out while its desk was cut off does not stop the booking that was made there', async () => {
    await openBoth();
    const slotId = freshSlot();
    holdAt(one, slotId);
    await bothQuiet();
    one.engine.workOffline(true);
    const { id } = must(book(one, anyone, { slotId, patientId: patientId(3) }));
    expect(one.engine.state()).toMatchObject({ phase: 'offline', waiting: 1 });
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`update appointments set status = 'cancelled' where status = 'held'`),
    );
    one.engine.workOffline(false);
    await bothQuiet();
    expect(await statusAt(id)).toBe('scheduled');
    expect(must(conflicts(one, anyone))).toEqual([]);
  });

  test('is closed time for a booking that was made offline and blocked meanwhile: another time is offered', async () => {
    await openBoth();
    const slotId = freshSlot();
    one.engine.workOffline(true);
    const { id } = must(book(one, anyone, { slotId, patientId: patientId(4) }));
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query('update doctor_time_slots set is_available = false where id = $1', [slotId]),
    );
    one.engine.workOffline(false);
    await bothQuiet();
    expect(readAppointment(one, id)).toBeUndefined();
    expect(must(conflicts(one, anyone))).toMatchObject([
      { kind: 'book', code: 'closed', choices: expect.arrayContaining(['keep_theirs', 'next_free']) },
    ]);
  });
});
