import { describe, expect, onTestFailed, test } from 'vitest';
import { type Appointment, type CalClinic, type CalDesk, followsDescription, startClinic } from './clinic.ts';
import { numbersFrom, Schedule } from './schedule.ts';

const STEPS = Number(process.env['CAL_COM_STEPS'] ?? 60);
const fixed = (process.env['CAL_COM_SEEDS'] ?? '1,2').split(',').map(Number);
const fresh = Math.floor(Math.random() * 2 ** 31);

describe('whatever desks and Cal.com do to the bookings, in whatever order, with answers that are lost', () => {
  test.each([...fixed, ...(process.env['CAL_COM_SEEDS'] ? [] : [fresh])])(
    'both end with one outcome for each, none twice and none lost (seed %i)',
    async (seed) => {
      onTestFailed(() => console.error(`CAL_COM_SEEDS=${seed} CAL_COM_STEPS=${STEPS}`));
      const clinic = await startClinic();
      try {
        const schedule = new Schedule(clinic, numbersFrom(seed));
        for (let step = 0; step < STEPS; step += 1) {
          if (step === Math.floor(STEPS * 0.7)) clinic.setNow(LATER);
          await schedule.step();
        }
        await settle(clinic);
        check(clinic);
        followsDescription(clinic.cal);
      } finally {
        await clinic.close();
      }
    },
    120_000,
  );
});

/** Half past eleven in Athens: some of the day's visits are over by then. */
const LATER = '2026-11-24T09:30:00.000Z';

/** Everybody is online again and nothing goes wrong any more: a few runs, until one changes nothing. */
const settle = async ({ liveDesks, cal }: CalClinic): Promise<void> => {
  for (const desk of liveDesks) desk.engine.workOffline(false);
  for (const desk of liveDesks) await desk.quiet();
  const state = () =>
    JSON.stringify([liveDesks.map((desk) => [desk.rows(), desk.appointments()]), [...cal.book.bookings]]);
  for (let cycle = 0; cycle < 8; cycle += 1) {
    const before = state();
    for (const desk of liveDesks) {
      expect(await desk.run()).toBeNull();
      for (const each of liveDesks) await each.caughtUp();
    }
    if (state() === before) return;
  }
  throw new Error('it does not come to rest');
};

const outcome = ({ status }: Appointment): string =>
  status === 'cancelled'
    ? 'none'
    : status === 'no_show'
      ? 'absent'
      : status === 'pending'
        ? 'pending'
        : 'accepted';

const check = ({ liveDesks, cal }: CalClinic): void => {
  const [desk, ...others] = liveDesks;
  if (!desk) throw new Error('no desk');
  for (const other of others) expect(comparable(other)).toEqual(comparable(desk));
  const now = desk.now();
  const appointments = new Map(desk.appointments().map((one) => [one.id, one]));
  const rows = desk.rows();

  // One outcome: what stands on both sides stands alike, or somebody is told why not.
  for (const booking of cal.book.bookings.values()) {
    if (booking.rescheduledToUid !== undefined) continue;
    const of = rows.filter(({ externalId }) => externalId === booking.uid);
    expect(of, booking.uid).toHaveLength(1);
    const [row] = of;
    const live = booking.status === 'accepted' || booking.status === 'pending';
    const appointment = row?.appointmentId ? appointments.get(row.appointmentId) : undefined;
    if (booking.end <= now || (appointment && appointment.scheduledAt <= now)) continue;
    const there = !live ? 'none' : booking.attendees[0]?.absent ? 'absent' : booking.status;
    if (!appointment) {
      if (there === 'accepted' || there === 'pending') expect(row?.problem, booking.uid).not.toBeNull();
      continue;
    }
    if (row?.problem === 'not_sent') continue;
    // Who was missed stays missed here, though the booking was cancelled there later: front-desk.md has no way from the one to the other.
    if (outcome(appointment) === 'absent' && there === 'none') continue;
    expect([outcome(appointment), appointment.calComUid], booking.uid).toEqual([there, booking.uid]);
    if (live) expect(appointment.scheduledAt, booking.uid).toBe(booking.start);
  }

  // None twice: one live booking there for an appointment here, and one live appointment here at a doctor's time.
  const made = cal.book.live().flatMap(({ metadata }) => metadata['anteroomAppointment'] ?? []);
  const uids = new Set(desk.appointments().flatMap(({ calComUid }) => calComUid ?? []));
  expect(uids.size).toBe(desk.appointments().filter(({ calComUid }) => calComUid !== null).length);
  expect(rows.filter(({ appointmentId }) => appointmentId !== null).length).toBe(
    new Set(rows.flatMap(({ appointmentId }) => appointmentId ?? [])).size,
  );
  expect(made.length).toBe(new Set(made).size);
  const live = desk.appointments().filter(({ status }) => !['cancelled', 'no_show', 'left'].includes(status));
  for (const one of live)
    for (const other of live)
      if (one.id < other.id && one.doctorId === other.doctorId)
        expect(one.scheduledAt < other.endsAt && other.scheduledAt < one.endsAt).toBe(false);

  // None lost: what a desk booked is booked there, or somebody is told why not.
  for (const { id, scheduledAt, origin, calComUid } of live) {
    if (scheduledAt <= now) continue;
    const row = rows.find(({ appointmentId }) => appointmentId === id);
    const booking = cal.book.bookings.get(calComUid ?? '');
    if (row?.problem !== 'not_sent' && !isHeldUp(desk, id))
      expect([origin, booking && ['accepted', 'pending'].includes(booking.status)], id).toEqual([
        origin,
        true,
      ]);
  }
};

/** Whether somebody has to decide first about what has the time there. */
const isHeldUp = (desk: CalDesk, id: string): boolean => {
  const one = desk.appointments().find((appointment) => appointment.id === id);
  return desk
    .rows()
    .some(
      ({ problem, startsAt, endsAt, doctorId }) =>
        problem === 'taken' &&
        doctorId === one?.doctorId &&
        startsAt < (one?.endsAt ?? '') &&
        endsAt > (one?.scheduledAt ?? ''),
    );
};

const comparable = (desk: CalDesk) => ({
  rows: desk
    .rows()
    .map(({ rev: _rev, updatedAt: _at, ...row }) => row)
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
  appointments: desk.appointments().map(({ id, status, scheduledAt, doctorId, calComUid }) => ({
    id,
    status,
    scheduledAt,
    doctorId,
    calComUid,
  })),
});
