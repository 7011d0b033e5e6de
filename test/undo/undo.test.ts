import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../src-main/contract/status.ts';
import { mayMove } from '../../src-main/core/appointments/appointment.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import type { Session } from '../../src-main/core/desk.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { updatePatient } from '../../src-main/core/patients/update.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import { appointments, messageReceipts, payments } from '../../src-main/core/schema/replica/index.ts';
import { shortestWay } from '../../src-main/core/undo/reverse.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { moveOn } from '../../src-main/core/waiting-room/move-on.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

const undo = (session: Session = receptionist) => undoWith({})(desk, session);
const bookMaria = (time = '08:00') =>
  must(book(desk, receptionist, { slotId: slotAt(ids.baker, time), patientId: ids.maria }));
const statusOf = (id: string) => readAppointment(desk, id)?.status;
const city = (id: string) => desk.replica.statement('select city from patients where id = ?').pluck().get(id);

describe('the last action of a person', () => {
  it('is taken back, and then the one before it', () => {
    const { id } = bookMaria();
    must(checkIn(desk, receptionist, { appointmentId: id, contactConfirmed: false }));
    expect(undo()).toMatchObject({ value: { kind: 'checkIn' } });
    expect(readAppointment(desk, id)).toMatchObject({ status: 'scheduled', arrivedAt: null });
    expect(undo()).toMatchObject({ value: { kind: 'book' } });
    expect(statusOf(id)).toBe('cancelled');
    expect(undo()).toMatchObject({ error: { code: 'nothing_to_undo' } });
  });

  it('is passed over when it was taken back in another way', () => {
    must(
      updatePatient(desk, receptionist, {
        patientId: ids.john,
        set: { city: 'Patras' },
        confirmContact: false,
      }),
    );
    const { id } = bookMaria();
    must(cancel(desk, receptionist, { appointmentId: id, reason: '' }));
    expect(undo()).toMatchObject({ value: { kind: 'cancel' } });
    expect(undo()).toMatchObject({ value: { kind: 'book' } });
    expect(undo()).toMatchObject({ value: { kind: 'updatePatient' } });
    expect(city(ids.john)).toBe('Athens');
  });

  it('stays after ten minutes, and what another person did is not theirs to take back', () => {
    const { id } = bookMaria();
    expect(undo({ ...receptionist, userId: ids.adamou })).toMatchObject({
      error: { code: 'nothing_to_undo' },
    });
    desk.setNow('2026-11-24T07:10:00.001Z');
    expect(undo()).toMatchObject({ error: { code: 'nothing_to_undo' } });
    expect(statusOf(id)).toBe('scheduled');
  });

  it('is not taken back once somebody has gone on from it, and nothing earlier is in its stead', () => {
    must(
      updatePatient(desk, receptionist, {
        patientId: ids.john,
        set: { city: 'Patras' },
        confirmContact: false,
      }),
    );
    const { id } = bookMaria();
    const doctor = { ...receptionist, userId: ids.adamou };
    must(checkIn(desk, doctor, { appointmentId: id, contactConfirmed: false }));
    expect(undo()).toMatchObject({
      error: { code: 'not_undoable', details: { kind: 'book', reason: 'stands' } },
    });
    expect(statusOf(id)).toBe('arrived');
    expect(city(ids.john)).toBe('Patras');
  });

  it('is not taken back when money was taken on it by another', () => {
    const { id } = bookMaria();
    writeChange(desk, { kind: 'takePayment', actor: ids.adamou }, (change) =>
      change.insert(payments, {
        id: desk.newId(),
        appointmentId: id,
        amountCents: 100,
        currency: 'EUR',
        method: 'cash',
        kind: 'payment',
        status: 'paid',
      }),
    );
    expect(undo()).toMatchObject({ error: { code: 'not_undoable' } });
    expect(statusOf(id)).toBe('scheduled');
  });

  it('comes back to its old time only if that is still free', () => {
    const { id } = bookMaria();
    must(reschedule(desk, receptionist, { appointmentId: id, slotId: slotAt(ids.baker, '09:00') }));
    const taken = must(
      book(
        desk,
        { ...receptionist, userId: ids.adamou },
        { slotId: slotAt(ids.baker, '08:00'), patientId: ids.john },
      ),
    );
    expect(undo()).toMatchObject({ error: { code: 'slot_taken', details: { appointmentId: taken.id } } });
    must(cancel(desk, { ...receptionist, userId: ids.adamou }, { appointmentId: taken.id, reason: '' }));
    expect(undo()).toMatchObject({ value: { kind: 'reschedule' } });
    expect(readAppointment(desk, id)?.start).toBe('2026-11-24T08:00:00.000Z');
  });

  it('takes a new patient back, unless somebody has booked for them', () => {
    const patient = must(
      registerPatient(desk, receptionist, { firstName: 'Anna', lastName: 'Nikolaou', saveAnyway: false }),
    );
    const other = { ...receptionist, userId: ids.adamou };
    const booked = must(book(desk, other, { slotId: slotAt(ids.baker, '08:00'), patientId: patient.id }));
    expect(undo()).toMatchObject({ error: { code: 'not_undoable' } });
    expect(undo(other)).toMatchObject({ value: { kind: 'book' } });
    expect(statusOf(booked.id)).toBe('cancelled');
  });

  it('is found behind the messages that were only read since', () => {
    const { id } = bookMaria();
    writeChange(desk, { kind: 'readThread', actor: ids.receptionist }, (change) =>
      change.insert(messageReceipts, {
        id: desk.newId(),
        messageId: desk.newId(),
        userRole: 'receptionist',
        userId: ids.receptionist,
        readAt: desk.now(),
      }),
    );
    expect(undo()).toMatchObject({ value: { kind: 'book' } });
    expect(statusOf(id)).toBe('cancelled');
  });

  it('is one change for central, refused or applied whole', () => {
    const { id } = bookMaria();
    must(checkIn(desk, receptionist, { appointmentId: id, contactConfirmed: false }));
    must(moveOn(desk, receptionist, { appointmentId: id, to: 'in_room' }));
    undo();
    expect(desk.waiting().at(-1)).toMatchObject({
      kind: 'undo',
      actor: ids.receptionist,
      rows: [
        { set: { status: 'ready' }, was: { status: 'in_room' } },
        { set: { status: 'arrived', in_room_at: null }, was: { status: 'ready' } },
      ],
    });
  });
});

it('whatever was done to an appointment, taking it back step by step ends where it began', () => {
  const doable = ['checkIn', 'ready', 'in_room', 'completed', 'cancel', 'move'] as const;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...doable), { maxLength: 8 }), (steps) => {
      const own = clinicDesk();
      try {
        const slot = (time: string) => slotAt(ids.baker, time);
        const { id } = must(book(own, receptionist, { slotId: slot('08:00'), patientId: ids.maria }));
        const before: unknown[] = [];
        const look = () => own.replica.orm.select().from(appointments).all()[0];
        const bare = () => ({ ...look(), rev: 0, updatedAt: '' });
        for (const step of steps) {
          const state = bare();
          const result =
            step === 'checkIn'
              ? checkIn(own, receptionist, { appointmentId: id, contactConfirmed: true })
              : step === 'cancel'
                ? cancel(own, receptionist, { appointmentId: id, reason: 'x' })
                : step === 'move'
                  ? reschedule(own, receptionist, { appointmentId: id, slotId: slot('09:00') })
                  : moveOn(own, receptionist, { appointmentId: id, to: step });
          if (result.ok && JSON.stringify(bare()) !== JSON.stringify(state)) before.push(state);
        }
        for (const state of before.toReversed()) {
          expect(undoWith({})(own, receptionist).ok).toBe(true);
          expect(bare()).toEqual(state);
        }
      } finally {
        own.dispose();
      }
    }),
    { numRuns: 60 },
  );
});

it('a way back between two statuses uses allowed moves only', () => {
  const all: Status[] = [
    'pending',
    'scheduled',
    'arrived',
    'ready',
    'in_room',
    'completed',
    'cancelled',
    'no_show',
    'left',
  ];
  for (const from of all)
    for (const to of all) {
      const way = shortestWay(from, to);
      way?.reduce((one, other) => {
        expect(mayMove(one, other)).toBe(true);
        return other;
      }, from);
      expect(way?.at(-1) ?? to).toBe(to);
    }
  expect(shortestWay('left', 'arrived')).toBeUndefined();
});
