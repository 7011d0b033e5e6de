import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../src-main/contract/status.ts';
import { callDisplay } from '../../src-main/core/waiting-room/call-display.ts';
import { callNext } from '../../src-main/core/waiting-room/call-next.ts';
import { nextInLine } from '../../src-main/core/waiting-room/queue.ts';
import { shortLabels, shortName } from '../../src-main/core/waiting-room/short-label.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const at = (time: string): string => `2026-11-24T${time}:00.000Z`;
const put = (patientId: string, start: string, more = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId, start: at(start), ...more });
const call = (doctorId: string = ids.adamou) =>
  callNext(desk, receptionist, { doctorId, locationId: ids.athens });

describe('whom a doctor calls next', () => {
  it('is who is ready before who has arrived, and the longest wait among them', () => {
    const arrived = put(ids.maria, '08:00', { status: 'arrived', arrivedAt: at('06:00') });
    const late = put(ids.john, '07:30', { status: 'ready', arrivedAt: at('06:50'), readyAt: at('06:55') });
    const early = put(ids.nikos, '08:15', { status: 'ready', arrivedAt: at('06:40'), readyAt: at('06:58') });
    for (const id of [early, late, arrived])
      expect(call()).toMatchObject({ value: { id, status: 'in_room' } });
    expect(call()).toMatchObject({ error: { code: 'nobody_waits' } });
  });

  it('is nobody of another doctor, another day, or not here yet', () => {
    put(ids.maria, '08:00');
    put(ids.john, '08:00', { doctorId: ids.baker, status: 'ready', arrivedAt: at('06:50') });
    expect(call()).toMatchObject({ error: { code: 'nobody_waits' } });
    expect(desk.waiting()).toEqual([]);
  });

  it('has waited longest of all who are as far, in whatever order they are read', () => {
    const person = fc.record({
      id: fc.uuid(),
      status: fc.constantFrom<Status>('scheduled', 'arrived', 'ready', 'in_room', 'completed', 'left'),
      start: fc.integer({ min: 0, max: 40 }).map((n) => new Date(n * 900_000).toISOString()),
      arrivedAt: fc.integer({ min: 0, max: 600 }).map((n) => new Date(n * 60_000).toISOString()),
      inRoomAt: fc.constant(null),
      completedAt: fc.constant(null),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (people, seed) => {
          const now = 1000 * 60_000;
          const next = nextInLine(people, now);
          const waiting = people.filter(({ status }) => status === 'ready' || status === 'arrived');
          if (!next) {
            expect(waiting).toEqual([]);
            return;
          }
          const first = waiting.some(({ status }) => status === 'ready') ? 'ready' : 'arrived';
          expect(next.status).toBe(first);
          for (const other of waiting.filter(({ status }) => status === first))
            expect(next.arrivedAt <= other.arrivedAt).toBe(true);
          const shuffled = people
            .map((one) => ({ one, key: seed.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
          expect(nextInLine(shuffled, now)).toBe(next);
        },
      ),
    );
  });
});

describe('the screen on the wall', () => {
  const shown = () => must(callDisplay(desk, receptionist, { locationId: ids.athens })).called;

  it('calls by first name and an initial, with doctor and room, newest first; then who is ready', () => {
    put(ids.maria, '07:30', {
      roomId: ids.room1,
      status: 'in_room',
      arrivedAt: at('06:30'),
      inRoomAt: at('06:59'),
    });
    put(ids.john, '07:45', { status: 'ready', arrivedAt: at('06:40'), readyAt: at('06:50') });
    put(ids.nikos, '08:00', { status: 'arrived', arrivedAt: at('06:45') });
    expect(shown()).toEqual([
      {
        label: 'Μαρία Π.',
        what: 'go_in',
        doctorName: { en: 'Dr Adamou', el: 'Δρ Αδάμου' },
        roomName: { en: 'Room 1', el: 'Δωμάτιο 1' },
      },
      { label: 'John S.', what: 'ready', doctorName: { en: 'Dr Adamou', el: 'Δρ Αδάμου' }, roomName: null },
    ]);
    expect(JSON.stringify(shown())).not.toMatch(/Παπαδ|Smith|0192f/);
  });

  it('stops calling after two minutes', () => {
    put(ids.maria, '07:30', { status: 'in_room', arrivedAt: at('06:30'), inRoomAt: at('06:58') });
    expect(shown()).toEqual([]);
  });

  it('calls an animal by its name and its owner’s initial', () => {
    put(ids.rex, '07:30', { status: 'ready', arrivedAt: at('06:30'), readyAt: at('06:59') });
    expect(shown()).toMatchObject([{ label: 'Rex S.' }]);
  });

  it('tells two of one name apart by their appointed time, by the clock at the location', () => {
    put(ids.maria, '07:30', { status: 'ready', arrivedAt: at('06:30'), readyAt: at('06:50') });
    put(ids.maria, '07:45', { status: 'arrived', arrivedAt: at('06:30') });
    expect(shown()).toMatchObject([{ label: 'Μαρία Π. 09:30' }]);
  });
});

describe('a short label', () => {
  it('never holds more of a last name than its first letter', () =>
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.stringMatching(/^[Α-Ωα-ωA-Za-z]{2,20}$/),
        (firstName, lastName) => {
          const label = shortName({ firstName, lastName });
          expect(label.endsWith(`${lastName.slice(0, 1).toLocaleUpperCase()}.`)).toBe(true);
          expect(label.length).toBeLessThanOrEqual(firstName.length + 3);
        },
      ),
    ));

  it('is never the same for two people with different times', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            firstName: fc.constantFrom('Maria', 'maria', 'Anna Maria', 'Anna', ''),
            lastName: fc.constantFrom('Pappa', 'papas', 'Smith', ''),
            time: fc.integer({ min: 0, max: 59 }).map((n) => `09:${String(n).padStart(2, '0')}`),
          }),
          { selector: ({ time }) => time, maxLength: 8 },
        ),
        (people) => {
          expect(new Set(shortLabels(people)).size).toBe(people.length);
        },
      ),
    ));
});
