import { afterEach, beforeEach, expect, test } from 'vitest';
import { NewException, NewWorkingHours, type WorkingStretch } from '../../src-main/contract/schedules.ts';
import { affectedAppointments } from '../../src-main/core/schedules/affected.ts';
import { addException, exceptions, removeException } from '../../src-main/core/schedules/exceptions.ts';
import { setWorkingHours, workingHours } from '../../src-main/core/schedules/working-hours.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, TODAY } from '../support/clinic.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const morning = (set: Partial<WorkingStretch> = {}): WorkingStretch => ({
  weekday: 2,
  starts: '09:00',
  ends: '13:00',
  slotMinutes: 15,
  locationId: ids.athens,
  roomId: null,
  ...set,
});
const week = (stretches: WorkingStretch[], from = TODAY, until: string | null = null) => ({
  doctorId: ids.adamou,
  from,
  until,
  stretches,
});
const leave = (firstDay: string, lastDay = firstDay) =>
  NewException.parse({ kind: 'leave', doctorId: ids.adamou, firstDay, lastDay, reason: 'Away' });
const hours = () => workingHours(desk, receptionist, { doctorId: ids.adamou });
/** The appointments that something leaves without their doctor, by their start. */
const affected = async (input: Parameters<typeof affectedAppointments>[2]) => {
  const answer = await affectedAppointments(desk, receptionist, input);
  return answer.ok
    ? answer.value.map(({ appointment }) => appointment.start.slice(0, 16))
    : answer.error.code;
};
const book = (start: string, set = {}) =>
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: `${start}:00.000Z`, ...set });

test('hours that end on the last day that there is are turned away, since what held before could not come back', () => {
  const ends = (until: string) => NewWorkingHours.safeParse(week([], TODAY, until)).success;
  expect([ends('2199-12-30'), ends('2199-12-31')]).toEqual([true, false]);
});

test('a whole week is set in one change, and what held before ends the day before it', () => {
  const next = week(
    [morning({ weekday: 1 }), morning({ weekday: 1, starts: '14:00', ends: '18:00' })],
    '2026-12-01',
  );
  expect(setWorkingHours(desk, receptionist, next)).toMatchObject({
    value: {
      weeks: [
        { from: '2026-01-01', until: '2026-11-30', stretches: [{ weekday: 2, starts: '09:00' }] },
        {
          from: '2026-12-01',
          until: null,
          stretches: [{ starts: '09:00' }, { starts: '14:00', ends: '18:00' }],
        },
      ],
    },
  });
  expect(desk.waiting()).toMatchObject([{ kind: 'setWorkingHours', actor: ids.receptionist }]);
});

test('hours for some weeks give way to the ordinary ones when these are over', () => {
  setWorkingHours(desk, receptionist, week([morning({ ends: '11:00' })], '2026-12-01', '2026-12-31'));
  expect(hours()).toMatchObject({
    value: {
      weeks: [
        { until: '2026-11-30', stretches: [{ ends: '13:00', roomId: ids.room1 }] },
        { from: '2026-12-01', until: '2026-12-31', stretches: [{ ends: '11:00' }] },
        { from: '2027-01-01', until: null, stretches: [{ ends: '13:00', roomId: ids.room1 }] },
      ],
    },
  });
});

test('new hours, and leave, are taken back by undo like everything else', () => {
  const before = hours();
  const undo = undoWith({});
  setWorkingHours(desk, receptionist, week([]));
  expect(hours()).toMatchObject({ value: { weeks: [] } });
  expect(undo(desk, receptionist).ok).toBe(true);
  expect(hours()).toEqual(before);
  addException(desk, receptionist, leave('2026-12-01'));
  expect(undo(desk, receptionist).ok).toBe(true);
  const span = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-02T00:00:00.000Z' };
  expect(exceptions(desk, receptionist, span)).toMatchObject({ value: [] });
});

test('hours that overlap, begin in the past, or name a place that is not there are refused', () => {
  const codeOf = (input: ReturnType<typeof week>) => {
    const answer = setWorkingHours(desk, receptionist, input);
    return answer.ok ? 'ok' : answer.error.code;
  };
  expect(codeOf(week([morning(), morning({ starts: '12:00', ends: '15:00' })]))).toBe('hours_overlap');
  expect(codeOf(week([morning()], '2026-11-23'))).toBe('in_the_past');
  expect(codeOf(week([morning({ locationId: ids.maria })]))).toBe('not_found');
  expect(codeOf(week([morning({ roomId: ids.londonRoom })]))).toBe('not_found');
  expect(codeOf({ ...week([]), doctorId: ids.maria })).toBe('not_found');
  expect(desk.waiting()).toEqual([]);
});

test('a day off begins and ends at midnight of the clinic, also when the clocks change', () => {
  desk.setNow('2026-03-01T07:00:00.000Z');
  const added = addException(desk, receptionist, leave('2026-03-29'));
  expect(added).toMatchObject({
    value: { start: '2026-03-28T22:00:00.000Z', end: '2026-03-29T21:00:00.000Z', reason: 'Away' },
  });
  const london = NewException.parse({
    kind: 'block',
    locationId: ids.london,
    firstDay: '2026-03-30',
    lastDay: '2026-03-30',
    startTime: '10:00',
    endTime: '10:30',
  });
  expect(addException(desk, receptionist, london)).toMatchObject({
    value: { start: '2026-03-30T09:00:00.000Z', end: '2026-03-30T09:30:00.000Z', reason: null },
  });
});

test('what makes no sense is refused at the door: leave of nobody, a holiday of one doctor, an end before its start', () => {
  const bad = (input: object) =>
    NewException.safeParse({ firstDay: TODAY, lastDay: TODAY, ...input }).success;
  expect(bad({ kind: 'leave' })).toBe(false);
  expect(bad({ kind: 'holiday', doctorId: ids.adamou })).toBe(false);
  expect(bad({ kind: 'block' })).toBe(false);
  expect(bad({ kind: 'opening', doctorId: ids.adamou })).toBe(false);
  expect(bad({ kind: 'holiday', startTime: '10:00', endTime: '10:00' })).toBe(false);
  expect(bad({ kind: 'holiday', lastDay: '2026-11-23' })).toBe(false);
  expect(bad({ kind: 'holiday' })).toBe(true);
  expect(NewWorkingHours.safeParse(week([morning({ ends: '24:00' })])).success).toBe(true);
  expect(NewWorkingHours.safeParse(week([morning({ starts: '24:00', ends: '24:00' })])).success).toBe(false);
});

test('leave lists the appointments to be moved, before it is saved and as long as they stand there', async () => {
  const first = book('2026-11-25T08:00');
  book('2026-11-25T09:00', { status: 'cancelled' });
  book('2026-11-25T10:00', { status: 'arrived' });
  book('2026-11-26T08:00');
  book('2026-11-25T08:30', { doctorId: ids.baker });
  expect(await affected({ newException: leave('2026-11-25') })).toEqual(['2026-11-25T08:00']);
  const added = addException(desk, receptionist, leave('2026-11-25'));
  if (!added.ok) throw new Error(added.error.code);
  expect(added.value.affected).toBe(1);
  expect(await affected({ exceptionId: added.value.id })).toEqual(['2026-11-25T08:00']);
  desk.replica.db.exec(`update appointments set status = 'cancelled' where id = '${first}'`);
  expect(await affected({ exceptionId: added.value.id })).toEqual([]);
});

test('a closed day concerns every doctor of the place and nobody elsewhere; an opening concerns nobody', async () => {
  book('2026-11-25T08:00');
  book('2026-11-25T08:30', { doctorId: ids.baker });
  book('2026-11-25T09:00', { doctorId: ids.georgiou, locationId: ids.london });
  const day = { firstDay: '2026-11-25', lastDay: '2026-11-25', locationId: ids.athens };
  expect(await affected({ newException: NewException.parse({ ...day, kind: 'holiday' }) })).toEqual([
    '2026-11-25T08:00',
    '2026-11-25T08:30',
  ]);
  expect(await affected({ newException: NewException.parse({ ...day, kind: 'opening' }) })).toEqual([]);
});

test('new hours list what fits the old ones only, not what lay outside before', async () => {
  book('2026-12-01T07:00');
  book('2026-12-01T10:45');
  book('2026-12-01T10:50', { minutes: 20 });
  book('2026-12-08T10:45');
  book('2026-12-01T18:00', { overbookReason: 'Urgent' });
  const shorter = week([morning({ ends: '12:00' })], '2026-12-01', '2026-12-07');
  expect(await affected({ hours: shorter })).toEqual(['2026-12-01T10:45']);
  expect(await affected({ hours: week([morning({ locationId: ids.london })], '2026-12-08') })).toEqual([
    '2026-12-08T10:45',
  ]);
  expect(await affected({ hours: { ...shorter, doctorId: ids.maria } })).toBe('not_found');
});

test('exceptions are listed by what they touch, those for everybody included', () => {
  const day = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-25T00:00:00.000Z' };
  expect(exceptions(desk, receptionist, day)).toMatchObject({
    value: [{ kind: 'block', reason: 'Staff meeting' }],
  });
  expect(exceptions(desk, receptionist, { ...day, doctorId: ids.baker })).toMatchObject({ value: [] });
  expect(exceptions(desk, receptionist, { ...day, locationId: ids.athens })).toMatchObject({ value: [{}] });
  const answer = exceptions(desk, receptionist, day);
  const exceptionId = (answer.ok && answer.value[0]?.id) || '';
  expect(removeException(desk, receptionist, { exceptionId }).ok).toBe(true);
  expect(exceptions(desk, receptionist, day)).toMatchObject({ value: [] });
  expect(removeException(desk, receptionist, { exceptionId })).toMatchObject({
    error: { code: 'not_found' },
  });
});
