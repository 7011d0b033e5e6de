import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Appointment } from '../../src-main/contract/appointment.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { resolveConflict } from '../../src-main/core/conflicts/resolve.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { moveOn } from '../../src-main/core/waiting-room/move-on.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

describe('two desks of one clinic', { timeout: 120_000 }, () => {
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
  /** A slot of the first doctor that no test has used. */
  const freshSlot = (): string => clinic.doctors[0]?.slots[nextSlot++] ?? '';
  const patient = (at: number): string => clinic.patients[at] ?? '';
  const bookAt = (desk: LiveDesk, slotId: string, patientId = patient(0)): Appointment =>
    must(book(desk, anyone, { slotId, patientId }));
  const status = (desk: LiveDesk, id: string) => readAppointment(desk, id)?.status;
  const bothQuiet = async () => {
    await Promise.all([one.quiet(), two.quiet()]);
    await Promise.all([one.caughtUp(), two.caughtUp()]);
  };
  const offline = () => {
    one.engine.workOffline(true);
    two.engine.workOffline(true);
  };
  const kinds = (desk: 0 | 1) =>
    withClient(clinic.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        'select kind, outcome from changes where desk_id = $1 order by arrived_at, desk_seq',
        [clinic.desks[desk]?.deskId],
      );
      return rows as { kind: string; outcome: string }[];
    });

  test('what is booked at one desk stands in the replica of the other', async () => {
    await openBoth();
    const slot = freshSlot();
    const { id } = bookAt(one, slot);
    const there = await until('desk 2 has it', () => readAppointment(two, id));
    expect(there).toMatchObject({ status: 'scheduled', slotId: slot });
  });

  test('what is done offline is sent once and in order when the cable is back', async () => {
    await openBoth();
    const before = (await kinds(0)).length;
    one.engine.workOffline(true);
    const booked = bookAt(one, freshSlot(), patient(1));
    must(checkIn(one, anyone, { appointmentId: booked.id, contactConfirmed: false }));
    const other = bookAt(one, freshSlot(), patient(2));
    must(cancel(one, anyone, { appointmentId: other.id, reason: 'ill' }));
    expect(one.engine.state()).toMatchObject({ phase: 'offline', waiting: 4, byChoice: true });
    expect(status(one, booked.id)).toBe('arrived');

    one.engine.workOffline(false);
    await bothQuiet();
    expect((await kinds(0)).slice(before)).toEqual(
      ['book', 'checkIn', 'book', 'cancel'].map((kind) => ({ kind, outcome: 'applied' })),
    );
    expect([status(two, booked.id), status(two, other.id)]).toEqual(['arrived', 'cancelled']);
    expect(one.engine.state()).toMatchObject({ phase: 'online', waiting: 0, refused: 0, offlineSince: null });
  });

  test('of two offline bookings of one slot exactly one is kept, and the other desk is told of both sides', async () => {
    await openBoth();
    offline();
    const slot = freshSlot();
    const mine = bookAt(one, slot, patient(1));
    const theirs = bookAt(two, slot, patient(2));
    two.engine.workOffline(false);
    await two.quiet();
    one.engine.workOffline(false);
    await bothQuiet();

    for (const desk of [one, two]) {
      expect(status(desk, theirs.id)).toBe('scheduled');
      expect(readAppointment(desk, mine.id)).toBeUndefined();
    }
    const [entry, ...more] = must(conflicts(one, anyone));
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'book',
      code: 'taken',
      mine: { appointment: { patientName: 'Patient No1', start: mine.start } },
      theirs: { who: 'Desk 2', appointment: { id: theirs.id, patientName: 'Patient No2' } },
      subject: { patientId: patient(1), phone: '2101234567' },
      choices: ['keep_theirs', 'next_free'],
    });
    expect(must(conflicts(two, anyone))).toEqual([]);
    expect(one.engine.state().refused).toBe(1);

    const { appointment } = must(
      resolveConflict(one, anyone, { changeId: entry?.changeId ?? '', choice: 'next_free' }),
    );
    nextSlot += 1;
    await bothQuiet();
    expect(appointment?.slotId).not.toBe(slot);
    expect(readAppointment(two, mine.id)).toMatchObject({ slotId: appointment?.slotId, status: 'scheduled' });
    expect(one.engine.state().refused).toBe(0);
    expect(
      resolveConflict(one, anyone, { changeId: entry?.changeId ?? '', choice: 'keep_theirs' }),
    ).toMatchObject({ error: { code: 'already_resolved' } });
  });

  test('a check-in of a refused booking goes with it as one entry, and comes back with it at another time', async () => {
    await openBoth();
    offline();
    const slot = freshSlot();
    bookAt(two, slot, patient(3));
    two.engine.workOffline(false);
    await two.quiet();
    const mine = bookAt(one, slot, patient(4));
    must(checkIn(one, anyone, { appointmentId: mine.id, contactConfirmed: false }));
    must(moveOn(one, anyone, { appointmentId: mine.id, to: 'ready' }));
    one.engine.workOffline(false);
    await bothQuiet();

    const list = must(conflicts(one, anyone));
    expect(list.map(({ kind, withIt }) => ({ kind, withIt }))).toEqual([
      { kind: 'book', withIt: ['checkIn', 'moveOn'] },
    ]);
    expect(one.engine.state()).toMatchObject({ refused: 1, waiting: 0 });
    must(resolveConflict(one, anyone, { changeId: list[0]?.changeId ?? '', choice: 'next_free' }));
    nextSlot += 1;
    await bothQuiet();
    expect(status(two, mine.id)).toBe('ready');
    expect(must(conflicts(one, anyone))).toEqual([]);
  });

  test('two desks that set different columns of one patient both keep theirs', async () => {
    await openBoth();
    offline();
    must(
      updatePatient(one, anyone, {
        patientId: patient(0),
        set: { phone: '6900000001' },
        confirmContact: false,
      }),
    );
    must(
      updatePatient(two, anyone, { patientId: patient(0), set: { city: 'Patras' }, confirmContact: false }),
    );
    one.engine.workOffline(false);
    two.engine.workOffline(false);
    await bothQuiet();
    for (const desk of [one, two]) {
      expect(desk.replica.statement('select phone, city from patients where id = ?').get(patient(0))).toEqual(
        {
          phone: '6900000001',
          city: 'Patras',
        },
      );
    }
    expect(must(conflicts(one, anyone)).length + must(conflicts(two, anyone)).length).toBe(0);
  });

  test('two desks that set the same column see both values, and the person decides', async () => {
    await openBoth();
    offline();
    const set = (desk: LiveDesk, phone: string) =>
      must(updatePatient(desk, anyone, { patientId: patient(5), set: { phone }, confirmContact: false }));
    const phone = (desk: LiveDesk) =>
      desk.replica.statement('select phone from patients where id = ?').pluck().get(patient(5));
    set(one, '6911111111');
    set(two, '6922222222');
    two.engine.workOffline(false);
    await two.quiet();
    expect(phone(one)).toBe('6911111111');
    one.engine.workOffline(false);
    await bothQuiet();
    expect(phone(one)).toBe('6922222222');
    const [entry] = must(conflicts(one, anyone));
    expect(entry).toMatchObject({
      code: 'clash',
      columns: [{ column: 'phone', mine: '6911111111', theirs: '6922222222' }],
      theirs: { who: 'Desk 2' },
      choices: ['keep_mine', 'keep_theirs'],
    });
    must(resolveConflict(one, anyone, { changeId: entry?.changeId ?? '', choice: 'keep_mine' }));
    await bothQuiet();
    expect([phone(one), phone(two)]).toEqual(['6911111111', '6911111111']);
  });

  test('two desks that check the same patient in do not clash', async () => {
    await openBoth();
    const { id } = bookAt(one, freshSlot(), patient(0));
    await bothQuiet();
    offline();
    must(checkIn(one, anyone, { appointmentId: id, contactConfirmed: false }));
    two.setNow('2026-11-24T07:00:07.000Z');
    must(checkIn(two, anyone, { appointmentId: id, contactConfirmed: false }));
    one.engine.workOffline(false);
    await one.quiet();
    two.engine.workOffline(false);
    await bothQuiet();
    expect(must(conflicts(two, anyone))).toEqual([]);
    expect(readAppointment(two, id)?.arrivedAt).toBe('2026-11-24T07:00:00.000Z');
  });

  test('replicas that are quiet equal central, row by row, in every table', async () => {
    await openBoth();
    await bothQuiet();
    expect(await differences(clinic.desks[0]?.url ?? '', one.replica)).toEqual([]);
    expect(await differences(clinic.desks[1]?.url ?? '', two.replica)).toEqual([]);
  });
});
