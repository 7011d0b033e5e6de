import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancel } from '../../src-main/core/appointments/cancel.ts';
import { noShow } from '../../src-main/core/appointments/no-show.ts';
import { reschedule } from '../../src-main/core/appointments/reschedule.ts';
import { resize } from '../../src-main/core/appointments/resize.ts';
import { restore } from '../../src-main/core/appointments/restore.ts';
import { readAppointment } from '../../src-main/core/appointments/view.ts';
import { addToWaitingList } from '../../src-main/core/appointments/waiting-list-change.ts';
import { decideOutside } from '../../src-main/core/integrations/outside/decide.ts';
import { outsideLinks, setOutsideLink } from '../../src-main/core/integrations/outside/links.ts';
import { outsideProblems } from '../../src-main/core/integrations/outside/problems.ts';
import { removeException } from '../../src-main/core/schedules/exceptions.ts';
import { outsideBookings, scheduleExceptions } from '../../src-main/core/schema/replica/index.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { checkIn } from '../../src-main/core/waiting-room/check-in.ts';
import { moveOn } from '../../src-main/core/waiting-room/move-on.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist, slotAt, TODAY } from '../support/clinic.ts';
import { must } from '../support/must.ts';

const at = (time: string): string => `${TODAY}T${time}:00.000Z`;
const BOOKING = '0192f000-0050-7000-8000-000000000001';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

/** A booking as Cal.com told it, for Adamou at 10:00 Athens time unless told otherwise. */
const putBooking = (row: Record<string, unknown> = {}): string => {
  desk.put(outsideBookings, {
    id: BOOKING,
    source: 'cal_com',
    externalId: 'uid-1',
    doctorId: ids.adamou,
    patientId: ids.maria,
    startsAt: at('08:00'),
    endsAt: at('08:15'),
    status: 'scheduled',
    personName: 'Maria Papadopoulou',
    phone: '6970000001',
    email: 'maria@mail.example',
    title: 'Check-up',
    seen: {},
    problemAt: at('06:00'),
    ...row,
  });
  return BOOKING;
};

const inTheWay = (): string =>
  desk.putAppointment({ doctorId: ids.adamou, patientId: ids.john, start: at('08:00') });
const problems = async () => must(await outsideProblems(desk));
const decide = (decision: Parameters<typeof decideOutside>[2]['decision'], slotId?: string) =>
  decideOutside(desk, receptionist, { id: BOOKING, decision, ...(slotId ? { slotId } : {}) });
const booking = () => desk.replica.orm.select().from(outsideBookings).get();

describe('a Cal.com booking on a time that is taken here', () => {
  test('says who comes, when, who stands there, and the soonest times it could have', async () => {
    const appointmentId = inTheWay();
    putBooking({ problem: 'taken', problemDetails: { appointmentId } });
    expect(await problems()).toMatchObject([
      {
        id: BOOKING,
        problem: 'taken',
        person: { name: 'Maria Papadopoulou', phone: '6970000001' },
        theirs: { doctorId: ids.adamou, start: at('08:00'), end: at('08:15') },
        ours: null,
        inTheWay: { appointmentId, patientName: 'John Smith' },
        choices: ['move', 'decline'],
        freeTimes: [{ start: at('08:15') }, { start: at('08:30') }, {}, {}],
      },
    ]);
  });

  test('moved to another time stands there at once, and once however often it is decided', async () => {
    inTheWay();
    putBooking({ problem: 'taken' });
    const { appointment } = must(decide('move', slotAt(ids.adamou, '08:30')));
    expect(appointment).toMatchObject({
      start: at('08:30'),
      end: at('08:45'),
      status: 'scheduled',
      origin: 'cal_com',
      patient: { id: ids.maria },
      // Cal.com is told by the next run.
      outside: { source: 'cal_com', waiting: true, problem: null },
    });
    expect(booking()).toMatchObject({
      appointmentId: appointment?.id,
      problem: null,
      agreed: { start: at('08:00'), end: at('08:15'), status: 'scheduled', doctorId: ids.adamou },
      decidedBy: ids.receptionist,
    });
    expect(await problems()).toEqual([]);
    expect(decide('move')).toMatchObject({ error: { code: 'already_resolved' } });
    expect(desk.waiting()).toHaveLength(1);
  });

  test('is not moved to where somebody else stands', () => {
    inTheWay();
    putBooking({ problem: 'taken' });
    expect(decide('move', slotAt(ids.adamou, '08:00'))).toMatchObject({ error: { code: 'slot_taken' } });
    expect(desk.waiting()).toEqual([]);
  });

  test('declined is told so by the next run, and undone is asked about again', async () => {
    inTheWay();
    putBooking({ problem: 'taken' });
    must(decide('decline'));
    expect(booking()).toMatchObject({ decision: 'decline', problem: 'taken', decidedAt: desk.now() });
    expect(await problems()).toEqual([]);
    must(undoWith({})(desk, receptionist));
    expect(booking()).toMatchObject({ decision: null, decidedAt: null });
    expect(await problems()).toHaveLength(1);
  });
});

describe('what both sides changed', () => {
  const changed = (status: string, theirs: string) => {
    const appointmentId = desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.maria,
      start: at('08:00'),
      status,
      origin: 'idexx',
    });
    putBooking({
      source: 'idexx',
      appointmentId,
      problem: 'changed_both',
      status: theirs,
      agreed: { status: 'scheduled' },
    });
    return appointmentId;
  };

  test('kept as theirs walks there by the steps that an appointment may take', () => {
    const id = changed('arrived', 'completed');
    must(decide('keep_theirs'));
    expect(readAppointment(desk, id)).toMatchObject({
      status: 'completed',
      inRoomAt: desk.now(),
      completedAt: desk.now(),
      outside: { source: 'idexx', problem: null },
    });
    expect(booking()).toMatchObject({ agreed: { status: 'completed' }, problem: null });
  });

  test('kept as ours stays, and is not asked about again', async () => {
    const id = changed('arrived', 'cancelled');
    must(decide('keep_ours'));
    expect(readAppointment(desk, id)).toMatchObject({ status: 'arrived' });
    expect(booking()).toMatchObject({ agreed: { status: 'cancelled' }, problem: null });
    expect(await problems()).toEqual([]);
  });

  test('is not decided in a way that the problem does not have', () => {
    changed('arrived', 'cancelled');
    expect(decide('move')).toMatchObject({ error: { code: 'not_resolvable' } });
    expect(decideOutside(desk, receptionist, { id: ids.maria, decision: 'dismiss' })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});

describe('names of an outside system', () => {
  const unlinked = { kind: 'provider', externalId: '12', name: 'Dr Baker' } as const;
  const link = { ...unlinked, source: 'idexx' } as const;

  test('that bookings wait for are listed, and linked the bookings wait no more', async () => {
    putBooking({ source: 'idexx', doctorId: null, problem: 'unknown_doctor', problemDetails: { unlinked } });
    expect(await problems()).toMatchObject([{ problem: 'unknown_doctor', unlinked, choices: ['dismiss'] }]);
    expect(must(outsideLinks(desk, receptionist, { source: 'idexx' }))).toEqual([
      { ...unlinked, doctorId: null, visitTypeId: null, waiting: 1 },
    ]);
    must(setOutsideLink(desk, receptionist, { ...link, doctorId: ids.baker, visitTypeId: null }));
    expect(must(outsideLinks(desk, receptionist, { source: 'idexx' }))).toEqual([
      { ...unlinked, doctorId: ids.baker, visitTypeId: null, waiting: 0 },
    ]);
    expect(await problems()).toEqual([]);
  });

  test('are linked no more when that is undone', () => {
    must(setOutsideLink(desk, receptionist, { ...link, doctorId: ids.baker, visitTypeId: null }));
    must(undoWith({})(desk, receptionist));
    expect(must(outsideLinks(desk, receptionist, { source: 'idexx' }))).toEqual([]);
  });

  test('are linked to a doctor who is there', () => {
    expect(
      setOutsideLink(desk, receptionist, { ...link, doctorId: ids.maria, visitTypeId: null }),
    ).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('an appointment of IDEXX Neo', () => {
  let appointmentId: string;
  beforeEach(() => {
    appointmentId = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.maria,
      start: at('07:00'),
      origin: 'idexx',
    });
  });
  const owned = { error: { code: 'owned_outside', details: { source: 'idexx' } } };

  test('is moved, made longer and cancelled in Neo alone', () => {
    const slotId = slotAt(ids.baker, '08:00');
    expect(reschedule(desk, receptionist, { appointmentId, slotId })).toMatchObject(owned);
    expect(resize(desk, receptionist, { appointmentId, durationMinutes: 30 })).toMatchObject(owned);
    expect(cancel(desk, receptionist, { appointmentId, reason: '' })).toMatchObject(owned);
    expect(
      addToWaitingList(desk, receptionist, { patientId: ids.maria, appointmentId, wish: {} }),
    ).toMatchObject(owned);
    expect(desk.waiting()).toEqual([]);
  });

  test('cancelled there does not come back here', () => {
    const gone = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.maria,
      start: at('09:00'),
      origin: 'idexx',
      status: 'cancelled',
    });
    expect(restore(desk, receptionist, { appointmentId: gone })).toMatchObject(owned);
  });

  test('is checked in, and marked as not attended, at the desk', () => {
    must(checkIn(desk, receptionist, { appointmentId, contactConfirmed: true }));
    const missed = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.john,
      start: at('06:00'),
      origin: 'idexx',
    });
    must(noShow(desk, receptionist, { appointmentId: missed }));
    must(restore(desk, receptionist, { appointmentId: missed }));
  });

  test('blocks its time for as long as Neo says so', () => {
    const exceptionId = '0192f000-0051-7000-8000-000000000001';
    desk.put(scheduleExceptions, {
      id: exceptionId,
      kind: 'block',
      doctorId: ids.baker,
      startsAt: at('09:00'),
      endsAt: at('09:30'),
      source: 'idexx',
    });
    expect(removeException(desk, receptionist, { exceptionId })).toMatchObject(owned);
  });
});

describe('a booking that Cal.com only requests', () => {
  test('accepted is booked, and Cal.com is told', () => {
    const appointmentId = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.maria,
      start: at('07:00'),
      status: 'pending',
      origin: 'cal_com',
    });
    putBooking({ appointmentId, agreed: { status: 'pending' }, problemAt: null });
    expect(readAppointment(desk, appointmentId)).toMatchObject({ outside: { waiting: false } });
    expect(must(moveOn(desk, receptionist, { appointmentId, to: 'scheduled' }))).toMatchObject({
      status: 'scheduled',
      outside: { source: 'cal_com', waiting: true },
    });
  });

  test('declined frees its time, and Cal.com is told', () => {
    const appointmentId = desk.putAppointment({
      doctorId: ids.baker,
      patientId: ids.maria,
      start: at('07:00'),
      status: 'pending',
      origin: 'cal_com',
    });
    putBooking({ appointmentId, agreed: { status: 'pending' }, problemAt: null });
    expect(must(cancel(desk, receptionist, { appointmentId, reason: 'Closed that day' }))).toMatchObject({
      status: 'cancelled',
      outside: { source: 'cal_com', waiting: true },
    });
  });
});
