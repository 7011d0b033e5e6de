import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { hold } from '../../src-main/core/appointments/hold.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { bookSeries } from '../../src-main/core/appointments/series-book.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { confirm } from '../../src-main/core/calls/confirm.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { acknowledge, leaveOutbox, unanswered } from '../../src-main/core/replica/outbox.ts';
import { beginReturn, ownLeases } from '../../src-main/core/replica/slot-leases.ts';
import { startStream } from '../../src-main/core/replica/stream.ts';
import * as schema from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
  desk.replica.statement('update desk_state set desk_id = ?').run('here');
  for (const start of ['08:00', '08:15', '08:30', '10:00']) lease(ids.baker, start);
});
afterEach(() => desk.dispose());

const incarnation = () =>
  desk.replica.statement('select incarnation from desk_state').pluck().get() as string;

/** Keeps a slot of a quarter of an hour for this desk. */
const lease = (doctorId: string, start: string, more: Record<string, unknown> = {}): void => {
  const startsAt = `${TODAY}T${start}:00.000Z`;
  desk.put(schema.slotLeases, {
    id: slotAt(doctorId, start),
    doctorId,
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + 900_000).toISOString(),
    roomId: null,
    deskId: 'here',
    incarnation: incarnation(),
    taken: 1,
    ...more,
  });
};

const bookAt = (start: string, more: Record<string, unknown> = {}) =>
  must(
    book(desk, receptionist, {
      slotId: slotAt(ids.baker, start),
      patientId: ids.john,
      durationMinutes: 15,
      ...more,
    }),
  );
const move = (appointmentId: string, start: string) =>
  must(reschedule(desk, receptionist, { appointmentId, slotId: slotAt(ids.baker, start) }));
const promiseOf = (id: string) => readAppointment(desk, id)?.promise;

/** Central has taken all that waits, and the replica has read it. */
const sent = (): void => {
  desk.replica.db.transaction(() => {
    const changes = unanswered(desk.replica);
    for (const { changeId } of changes) acknowledge(desk.replica, changeId, 'applied', desk.now());
    const rows = desk.replica.statement('select * from appointments').all() as { id: string }[];
    for (const row of rows)
      desk.replica
        .statement(`update base set row = ? where table_name = 'appointments' and row_id = ?`)
        .run(JSON.stringify(row), row.id);
    leaveOutbox(
      desk.replica,
      changes.map(({ deskSeq }) => deskSeq),
    );
  })();
};

describe('a booking that was not sent', () => {
  it('is certain on slots that this desk keeps, for as long as it takes, and else provisional', () => {
    expect(bookAt('08:00', { durationMinutes: 45 }).promise).toBe('certain');
    expect(bookAt('10:00', { durationMinutes: 30 }).promise).toBe('provisional');
    expect(bookAt('07:00').promise).toBe('provisional');
  });

  it('is certain in a room only where the room is kept along', () => {
    lease(ids.baker, '08:15', { roomId: ids.room2 });
    expect(bookAt('08:00', { roomId: ids.room2 }).promise).toBe('provisional');
    expect(bookAt('08:15', { roomId: ids.room2 }).promise).toBe('certain');
  });

  it('is not certain any more once this desk began to give the slot back', () => {
    beginReturn(desk.replica, ownLeases(desk.replica));
    expect(bookAt('08:00').promise).toBe('provisional');
  });

  it('stays certain when its desk begins a new stream, in which it keeps nothing', () => {
    const { id } = bookAt('08:00');
    startStream(desk.replica, desk.newId());
    expect(promiseOf(id)).toBe('certain');
    expect(bookAt('08:15').promise).toBe('provisional');
  });

  it('of a new patient is as certain as the registration: an e-mail address may be another’s by now', () => {
    const names = { firstName: 'Anna', lastName: 'Nikolaou', saveAnyway: true };
    const plain = must(registerPatient(desk, receptionist, names)).id;
    const addressed = must(registerPatient(desk, receptionist, { ...names, email: 'a@b.example' })).id;
    expect(bookAt('08:00', { patientId: plain }).promise).toBe('certain');
    expect(bookAt('08:15', { patientId: addressed }).promise).toBe('provisional');
  });

  it('is certain date by date where it is one of a series', () => {
    const slotId = slotAt(ids.baker, '08:00');
    const { appointments } = must(
      bookSeries(desk, receptionist, {
        slotId,
        patientId: ids.john,
        durationMinutes: 15,
        rule: { every: 'week', interval: 1, count: 2 },
        visits: [
          { slotId, at: `${TODAY}T08:00:00.000Z` },
          { slotId: slotAt(ids.baker, '2026-11-25T08:00:00.000Z'), at: '2026-11-25T08:00:00.000Z' },
        ],
      }),
    );
    expect(appointments.map(({ promise }) => promise)).toEqual(['certain', 'provisional']);
  });

  it('stays certain when it is moved onto another slot that is kept, and confirmed there', () => {
    const { id } = bookAt('08:00');
    expect(move(id, '08:30').promise).toBe('certain');
    must(confirm(desk, receptionist, { appointmentId: id }));
    expect(promiseOf(id)).toBe('certain');
    expect(bookAt('08:00').promise).toBe('certain');
  });

  it('is provisional once it is moved onto a slot that is not kept, and so is what takes its old slot', () => {
    const { id } = bookAt('08:00');
    expect(move(id, '07:00').promise).toBe('provisional');
    expect(bookAt('08:00').promise).toBe('provisional');
  });

  it('is certain after another one of this desk was cancelled there before it was sent', () => {
    const { id } = bookAt('08:00');
    must(cancel(desk, receptionist, { appointmentId: id, reason: 'Rang' }));
    expect(bookAt('08:00').promise).toBe('certain');
  });

  it('is certain where this desk held the time before the line was cut', () => {
    must(hold(desk, receptionist, { slotId: slotAt(ids.baker, '08:00'), durationMinutes: 15 }, true));
    sent();
    expect(bookAt('08:00').promise).toBe('certain');
  });
});

describe('an appointment that central has', () => {
  it('has no promise while only its steps wait, and a provisional one while it is moved, for it may be moved elsewhere', () => {
    const { id } = bookAt('08:00');
    sent();
    expect(promiseOf(id)).toBeNull();
    expect(move(id, '08:15').promise).toBe('provisional');
  });

  it('may still stand where it was cancelled here, so that nothing is certain there', () => {
    const { id } = bookAt('08:00');
    sent();
    must(cancel(desk, receptionist, { appointmentId: id, reason: 'Rang' }));
    expect(promiseOf(id)).toBeNull();
    expect(bookAt('08:00').promise).toBe('provisional');
  });
});
