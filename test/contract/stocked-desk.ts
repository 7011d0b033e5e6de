import type { Dispatch } from '../../src-main/core/dispatch.ts';
import {
  appointmentSeries,
  appointments,
  callAttempts,
  cases,
  cashUps,
  payments,
  prescriptions,
  recalls,
  scheduledDischargeCalls,
  waitingListEntries,
} from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, slotAt, TODAY } from '../support/clinic.ts';
import type { LoneDesk } from '../support/desk.ts';
import { seated, type Window } from '../support/seated.ts';

/** Rows that the hand-made clinic has here besides its own, by what they stand for. */
export const stock = {
  recall: '0192f000-0030-7000-8000-000000000001',
  attempt: '0192f000-0031-7000-8000-000000000001',
  consultation: '0192f000-0035-7000-8000-000000000001',
  dischargeCall: '0192f000-0036-7000-8000-000000000001',
  paid: '0192f000-0032-7000-8000-000000000001',
  cashedUp: '0192f000-0033-7000-8000-000000000001',
  draft: '0192f000-0034-7000-8000-000000000001',
  /** An appointment of a series. */
  inSeries: '0192f000-0040-7000-8000-000000000001',
  /** Somebody who waits for an earlier time. */
  waits: '0192f000-0041-7000-8000-000000000001',
  /** The block of the hand-made clinic. */
  meeting: '0192f000-0011-7000-8000-000000000001',
} as const;

/** A desk without a connection that has one of everything a call can be about. */
export interface StockedDesk {
  desk: ClinicDesk;
  dispatch: Dispatch;
  window: Window;
  /** Appointments. */
  scheduled: string;
  cancelled: string;
  confirmable: string;
  close(): Promise<void>;
}

/** A core on a desk that reaches nobody, and a window at it in which nobody has to sign in. */
export const coreOf = (desk: LoneDesk): Pick<StockedDesk, 'dispatch' | 'window' | 'close'> => {
  const { dispatch, open, close } = seated(desk);
  return {
    dispatch,
    window: open(),
    close: async () => {
      await close();
      desk.dispose();
    },
  };
};

/** Makes one. */
export const stockedDesk = (): StockedDesk => {
  const desk = clinicDesk();
  const put = (time: string, status: string) =>
    desk.putAppointment({
      doctorId: ids.adamou,
      patientId: ids.maria,
      visitTypeId: ids.checkUp,
      start: `${TODAY}T${time}:00.000Z`,
      status,
    });
  const scheduled = put('07:00', 'scheduled');
  putSubjects(desk, scheduled);
  putSeries(desk);
  putDischargeCall(desk);
  return {
    desk,
    ...coreOf(desk),
    scheduled,
    cancelled: put('07:15', 'cancelled'),
    confirmable: put('10:00', 'scheduled'),
  };
};

const putSubjects = ({ put }: ClinicDesk, scheduled: string): void => {
  const { paid, cashedUp, draft, recall, attempt } = stock;
  const asked = { patientId: ids.maria, dueOn: TODAY, reason: 'Yearly check', status: 'open' };
  const money = { amountCents: 2000, currency: 'EUR', method: 'cash', kind: 'payment', status: 'paid' };
  const where = { locationId: ids.athens, businessDay: TODAY };
  const paidAt = `${TODAY}T06:30:00.000Z`;
  put(payments, { id: paid, appointmentId: scheduled, ...money, ...where, paidAt });
  const lines = [{ method: 'cash', expected: 0, counted: 0 }];
  const closedAt = '2026-11-23T16:00:00.000Z';
  put(cashUps, { id: cashedUp, ...where, businessDay: '2026-11-23', currency: 'EUR', lines, closedAt });
  const said = { instructions: 'Rest.', status: 'draft', issuedAt: paidAt };
  put(prescriptions, {
    id: draft,
    appointmentId: scheduled,
    doctorId: ids.adamou,
    patientId: ids.maria,
    ...said,
  });
  put(recalls, { id: recall, ...asked });
  const called = { outcome: 'no_answer', calledAt: '2026-11-23T08:00:00.000Z' };
  const due = '2026-11-23T10:00:00.000Z';
  put(callAttempts, { id: attempt, list: 'recall', subjectId: recall, ...called, nextTryAt: due });
};

const putDischargeCall = ({ put }: ClinicDesk): void => {
  const { consultation, dischargeCall } = stock;
  const said = { reason: 'Limping', dischargeSummary: 'Rest.', status: 'completed' };
  put(cases, { id: consultation, externalId: 'idexx-1-4711', patientId: ids.maria, ...said });
  const waits = { phone: '020 7946 0958', dueAt: `${TODAY}T14:00:00.000Z`, status: 'queued', attempts: 0 };
  put(scheduledDischargeCalls, { id: dischargeCall, caseId: consultation, patientId: ids.maria, ...waits });
};

const putSeries = ({ put }: ClinicDesk): void => {
  const seriesId = '0192f000-0042-7000-8000-000000000001';
  const kept = { patientId: ids.maria, doctorId: ids.baker, locationId: ids.athens };
  put(appointmentSeries, {
    ...kept,
    id: seriesId,
    rrule: 'FREQ=WEEKLY;COUNT=2',
    startsLocal: `${TODAY}T11:30`,
    durationMinutes: 15,
  });
  put(appointments, {
    ...kept,
    id: stock.inSeries,
    seriesId,
    seriesAt: `${TODAY}T09:30:00.000Z`,
    slotId: slotAt(ids.baker, '09:30'),
    scheduledAt: `${TODAY}T09:30:00.000Z`,
    endsAt: `${TODAY}T09:45:00.000Z`,
    status: 'scheduled',
    appointmentType: 'in_person',
    origin: 'desk',
  });
  put(waitingListEntries, {
    id: stock.waits,
    patientId: ids.maria,
    partOfDay: 'any',
    urgent: false,
    status: 'waiting',
  });
};
