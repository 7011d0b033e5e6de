import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { patients } from '../../../src-main/core/schema/replica/index.ts';
import { addStaff } from '../../support/staff.ts';
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

beforeAll(async () => {
  clinic = await startClinic(undefined, 1);
  const [only] = clinic.liveDesks;
  if (!only) throw new Error('no desk');
  desk = only;
});
afterAll(() => clinic.close());

test('where people sign in, a run does all that it is for, with nobody signed in', async () => {
  const [moves, ends, gone] = [0, 1, 2].map((n) => bookHere(clinic, desk, 1, n, n)) as [
    string,
    string,
    string,
  ];
  const stays = bookHere(clinic, desk, 0, 8, 3);
  writeChange(desk, { kind: 'updatePatient', actor: null }, (change) =>
    change.update(patients, clinic.patients[4] ?? '', { email: null, phone: null }),
  );
  bookHere(clinic, desk, 1, 12, 4);
  await desk.quiet();
  await addStaff(clinic.ownerUrl, clinic.clinicId, { role: 'admin' });
  const run = async () => {
    expect(await desk.run()).toBeNull();
    expect(desk.replica.statement('select refusal from refusals').all()).toEqual([]);
  };
  await run();
  const { book } = clinic.cal;
  const uidOf = (id: string) => desk.appointments().find((one) => one.id === id)?.calComUid ?? '';
  expect(uidOf(stays)).not.toBe('');

  // What patients do with what a desk booked: on to a slot, on to none, on to a taken time, and away.
  booked(book.move(uidOf(moves), at(5)));
  booked(book.move(uidOf(gone), at(20)));
  book.cancel(uidOf(ends));
  const own = booked(book.book({ eventTypeId: eventTypes.maria, start: at(0), attendee: anna }));
  const asked = booked(book.book({ eventTypeId: eventTypes.asked, start: at(1), attendee: anna }));
  await run();
  expect(desk.appointments().find(({ id }) => id === moves)).toMatchObject({
    scheduledAt: at(5),
    status: 'scheduled',
  });
  expect(desk.appointments().find(({ id }) => id === ends)?.status).toBe('cancelled');
  expect(desk.appointments().find(({ id }) => id === gone)).toMatchObject({
    status: 'cancelled',
    calComUid: null,
  });
  expect(desk.appointments().find(({ scheduledAt }) => scheduledAt === at(20))).toMatchObject({
    origin: 'cal_com',
  });

  // And with what they booked themselves.
  const moved = booked(book.move(own.uid, at(3)));
  book.confirm(asked.uid);
  await run();
  expect(desk.appointments().find(({ calComUid }) => calComUid === moved.uid)?.scheduledAt).toBe(at(3));
  expect(desk.appointments().find(({ calComUid }) => calComUid === asked.uid)?.status).toBe('scheduled');
  clinic.setNow('2026-11-24T10:00:00.000Z');
  book.markAbsent(moved.uid, [{ email: anna.email, absent: true }]);
  book.markAbsent(uidOf(moves), [{ email: 'patient0@example.com', absent: true }]);
  await run();
  expect(desk.appointments().find(({ calComUid }) => calComUid === moved.uid)?.status).toBe('no_show');
  expect(desk.appointments().find(({ id }) => id === moves)?.status).toBe('no_show');
});
