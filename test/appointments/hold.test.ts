import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { daySchedule } from '../../src-main/core/appointments/day-schedule.ts';
import { checkPlace, hold, release } from '../../src-main/core/appointments/hold.ts';
import { nextFree } from '../../src-main/core/appointments/next-free.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { restore } from '../../src-main/core/appointments/restore.ts';
import { slots } from '../../src-main/core/appointments/slots.ts';
import { readAppointments } from '../../src-main/core/appointments/view.ts';
import { countWaiting } from '../../src-main/core/replica/outbox.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
  named('Reception');
});
afterEach(() => desk.dispose());

/** Makes this desk another one, in the same replica. */
const named = (name: string) => desk.replica.statement('update desk_state set desk_name = ?').run(name);
const at8 = { slotId: slotAt(ids.adamou, '08:00') };
const holdAt8 = (more = {}) => must(hold(desk, receptionist, { ...at8, ...more }, true)).holdId;
const heldRows = () =>
  desk.replica
    .statement(`select id, status, ends_at - scheduled_at length from appointments order by created_at, id`)
    .all() as { id: string; status: string; length: number }[];
const inTheWay = (heldBy: string | null) => ({
  error: { code: 'slot_taken', details: { heldBy, patientName: '' } },
});

describe('a time that a desk holds', () => {
  it('is taken for every other desk, which is told whose hold it is', async () => {
    holdAt8({ visitTypeId: ids.checkUp });
    named('Second desk');
    expect(checkPlace(desk, receptionist, at8)).toMatchObject(inTheWay('Reception'));
    expect(book(desk, receptionist, { ...at8, patientId: ids.john })).toMatchObject(inTheWay('Reception'));
    const [soonest] = must(
      await nextFree(desk, receptionist, {
        doctorId: ids.adamou,
        after: `${TODAY}T08:00:00.000Z`,
        partOfDay: 'any',
        count: 1,
      }),
    );
    expect(soonest?.start).toBe(`${TODAY}T08:30:00.000Z`);
    const free = must(slots(desk, receptionist, { doctorId: ids.adamou, date: TODAY })).filter(
      ({ id, free }) => id === at8.slotId && free,
    );
    expect(free).toEqual([]);
  });

  it('is free for its own desk, and the booking ends the hold', () => {
    const held = holdAt8();
    expect(checkPlace(desk, receptionist, at8).ok).toBe(true);
    const booked = must(book(desk, receptionist, { ...at8, patientId: ids.john }));
    expect(booked).toMatchObject({ status: 'scheduled', patient: { id: ids.john } });
    expect(heldRows()).toMatchObject([{ id: held, status: 'cancelled' }, { id: booked.id }]);
    expect(desk.waiting().map(({ kind }) => kind)).toEqual(['hold', 'release', 'book']);
  });

  it('is over after five minutes by central’s clock, without anybody doing anything', () => {
    desk.replica.statement('update desk_state set clock_offset_ms = 60000').run();
    holdAt8();
    named('Second desk');
    desk.setNow(`${TODAY}T07:04:59.000Z`);
    expect(checkPlace(desk, receptionist, at8)).toMatchObject(inTheWay('Reception'));
    desk.setNow(`${TODAY}T07:05:00.000Z`);
    expect(checkPlace(desk, receptionist, at8).ok).toBe(true);
    expect(book(desk, receptionist, { ...at8, patientId: ids.john }).ok).toBe(true);
  });

  it('is let go when the form closes, and a second time nothing happens', () => {
    const holdId = holdAt8() ?? '';
    must(release(desk, receptionist, { holdId }));
    must(release(desk, receptionist, { holdId }));
    named('Second desk');
    expect(checkPlace(desk, receptionist, at8).ok).toBe(true);
    expect(desk.waiting().map(({ kind }) => kind)).toEqual(['hold', 'release']);
  });

  it('is held anew in another length by the same desk, which gives the first one up', () => {
    holdAt8();
    holdAt8({ visitTypeId: ids.checkUp });
    expect(heldRows()).toMatchObject([
      { status: 'cancelled', length: 900_000 },
      { status: 'held', length: 1_800_000 },
    ]);
  });

  it('is in no list of appointments and among the day’s holds only while it lasts', () => {
    const held = holdAt8() ?? '';
    const day = () =>
      must(daySchedule(desk, receptionist, { date: TODAY, locationId: ids.athens, includeCancelled: true }));
    expect(day()).toMatchObject({ appointments: [], holds: [{ id: held, heldBy: 'Reception' }] });
    must(release(desk, receptionist, { holdId: held }));
    expect(day()).toMatchObject({ appointments: [], holds: [] });
    expect(readAppointments(desk, 'where a.id = ?', held)).toEqual([]);
  });

  it('is no appointment that anybody could cancel, move or bring back', () => {
    const appointmentId = holdAt8() ?? '';
    const notFound = { error: { code: 'not_found' } };
    expect(cancel(desk, receptionist, { appointmentId, reason: '' })).toMatchObject(notFound);
    const slotId = slotAt(ids.adamou, '09:00');
    expect(reschedule(desk, receptionist, { appointmentId, slotId })).toMatchObject(notFound);
    must(release(desk, receptionist, { holdId: appointmentId }));
    expect(restore(desk, receptionist, { appointmentId })).toMatchObject(notFound);
  });

  it('is nothing that waits for central', () => {
    holdAt8();
    expect(countWaiting(desk.replica)).toBe(0);
    expect(desk.waiting()).toHaveLength(1);
  });
});

it('nothing is held without a connection, or where the time is not free', () => {
  expect(hold(desk, receptionist, at8, false)).toEqual({ ok: true, value: { holdId: null } });
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.maria, start: `${TODAY}T08:00:00.000Z` });
  expect(hold(desk, receptionist, at8, true)).toMatchObject({ error: { code: 'slot_taken' } });
  expect(desk.waiting()).toEqual([]);
});
