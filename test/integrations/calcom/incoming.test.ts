import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideOutside } from '../../../src-main/core/integrations/outside/decide.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { appointments, outsideBookings } from '../../../src-main/core/schema/replica/index.ts';
import { anyone } from '../../support/desk.ts';
import { must } from '../../support/must.ts';
import {
  anna,
  at,
  booked,
  bookHere,
  type CalClinic,
  type CalDesk,
  eventTypes,
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

test('every request was one that the description has, and so was every answer', () => {
  expect(followsDescription(clinic.cal)).toBeGreaterThan(20);
});
