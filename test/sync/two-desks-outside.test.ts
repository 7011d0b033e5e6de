import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { readBooking } from '../../src-main/core/integrations/outside/bookings.ts';
import { decideOutside } from '../../src-main/core/integrations/outside/decide.ts';
import { outsideProblems } from '../../src-main/core/integrations/outside/problems.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { outsideBookings } from '../../src-main/core/schema/replica/index.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

describe('two desks that decide about one Cal.com booking apart', { timeout: 120_000 }, () => {
  let clinic: SmallClinic;
  let one: LiveDesk;
  let two: LiveDesk;
  beforeAll(async () => {
    clinic = await smallClinic();
    one = liveDesk(clinic.desks[0]?.url ?? '');
    two = liveDesk(clinic.desks[1]?.url ?? '');
    await bothQuiet();
  });
  afterAll(async () => {
    await one.dispose();
    await two.dispose();
    await clinic.drop();
  });

  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  const apart = async (first: () => void, second: () => void) => {
    one.engine.workOffline(true);
    two.engine.workOffline(true);
    first();
    second();
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await bothQuiet();
  };
  let slot = 0;
  /** A booking for a time that a desk has given to somebody else. */
  const takenBooking = async (externalId: string): Promise<string> => {
    const slotId = clinic.doctors[0]?.slots[slot] ?? '';
    slot += 2;
    const appointment = must(book(one, anyone, { slotId, patientId: clinic.patients[0] ?? '' }));
    const id = one.newId();
    writeChange(one, { kind: 'calComRun', actor: null }, (change) =>
      change.insert(outsideBookings, {
        id,
        source: 'cal_com',
        externalId,
        doctorId: appointment.doctorId,
        patientId: clinic.patients[1] ?? '',
        startsAt: appointment.start,
        endsAt: appointment.end,
        status: 'scheduled',
        personName: 'Nikos Georgiou',
        seen: {},
        problem: 'taken',
        problemAt: one.now(),
        problemDetails: { appointmentId: appointment.id },
      }),
    );
    await bothQuiet();
    return id;
  };

  test('in the same way: it is decided once, and nobody is asked again', async () => {
    const id = await takenBooking('uid-1');
    one.setNow('2026-11-24T07:01:00.000Z');
    two.setNow('2026-11-24T07:05:00.000Z');
    const decline = (desk: LiveDesk) => () => must(decideOutside(desk, anyone, { id, decision: 'decline' }));
    await apart(decline(one), decline(two));
    for (const desk of [one, two]) {
      expect(readBooking(desk, id)).toMatchObject({
        decision: 'decline',
        decidedAt: '2026-11-24T07:01:00.000Z',
      });
      expect([desk.engine.state().refused, must(await outsideProblems(desk))]).toEqual([0, []]);
    }
  });

  test('in different ways: the first stands at both, and the other desk is told', async () => {
    const id = await takenBooking('uid-2');
    let moved = '';
    await apart(
      () => {
        moved = must(decideOutside(one, anyone, { id, decision: 'move' })).appointment?.id ?? '';
      },
      () => must(decideOutside(two, anyone, { id, decision: 'decline' })),
    );
    for (const desk of [one, two]) {
      expect(readBooking(desk, id)).toMatchObject({ appointmentId: moved, problem: null, decision: 'move' });
      expect(readAppointment(desk, moved)).toMatchObject({ status: 'scheduled', origin: 'cal_com' });
      expect(must(await outsideProblems(desk))).toEqual([]);
    }
    expect(one.engine.state().refused).toBe(0);
    // It is not done over what the other one decided: to put it aside is all there is.
    const [told] = must(conflicts(two, anyone));
    expect(told).toMatchObject({ kind: 'decideOutside', code: 'clash', choices: ['keep_theirs'] });
    must(resolveConflict(two, anyone, { changeId: told?.changeId ?? '', choice: 'keep_theirs' }));
    expect(must(conflicts(two, anyone))).toEqual([]);
  });

  test('to two times: one appointment stands', async () => {
    const id = await takenBooking('uid-3');
    const [slots] = clinic.doctors.map((doctor) => doctor.slots);
    const move = (desk: LiveDesk, at: number) => () =>
      must(decideOutside(desk, anyone, { id, decision: 'move', slotId: slots?.at(at) ?? '' }));
    await apart(move(one, -1), move(two, -3));
    const standing = [one, two].map((desk) =>
      desk.replica.statement(`select slot_id from appointments where cal_com_uid = 'uid-3'`).pluck().all(),
    );
    expect(standing).toEqual([[slots?.at(-1)], [slots?.at(-1)]]);
  });
});
