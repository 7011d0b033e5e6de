import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancel } from '../../../src-main/core/appointments/cancel.ts';
import { noShow } from '../../../src-main/core/appointments/no-show.ts';
import { reschedule } from '../../../src-main/core/appointments/reschedule.ts';
import { restore } from '../../../src-main/core/appointments/restore.ts';
import { decideOutside } from '../../../src-main/core/integrations/outside/decide.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { appointments, outsideBookings, patients } from '../../../src-main/core/schema/replica/index.ts';
import { anyone } from '../../support/desk.ts';
import { must } from '../../support/must.ts';
import { operations, Refusal } from '../../support/outside/cal-com-schemas.ts';
import {
  anna,
  at,
  booked,
  bookHere,
  type CalClinic,
  type CalDesk,
  eventTypes,
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
const byUid = (uid: string) => desk.appointments().find(({ calComUid }) => calComUid === uid);
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

describe('what is booked at Cal.com', () => {
  test('stands on the board of every desk, for its doctor and its patient, who is new', async () => {
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(0), attendee: anna }),
    );
    await run();
    for (const each of clinic.liveDesks)
      expect(each.appointments().find(({ calComUid }) => calComUid === uid)).toMatchObject({
        doctorId: clinic.doctors[0]?.id,
        locationId: clinic.locationId,
        scheduledAt: at(0),
        endsAt: at(1),
        status: 'scheduled',
        origin: 'cal_com',
      });
    const patient = desk.patients().find(({ id }) => id === byUid(uid)?.patientId);
    expect(patient).toMatchObject({ firstName: 'Anna', lastName: 'Nikolaou', email: 'anna@example.com' });
    await quietNow();
  });

  test('is of the patient who has that address and name here; of another name it makes a new one', async () => {
    const known = { ...anna, name: 'PATIENT no0', email: 'Patient0@example.com' };
    const one = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(1), attendee: known }),
    );
    const relative = { ...known, name: 'Georgia Papa' };
    const two = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(2), attendee: relative }),
    );
    await run();
    expect(byUid(one.uid)?.patientId).toBe(clinic.patients[0]);
    const patient = desk.patients().find(({ id }) => id === byUid(two.uid)?.patientId);
    expect(patient).toMatchObject({ firstName: 'Georgia', lastName: 'Papa', email: null });
  });

  test('moves here with its move there, and frees its old time; cancelled there it is cancelled here', async () => {
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(3), attendee: anna }),
    );
    await run();
    const id = byUid(uid)?.id;
    const moved = booked(clinic.cal.book.move(uid, at(4)));
    await run(other);
    expect(byUid(moved.uid)).toMatchObject({ id, scheduledAt: at(4), endsAt: at(5), status: 'scheduled' });
    expect(byUid(uid)).toBeUndefined();
    clinic.cal.book.cancel(moved.uid, 'Ill');
    await run();
    expect(byUid(moved.uid)).toMatchObject({ id, status: 'cancelled', cancellationReason: 'Ill' });
    expect(
      desk.appointments().filter(({ scheduledAt }) => [at(3), at(4)].includes(scheduledAt)),
    ).toHaveLength(1);
    await quietNow();
  });

  test('waits for the clinic where it has to be confirmed; saying yes here confirms it there', async () => {
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.asked, start: at(5), attendee: anna }),
    );
    await run();
    const asked = byUid(uid);
    expect(asked?.status).toBe('pending');
    writeChange(desk, { kind: 'accept', actor: null }, (change) =>
      change.update(appointments, asked?.id ?? '', { status: 'scheduled' }),
    );
    await run();
    expect(clinic.cal.book.bookings.get(uid)?.status).toBe('accepted');
    await quietNow();
  });

  test('on a time that is taken here is for a person to decide, at every desk; declined it is cancelled there', async () => {
    const taken = bookHere(clinic, desk, 0, 6);
    await desk.quiet();
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(6), attendee: anna }),
    );
    await run();
    const row = other.rows().find(({ externalId }) => externalId === uid);
    expect(row).toMatchObject({ problem: 'taken', appointmentId: null });
    expect(row?.problemDetails).toMatchObject({ appointmentId: taken });
    writeChange(other, { kind: 'decideOutside', actor: null }, (change) =>
      change.update(outsideBookings, row?.id ?? '', { decision: 'decline' }),
    );
    await other.quiet();
    await run();
    expect(clinic.cal.book.bookings.get(uid)?.status).toBe('cancelled');
    expect(desk.rows().find(({ externalId }) => externalId === uid)).toMatchObject({
      problem: null,
      decision: null,
    });
    await run();
    expect([...clinic.cal.book.live()].filter(({ start }) => start === at(6))).toHaveLength(1);
  });

  test('on a taken time is put at another one by the clinic, and so it is there', async () => {
    bookHere(clinic, desk, 0, 10);
    await desk.quiet();
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(10), attendee: anna }),
    );
    await run();
    const { id = '' } = desk.rows().find(({ externalId }) => externalId === uid) ?? {};
    const slotId = slotOf(0, 12);
    const { appointment } = must(decideOutside(other, anyone, { id, decision: 'move', slotId }));
    await other.quiet();
    await desk.caughtUp();
    await run();
    const moved = byId(appointment?.id ?? '');
    expect(moved).toMatchObject({ scheduledAt: at(12), status: 'scheduled', origin: 'cal_com' });
    expect(clinic.cal.book.bookings.get(moved?.calComUid ?? '')).toMatchObject({
      start: at(12),
      status: 'accepted',
      rescheduledFromUid: uid,
    });
    await run();
    await quietNow();
  });

  test('and moved there on to a time that is taken here frees its old one, and a person decides', async () => {
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.maria, start: at(14), attendee: anna }),
    );
    await run();
    const id = byUid(uid)?.id ?? '';
    clinic.cal.book.takenStatus = 409;
    bookHere(clinic, desk, 0, 15, 1);
    await desk.quiet();
    const moved = booked(clinic.cal.book.move(uid, at(15)));
    await run();
    clinic.cal.book.takenStatus = 400;
    expect(byId(id)).toMatchObject({ status: 'cancelled', calComUid: null });
    expect(desk.rows().find(({ externalId }) => externalId === moved.uid)).toMatchObject({
      problem: 'taken',
      appointmentId: null,
    });
    clinic.cal.book.cancel(moved.uid);
    await run();
    expect(desk.rows().find(({ externalId }) => externalId === moved.uid)?.problem).toBeNull();
  });

  test('of an event type that nobody linked waits for the link', async () => {
    const { uid } = booked(
      clinic.cal.book.book({ eventTypeId: eventTypes.unlinked, start: at(7), attendee: anna }),
    );
    await run();
    expect(desk.rows().find(({ externalId }) => externalId === uid)).toMatchObject({
      problem: 'unknown_doctor',
      problemDetails: { unlinked: { kind: 'event_type', externalId: '14', name: 'locum' } },
    });
    clinic.cal.book.cancel(uid);
    await run();
    expect(desk.rows().find(({ externalId }) => externalId === uid)?.problem).toBeNull();
  });
});

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
    must(cancel(desk, anyone, { appointmentId: id }));
    await run();
    expect(clinic.cal.book.bookings.get(moved)?.status).toBe('cancelled');
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
    must(cancel(other, anyone, { appointmentId: gone }));
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
  expect(clinic.cal.exchanges.length).toBeGreaterThan(50);
  for (const { operation, version, query, body, status, answer } of clinic.cal.exchanges) {
    const described = operations[operation];
    if (!described) throw new Error(`${operation} is not in use`);
    expect(version).toBe(described.version);
    described.query.parse(query);
    described.body.parse(body);
    if (status >= 400) Refusal.parse(answer);
    else {
      expect(status).toBe(described.success);
      described.answer.parse(answer);
    }
  }
});
