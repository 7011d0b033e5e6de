import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cancelDischargeCalls,
  hasDischargeCall,
  scheduleDischargeCall,
} from '../../src-main/core/calls/discharge.ts';
import { cancelCall, dialCall } from '../../src-main/core/calls/discharge-calls.ts';
import { callList } from '../../src-main/core/calls/list.ts';
import { logCall, takeBackCall, takeBackLogged } from '../../src-main/core/calls/log-call.ts';
import { dischargeCase, patientCases } from '../../src-main/core/patients/cases.ts';
import { writeChange } from '../../src-main/core/replica/write.ts';
import * as schema from '../../src-main/core/schema/replica/index.ts';
import { undoWith } from '../../src-main/core/undo/undo.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

const CASE = '0192f000-0050-7000-8000-000000000001';
const CALL = '0192f000-0051-7000-8000-000000000001';
const DUE = '2026-11-24T06:00:00.000Z';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
  desk.put(schema.cases, {
    id: CASE,
    externalId: 'idexx-1-4711',
    patientId: ids.rex,
    status: 'completed',
    reason: 'Limping',
    consultedAt: '2026-11-22T08:00:00.000Z',
    clinicalNotes: 'Swollen carpus.',
    dischargeSummary: 'Rest for a week.',
  });
  schedule();
});
afterEach(() => desk.dispose());

const schedule = (id = CALL, caseId = CASE): void =>
  writeChange(desk, { kind: 'idexxRun', actor: null }, (change) =>
    scheduleDischargeCall(change, { id, caseId, patientId: ids.rex, dueAt: DUE, phone: '020 7946 0958' }),
  );
const list = () => must(callList(desk, receptionist, { list: 'discharge', locationId: ids.athens, days: 1 }));
const log = (outcome: 'reached' | 'left_message' | 'no_answer', note?: string) =>
  must(logCall(desk, receptionist, { list: 'discharge', id: CALL, outcome, ...(note ? { note } : {}) }));
const dial = (step: 'ringing' | 'in_progress' | 'put_down') =>
  dialCall(desk, receptionist, { id: CALL, step });
const cancel = (cancelled: boolean) => cancelCall(desk, receptionist, { id: CALL, cancelled });
const stored = () =>
  desk.replica
    .statement(
      `select status, attempts, next_attempt_at nextAttemptAt, outcome_notes outcomeNotes
       from scheduled_discharge_calls where id = ?`,
    )
    .get(CALL);
const at = (text: string): number => Date.parse(text);
/** As if another desk had taken the call: a row of central's. */
const takenElsewhere = (until: string): void => {
  desk.replica
    .statement(`update scheduled_discharge_calls set status = 'ringing', next_attempt_at = ? where id = ?`)
    .run(at(until), CALL);
};

describe('a call after discharge', () => {
  it('stands on the list with the number, and what the visit was for', () => {
    expect(hasDischargeCall(desk, CASE)).toBe(true);
    expect(list()).toMatchObject([
      {
        id: CALL,
        patient: { firstName: 'Rex', owner: { name: 'John Smith' } },
        phone: '020 7946 0958',
        dueAt: DUE,
        discharge: { status: 'queued', takenUntil: null, staleDays: 0, reason: 'Limping' },
      },
    ]);
  });

  it('comes again after ten minutes when nobody answers, and then stays for a person', () => {
    log('no_answer');
    expect(stored()).toMatchObject({
      status: 'queued',
      attempts: 1,
      nextAttemptAt: at('2026-11-24T07:10:00.000Z'),
    });
    desk.setNow('2026-11-24T07:10:00.000Z');
    log('left_message');
    expect(stored()).toMatchObject({ status: 'failed', attempts: 2 });
    expect(list()).toMatchObject([{ id: CALL, discharge: { status: 'failed' } }]);
  });

  it('is completed with what was said when the owner is reached, and stands last for the rest of the day', () => {
    schedule('0192f000-0051-7000-8000-000000000002', '0192f000-0050-7000-8000-000000000002');
    log('reached', 'Eats well');
    expect(stored()).toEqual({
      status: 'completed',
      attempts: 1,
      nextAttemptAt: null,
      outcomeNotes: 'Eats well',
    });
    expect(list().map(({ discharge }) => discharge?.status)).toEqual(['queued', 'completed']);
    desk.setNow('2026-11-25T07:00:00.000Z');
    expect(list()).toHaveLength(1);
  });

  it('is as it was before when what was logged is taken back', () => {
    const first = log('no_answer');
    desk.setNow('2026-11-24T07:10:00.000Z');
    const reached = log('reached', 'Eats well');
    must(takeBackCall(desk, receptionist, { attemptId: reached.id }));
    expect(stored()).toMatchObject({ status: 'queued', attempts: 1, outcomeNotes: null });
    must(takeBackCall(desk, receptionist, { attemptId: first.id }));
    expect(stored()).toMatchObject({ status: 'queued', attempts: 0, nextAttemptAt: null });
  });

  it('is as it was before after Ctrl+Z', () => {
    log('no_answer');
    undoWith({ logCall: takeBackLogged })(desk, receptionist);
    expect(stored()).toMatchObject({ status: 'queued', attempts: 0, nextAttemptAt: null });
  });

  it('that waited more than three days is told as such', () => {
    desk.setNow('2026-11-27T05:59:00.000Z');
    expect(list()).toMatchObject([{ discharge: { staleDays: 0 } }]);
    desk.setNow('2026-11-28T07:00:00.000Z');
    expect(list()).toMatchObject([{ discharge: { staleDays: 4 } }]);
  });

  it('is nobody’s whose record is gone', () => {
    desk.put(schema.patients, { id: ids.rex, firstName: 'Erased', lastName: '', deletedAt: DUE });
    expect(list()).toEqual([]);
  });
});

describe('a call that is being made', () => {
  it('is this desk’s for a quarter of an hour, from ringing to speaking', () => {
    expect(must(dial('ringing'))).toEqual({ takenUntil: '2026-11-24T07:15:00.000Z' });
    expect(list()).toMatchObject([{ discharge: { status: 'ringing', mine: true } }]);
    desk.setNow('2026-11-24T07:05:00.000Z');
    must(dial('in_progress'));
    expect(list()).toMatchObject([
      { discharge: { status: 'in_progress', mine: true, takenUntil: '2026-11-24T07:20:00.000Z' } },
    ]);
  });

  it('is not made by a second desk, until the first one’s time is over', () => {
    takenElsewhere('2026-11-24T07:15:00.000Z');
    expect(list()).toMatchObject([{ discharge: { mine: false, takenUntil: '2026-11-24T07:15:00.000Z' } }]);
    expect(dial('ringing')).toMatchObject({ error: { code: 'being_called' } });
    expect(cancel(true)).toMatchObject({ error: { code: 'being_called' } });
    desk.setNow('2026-11-24T07:15:00.000Z');
    expect(list()).toMatchObject([{ discharge: { takenUntil: null } }]);
    expect(dial('ringing')).toMatchObject({ ok: true });
  });

  it('waits again as before when it is put down', () => {
    log('no_answer');
    must(dial('ringing'));
    must(dial('put_down'));
    expect(stored()).toMatchObject({
      status: 'queued',
      attempts: 1,
      nextAttemptAt: at('2026-11-24T07:10:00.000Z'),
    });
  });

  it('is no action that Ctrl+Z takes back', () => {
    must(dial('ringing'));
    expect(undoWith({})(desk, receptionist)).toMatchObject({ error: { code: 'nothing_to_undo' } });
  });
});

describe('a call that is no longer right', () => {
  const drop = (whose: Parameters<typeof cancelDischargeCalls>[2]) =>
    writeChange(desk, { kind: 'idexxRun', actor: null }, (change) =>
      cancelDischargeCalls(desk, change, whose),
    );

  it('is cancelled with its case, or with all of an animal that died', () => {
    expect(drop({ caseId: CASE })).toBe(1);
    expect(list()).toEqual([]);
    must(cancel(false));
    expect(drop({ patientId: ids.rex })).toBe(1);
    expect(stored()).toMatchObject({ status: 'cancelled' });
  });

  it('is left to whoever is on the telephone, and stays made', () => {
    must(dial('ringing'));
    expect(drop({ caseId: CASE })).toBe(0);
    log('reached');
    expect(drop({ caseId: CASE })).toBe(0);
    expect(stored()).toMatchObject({ status: 'completed' });
  });

  it('is taken off the list by a person, and put back as its tries left it', () => {
    log('no_answer');
    must(cancel(true));
    expect(list()).toEqual([]);
    expect(dial('ringing')).toMatchObject({
      error: { code: 'call_settled', details: { status: 'cancelled' } },
    });
    must(cancel(false));
    expect(stored()).toMatchObject({ status: 'queued', attempts: 1 });
  });

  it('never comes a second time for the same consultation', () => {
    drop({ caseId: CASE });
    expect(hasDischargeCall(desk, CASE)).toBe(true);
  });
});

describe('the consultations of a patient', () => {
  it('are told newest first with doctor, notes, summary and the call', () => {
    const appointmentId = desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.rex,
      start: '2026-11-23T08:00:00.000Z',
    });
    desk.put(schema.cases, {
      id: '0192f000-0050-7000-8000-000000000003',
      externalId: 'idexx-1-4712',
      patientId: ids.rex,
      appointmentId,
      status: 'ongoing',
      consultedAt: '2026-11-23T08:00:00.000Z',
    });
    log('reached', 'Eats well');
    expect(must(patientCases(desk, receptionist, { patientId: ids.rex }))).toMatchObject([
      { status: 'ongoing', doctorName: { en: 'Dr Adamou' }, dischargeSummary: null, call: null },
      {
        id: CASE,
        reason: 'Limping',
        consultedAt: '2026-11-22T08:00:00.000Z',
        clinicalNotes: 'Swollen carpus.',
        dischargeSummary: 'Rest for a week.',
        call: { status: 'completed', dueAt: DUE, notes: 'Eats well' },
      },
    ]);
  });

  it('are those that a call is about', () => {
    expect(must(dischargeCase(desk, receptionist, { callId: CALL }))).toMatchObject({ id: CASE });
    expect(dischargeCase(desk, receptionist, { callId: CASE })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(patientCases(desk, receptionist, { patientId: CASE })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});
