import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancel } from '../../../src-main/core/appointments/cancel.ts';
import { noShow } from '../../../src-main/core/appointments/no-show.ts';
import { reschedule } from '../../../src-main/core/appointments/reschedule.ts';
import { restore } from '../../../src-main/core/appointments/restore.ts';
import { decideOutside } from '../../../src-main/core/integrations/outside/decide.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { patients } from '../../../src-main/core/schema/replica/index.ts';
import { anyone } from '../../support/desk.ts';
import { must } from '../../support/must.ts';
import {
  at,
  booked,
  bookHere,
  type CalClinic,
  type CalDesk,
  followsDescription,
  startClinic,
} from './clinic.ts';

let clinic: CalClinic;
let desk: CalDesk;
let other: CalDesk;

beforeAll(async () => {
  clinic = await startClinic();
  const [one, two] = clinic.liveDesks;
  if (!one || !two) throw new Error('no desks');
  [desk, other] = [one, two];
});
afterAll(() => clinic.close());

const slotOf = (doctor: number, slot: number): string => clinic.doctors[doctor]?.slots[slot] ?? '';
const byId = (id: string) => desk.appointments().find((one) => one.id === id);
const run = async (by = desk) => {
  expect(await by.run()).toBeNull();
  for (const each of clinic.liveDesks) await each.caughtUp();
};
const quietNow = async () => {
  const before = clinic.cal.book.bookings.size;
  const rows = JSON.stringify(desk.rows());
  await run();
  expect(clinic.cal.book.bookings.size).toBe(before);
  expect(JSON.stringify(desk.rows())).toBe(rows);
  expect(clinic.cal.exchanges.slice(-2).map(({ operation }) => operation)).toEqual([
    'GET /v2/bookings',
    'GET /v2/bookings',
  ]);
};

describe('what is booked at a desk', () => {
  test('is booked at Cal.com once, moved and cancelled there with it, and booked anew when it is restored', async () => {
    const id = bookHere(clinic, desk, 1, 0, 1);
    await run();
    const uid = byId(id)?.calComUid ?? '';
    expect(clinic.cal.book.bookings.get(uid)).toMatchObject({
      start: at(0),
      attendees: [{ name: 'Patient No1', email: 'patient1@example.com' }],
      metadata: { anteroomAppointment: id },
    });
    must(reschedule(desk, anyone, { appointmentId: id, slotId: slotOf(1, 3) }));
    await run(other);
    await run();
    const moved = byId(id)?.calComUid ?? '';
    expect(moved).not.toBe(uid);
    expect(clinic.cal.book.bookings.get(moved)).toMatchObject({ start: at(3), rescheduledFromUid: uid });
    must(cancel(desk, anyone, { appointmentId: id, reason: 'Rang' }));
    await run();
    expect(clinic.cal.book.bookings.get(moved)).toMatchObject({
      status: 'cancelled',
      cancellationReason: 'Rang',
    });
    must(restore(desk, anyone, { appointmentId: id }));
    await run();
    expect(
      clinic.cal.book.live().filter(({ metadata }) => metadata['anteroomAppointment'] === id),
    ).toMatchObject([{ start: at(3) }]);
    await quietNow();
  });

  test('with another doctor is booked there with that one, and ends with the first', async () => {
    const id = bookHere(clinic, desk, 1, 5, 2);
    await run();
    must(reschedule(desk, anyone, { appointmentId: id, slotId: slotOf(0, 8) }));
    await run();
    await run();
    const live = clinic.cal.book.live().filter(({ metadata }) => metadata['anteroomAppointment'] === id);
    expect(live).toMatchObject([{ start: at(8), hosts: [{ username: 'maria' }] }]);
    expect(byId(id)).toMatchObject({
      calComUid: live[0]?.uid,
      status: 'scheduled',
    });
    await quietNow();
  });

  test('is moved by the patient there, and here with it, on to a slot of its own', async () => {
    const id = bookHere(clinic, desk, 1, 7, 3);
    await run();
    const uid = byId(id)?.calComUid ?? '';
    const moved = booked(clinic.cal.book.move(uid, at(9)));
    await run();
    expect(byId(id)).toMatchObject({
      scheduledAt: at(9),
      slotId: slotOf(1, 9),
      calComUid: moved.uid,
      status: 'scheduled',
    });
    await quietNow();
  });

  test('while the desk was offline goes out once it is back, whatever else happened there meanwhile', async () => {
    const [kept, gone] = [bookHere(clinic, desk, 1, 12, 1), bookHere(clinic, desk, 1, 13, 2)];
    await run();
    other.engine.workOffline(true);
    must(cancel(other, anyone, { appointmentId: gone, reason: '' }));
    must(reschedule(other, anyone, { appointmentId: kept, slotId: slotOf(1, 14) }));
    const offline = bookHere(clinic, other, 1, 15, 3);
    const goneUid = byId(gone)?.calComUid ?? '';
    booked(clinic.cal.book.move(goneUid, at(4)));
    other.engine.workOffline(false);
    await other.quiet();
    await desk.caughtUp();
    await run();
    await run(other);
    await desk.caughtUp();
    expect(clinic.cal.book.bookings.get(byId(kept)?.calComUid ?? '')).toMatchObject({
      start: at(14),
      status: 'accepted',
    });
    expect(clinic.cal.book.bookings.get(byId(offline)?.calComUid ?? '')).toMatchObject({
      start: at(15),
      status: 'accepted',
    });
    expect(byId(gone)?.status).toBe('cancelled');
    expect(clinic.cal.book.live().filter(({ metadata }) => metadata['anteroomAppointment'] === gone)).toEqual(
      [],
    );
    await quietNow();
  });

  test('of somebody without address and number is for a person to see, once', async () => {
    const patient = clinic.patients[5] ?? '';
    writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, patient, { email: null, phone: '2101234567' }),
    );
    const id = bookHere(clinic, desk, 1, 10, 5);
    await run();
    expect(desk.rows().find(({ appointmentId }) => appointmentId === id)).toMatchObject({
      problem: 'not_sent',
      problemDetails: { action: 'create', code: 'no_contact' },
    });
    await quietNow();
    writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
      change.update(patients, patient, { phone: '+30 210 1234567' }),
    );
    await run();
    expect(desk.rows().filter(({ appointmentId }) => appointmentId === id)).toMatchObject([
      { problem: null },
    ]);
    expect(
      clinic.cal.book.live().filter(({ metadata }) => metadata['anteroomAppointment'] === id),
    ).toHaveLength(1);
    await quietNow();
  });

  test('and refused there for good is told once, and tried again when somebody says so', async () => {
    const id = bookHere(clinic, desk, 0, 13, 2);
    await desk.quiet();
    const { faults, exchanges } = clinic.cal;
    faults.plan({ kind: 'status', status: 400 }, { path: '/v2/bookings', after: 2 });
    await run();
    const row = () => desk.rows().find(({ appointmentId }) => appointmentId === id);
    expect(row()).toMatchObject({ problem: 'not_sent', problemDetails: { action: 'create', code: '400' } });
    await quietNow();
    must(decideOutside(desk, anyone, { id: row()?.id ?? '', decision: 'retry' }));
    await run();
    expect(row()).toMatchObject({ problem: null, status: 'scheduled' });
    expect(
      exchanges.filter(
        ({ operation, body }) => operation === 'POST /v2/bookings' && JSON.stringify(body).includes(id),
      ),
    ).toHaveLength(1);
    await quietNow();
  });

  test('and missed is marked as absent there, and no longer when that is taken back', async () => {
    const id = bookHere(clinic, desk, 1, 11, 4);
    await run();
    clinic.setNow('2026-11-24T12:50:00.000Z');
    must(noShow(desk, anyone, { appointmentId: id }));
    await run();
    const uid = byId(id)?.calComUid ?? '';
    expect(clinic.cal.book.bookings.get(uid)?.attendees[0]?.absent).toBe(true);
    must(restore(desk, anyone, { appointmentId: id }));
    await run();
    expect(clinic.cal.book.bookings.get(uid)?.attendees[0]?.absent).toBe(false);
    clinic.cal.book.markAbsent(uid, [{ email: 'patient4@example.com', absent: true }]);
    await run();
    expect(byId(id)?.status).toBe('no_show');
    await quietNow();
  });
});

test('every request was one that the description has, and so was every answer', () => {
  expect(followsDescription(clinic.cal)).toBeGreaterThan(20);
});
