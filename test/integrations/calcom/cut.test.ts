import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancel } from '../../../src-main/core/appointments/cancel.ts';
import { reschedule } from '../../../src-main/core/appointments/reschedule.ts';
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
  startClinic,
} from './clinic.ts';
import { crashAt } from './schedule.ts';

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

/** A run with something of everything to do: what a desk booked, moved and cancelled, and what patients did. */
const muchToDo = async () => {
  const { book } = clinic.cal;
  const slot = (n: number) => clinic.doctors[1]?.slots[n] ?? '';
  const [moves, ends] = [bookHere(clinic, desk, 1, 0, 0), bookHere(clinic, desk, 1, 1, 1)];
  const there = booked(book.book({ eventTypeId: eventTypes.maria, start: at(0), attendee: anna }));
  expect(await desk.run()).toBeNull();
  must(reschedule(desk, anyone, { appointmentId: moves, slotId: slot(5) }));
  must(cancel(desk, anyone, { appointmentId: ends, reason: '' }));
  const comes = bookHere(clinic, desk, 1, 7, 2);
  booked(book.move(there.uid, at(3)));
  booked(
    book.book({
      eventTypeId: eventTypes.maria,
      start: at(5),
      attendee: { ...anna, name: 'Eleni Georgiou', email: 'eleni@example.com' },
    }),
  );
  await desk.quiet();
  return { moves, ends, comes };
};

/** What stands on both sides, in words that do not depend on how it came to be. */
const outcome = () => ({
  there: clinic.cal.book
    .live()
    .map(({ start, attendees, hosts }) => `${start} ${attendees[0]?.name} ${hosts[0]?.username}`)
    .sort(),
  here: desk
    .appointments()
    .filter(({ status }) => status === 'scheduled')
    .map(({ scheduledAt, doctorId }) => `${scheduledAt} ${doctorId}`)
    .sort(),
  problems: desk.rows().filter(({ problem }) => problem !== null).length,
});

/** Takes everything off both sides again. */
const clear = async () => {
  for (const { id } of desk.appointments().filter(({ status }) => status === 'scheduled'))
    must(cancel(desk, anyone, { appointmentId: id, reason: '' }));
  await desk.quiet();
  expect(await desk.run()).toBeNull();
  expect(clinic.cal.book.live()).toEqual([]);
};

test('a run that is cut at its writes and answers, and run again at another desk, ends as if it had not been', async () => {
  await muchToDo();
  expect(await desk.run()).toBeNull();
  const whole = outcome();
  expect(whole.there).toHaveLength(4);
  expect(whole.here).toHaveLength(4);
  await clear();
  const cuts = { write: 0, answer: 0 };
  for (const kind of ['write', 'answer'] as const)
    for (let nth = 0; ; nth += 2) {
      await muchToDo();
      const goOn = kind === 'write' ? crashAt(desk, nth + 1) : () => clinic.cal.faults.clear();
      if (kind === 'answer') clinic.cal.faults.plan({ kind: 'cut' }, { path: '/v2/', after: nth, times: 3 });
      const error = await desk.run();
      goOn();
      await other.caughtUp();
      expect(await other.run()).toBeNull();
      await desk.caughtUp();
      expect(await desk.run()).toBeNull();
      expect(outcome(), `${kind} ${nth}`).toEqual(whole);
      await clear();
      if (error === null) break;
      cuts[kind] += 1;
    }
  expect(cuts.write).toBeGreaterThan(2);
  expect(cuts.answer).toBeGreaterThan(2);
}, 120_000);
