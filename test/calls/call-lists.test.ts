import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confirm, unconfirm } from '../../src-main/core/calls/confirm.ts';
import { callList } from '../../src-main/core/calls/list.ts';
import { logCall, takeBackCall, takeBackLogged } from '../../src-main/core/calls/log-call.ts';
import { addRecall, patientRecalls, updateRecall } from '../../src-main/core/calls/recalls.ts';
import * as schema from '../../src-main/core/schema/replica/index.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

type List = 'confirmation' | 'recall' | 'discharge';
type Outcome = 'reached' | 'left_message' | 'no_answer';

const tomorrow = (time: string, more = {}) =>
  desk.putAppointment({
    doctorId: ids.adamou,
    patientId: ids.maria,
    start: `2026-11-25T${time}:00.000Z`,
    ...more,
  });
const list = (name: List, days = 1) =>
  must(callList(desk, receptionist, { list: name, locationId: ids.athens, days }));
const idsOf = (name: List) => list(name).map(({ id }) => id);
const log = (name: List, id: string, outcome: Outcome) =>
  must(logCall(desk, receptionist, { list: name, id, outcome }));
const recall = (dueOn: string, more = {}) =>
  must(addRecall(desk, receptionist, { patientId: ids.maria, dueOn, reason: 'Yearly check', ...more }));
const confirmedAt = (id: string) =>
  desk.replica.statement('select confirmed_at from appointments where id = ?').pluck().get(id);

describe('the confirmations', () => {
  it('are of the next working day, not confirmed yet, soonest visit on top', () => {
    tomorrow('08:00', { status: 'cancelled' });
    tomorrow('08:15', { confirmedAt: '2026-11-23T08:00:00.000Z' });
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.maria,
      start: '2026-11-24T08:00:00.000Z',
    });
    const later = tomorrow('09:00', { patientId: ids.john });
    const sooner = tomorrow('07:00');
    expect(idsOf('confirmation')).toEqual([sooner, later]);
  });

  it('are listed with whom to call and in what language: for an animal, its owner', () => {
    desk.put(schema.patients, {
      id: ids.john,
      firstName: 'John',
      lastName: 'Smith',
      phone: '020 7946 0958',
      preferredLanguage: 'en',
    });
    tomorrow('07:00', { patientId: ids.rex });
    expect(list('confirmation')).toMatchObject([
      { patient: { firstName: 'Rex' }, phone: '020 7946 0958', language: 'en', tries: [] },
    ]);
  });

  it('of somebody who was reached are stamped in the same change, and leave the list', () => {
    const id = tomorrow('07:00');
    log('confirmation', id, 'reached');
    expect(confirmedAt(id)).toBe(Date.parse(desk.now()));
    expect(idsOf('confirmation')).toEqual([]);
    expect(desk.waiting()).toMatchObject([
      { kind: 'logCall', rows: [{ table: 'call_attempts' }, { table: 'appointments' }] },
    ]);
  });

  it('of somebody who did not answer stay on the list with their next time, below what is due now', () => {
    const first = tomorrow('07:00');
    const second = tomorrow('09:00');
    log('confirmation', first, 'no_answer');
    expect(list('confirmation')).toMatchObject([
      { id: second, dueAt: '2026-11-24T07:00:00.000Z' },
      { id: first, dueAt: '2026-11-24T09:00:00.000Z', tries: [{ outcome: 'no_answer' }] },
    ]);
  });

  it('go on tomorrow morning after three tries', () => {
    const id = tomorrow('10:45');
    for (const hour of ['07', '08', '09']) {
      desk.setNow(`2026-11-24T${hour}:00:00.000Z`);
      log('confirmation', id, 'no_answer');
    }
    expect(list('confirmation')).toMatchObject([{ id, dueAt: '2026-11-25T07:00:00.000Z' }]);
  });
});

describe('a try that was logged by mistake', () => {
  it('is taken back with what it settled, and the call is due as before', () => {
    const id = tomorrow('07:00');
    const attempt = log('confirmation', id, 'reached');
    must(takeBackCall(desk, receptionist, { attemptId: attempt.id }));
    expect(list('confirmation')).toMatchObject([{ id, dueAt: '2026-11-24T07:00:00.000Z', tries: [] }]);
    expect(confirmedAt(id)).toBeNull();
    expect(desk.replica.statement('select count(*) from call_attempts').pluck().get()).toBe(2);
  });

  it('is taken back by Ctrl+Z too, once', () => {
    const id = tomorrow('07:00');
    log('confirmation', id, 'no_answer');
    const undo = undoWith({ logCall: takeBackLogged });
    expect(undo(desk, receptionist)).toMatchObject({ ok: true });
    expect(list('confirmation')).toMatchObject([{ id, tries: [] }]);
    expect(undo(desk, receptionist)).toMatchObject({ error: { code: 'nothing_to_undo' } });
  });

  it('counts for nothing in the next time', () => {
    const id = tomorrow('10:45');
    for (const minute of ['00', '01', '02']) {
      desk.setNow(`2026-11-24T07:${minute}:00.000Z`);
      const { id: attemptId } = log('confirmation', id, 'no_answer');
      if (minute !== '02') must(takeBackCall(desk, receptionist, { attemptId }));
    }
    expect(list('confirmation')).toMatchObject([{ dueAt: '2026-11-24T09:02:00.000Z' }]);
  });

  it('leaves the confirmation where another try reached the patient too', () => {
    const id = tomorrow('07:00');
    const mistake = log('confirmation', id, 'reached');
    desk.setNow('2026-11-24T07:30:00.000Z');
    log('confirmation', id, 'reached');
    must(takeBackCall(desk, receptionist, { attemptId: mistake.id }));
    expect(confirmedAt(id)).toBe(Date.parse('2026-11-24T07:30:00.000Z'));
  });
});

describe('a recall', () => {
  it('is listed two weeks before it is due, the soonest on top, with the visit that already comes', () => {
    recall('2026-12-09');
    const due = recall('2026-12-08');
    const first = recall('2026-11-20', { patientId: ids.john });
    tomorrow('07:00');
    expect(list('recall')).toMatchObject([
      { id: first.id, reason: 'Yearly check', comesNext: null },
      { id: due.id, dueOn: '2026-12-08', comesNext: '2026-11-25T07:00:00.000Z' },
    ]);
  });

  it('is done when the patient was reached, and open again when that was a mistake', () => {
    const { id } = recall('2026-11-24');
    const attempt = log('recall', id, 'reached');
    expect(must(patientRecalls(desk, receptionist, { patientId: ids.maria }))).toMatchObject([
      { status: 'done' },
    ]);
    expect(idsOf('recall')).toEqual([]);
    must(takeBackCall(desk, receptionist, { attemptId: attempt.id }));
    expect(idsOf('recall')).toEqual([id]);
  });

  it('can be changed and cancelled, and names only doctors and visit types that there are', () => {
    const { id } = recall('2026-11-24');
    const set = (fields: object) => updateRecall(desk, receptionist, { recallId: id, set: fields });
    expect(set({ dueOn: '2026-11-30', doctorId: ids.baker })).toMatchObject({
      value: { dueOn: '2026-11-30', doctorId: ids.baker, reason: 'Yearly check' },
    });
    expect(set({ doctorId: ids.maria })).toMatchObject({ error: { code: 'not_found' } });
    expect(set({ status: 'cancelled' })).toMatchObject({ value: { status: 'cancelled' } });
    expect(idsOf('recall')).toEqual([]);
  });
});

describe('a discharge call', () => {
  const put = () => {
    const id = '0192f000-0040-7000-8000-000000000001';
    desk.put(schema.scheduledDischargeCalls, {
      id,
      caseId: ids.merged,
      patientId: ids.rex,
      phone: '+44 20 7946 0000',
      dueAt: '2026-11-24T06:00:00.000Z',
      status: 'queued',
      attempts: 0,
    });
    return id;
  };

  it('dials the number that was given for it, again after ten minutes, and is done when answered', () => {
    const id = put();
    log('discharge', id, 'no_answer');
    expect(list('discharge')).toMatchObject([
      { id, phone: '+44 20 7946 0000', dueAt: '2026-11-24T07:10:00.000Z' },
    ]);
    log('discharge', id, 'reached');
    expect(list('discharge')).toMatchObject([{ id, discharge: { status: 'completed' } }]);
  });
});

describe('a confirmation at the desk', () => {
  it('is stamped once and can be taken back', () => {
    const id = tomorrow('07:00');
    const at = desk.now();
    expect(confirm(desk, receptionist, { appointmentId: id })).toMatchObject({ value: { confirmedAt: at } });
    desk.setNow('2026-11-24T07:05:00.000Z');
    expect(confirm(desk, receptionist, { appointmentId: id })).toMatchObject({ value: { confirmedAt: at } });
    expect(unconfirm(desk, receptionist, { appointmentId: id })).toMatchObject({
      value: { confirmedAt: null },
    });
    expect(desk.waiting()).toHaveLength(2);
  });

  for (const status of ['pending', 'arrived', 'cancelled', 'completed'])
    it(`is refused for an appointment that is ${status}`, () =>
      expect(confirm(desk, receptionist, { appointmentId: tomorrow('07:00', { status }) })).toMatchObject({
        error: { code: 'not_confirmable', details: { status } },
      }));
});
