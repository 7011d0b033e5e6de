import { describe, expect, test } from 'vitest';
import type { Appointment, DaySchedule } from '../../src-main/contract/appointment.ts';
import { columnsOf, freeSlots, rangeOf } from '../../src-renderer/features/schedule/columns.ts';
import { joinKept, type KeptSlot, withKept } from '../../src-renderer/features/schedule/kept.ts';
import { judge } from '../../src-renderer/features/schedule/verdict.ts';
import { alertsOf } from '../../src-renderer/ui/alert-icons.tsx';

const at = (minute: number): string =>
  new Date(Date.parse('2026-11-24T07:00:00.000Z') + minute * 60_000).toISOString();
const slot = (minute: number) => ({
  id: `slot-${minute}`,
  start: at(minute),
  end: at(minute + 30),
  available: true,
});
const kept = (minute: number, deskName: string, own = false): KeptSlot => {
  const { id, start, end } = slot(minute);
  return { slotId: id, doctorId: 'doctor', start, end, deskName, own };
};
const day: DaySchedule = {
  date: '2026-11-24',
  locationId: 'location',
  timezone: 'Europe/Athens',
  dayStart: at(-540),
  dayEnd: at(900),
  doctors: [
    {
      doctorId: 'doctor',
      open: [{ start: at(0), end: at(120) }],
      blocked: [],
      slots: [slot(0), slot(30), slot(60), slot(90)],
      rooms: [],
    },
  ],
  appointments: [],
  holds: [],
};

describe('what is kept for a desk', () => {
  test('is one stretch where it touches and is kept for the same one', () => {
    const slots = [kept(0, 'Two'), kept(30, 'Two'), kept(60, 'Three'), kept(90, 'Front', true)];
    expect(joinKept(slots).map(({ start, end, deskName }) => [start, end, deskName])).toEqual([
      [at(0), at(60), 'Two'],
      [at(60), at(90), 'Three'],
      [at(90), at(120), 'Front'],
    ]);
    expect(slots[0]?.end).toBe(at(30));
  });

  test('is not offered without a connection, unless it is this desk’s own', () => {
    const cut = withKept(day, [kept(0, 'Two'), kept(30, 'Front', true), kept(60, 'Two')]);
    const [column] = columnsOf(cut, rangeOf([cut]));
    if (!column) throw new Error('one doctor, one column');
    expect(freeSlots(column, null).map(({ id }) => id)).toEqual(['slot-30', 'slot-90']);
    const moved = { id: 'a', doctorId: 'doctor', start: at(90), end: at(120), roomId: null } as Appointment;
    expect(judge(moved, column, { start: at(0), doctorId: 'doctor' })).toMatchObject({
      kind: 'taken',
      by: { kept: true, heldBy: 'Two', appointment: null },
    });
    expect(judge(moved, column, { start: at(30), doctorId: 'doctor' })).toEqual({ kind: 'free' });
  });

  test('leaves a day of which nothing is kept for others as it is', () => {
    expect(withKept(day, [kept(0, 'Front', true)])).toBe(day);
  });
});

test('a booking that waits is called certain or provisional, and anything else that waits not sent', () => {
  const alerts = { conflict: false, unread: false, balanceDue: false, contactDue: false, firstVisit: false };
  const waiting = (promise: Appointment['promise'], provisional: boolean) =>
    alertsOf({ alerts: { ...alerts, provisional }, overbookReason: null, promise } as Appointment);
  expect(waiting('certain', true)).toEqual(['certain']);
  expect(waiting('provisional', true)).toEqual(['provisional']);
  expect(waiting(null, true)).toEqual(['unsent']);
  expect(waiting(null, false)).toEqual([]);
});
