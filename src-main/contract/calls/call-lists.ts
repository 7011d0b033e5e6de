import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import {
  CallAttempt,
  CallEntry,
  CallListName,
  CallOutcome,
  DischargeCallStatus,
  Recall,
} from '../call-lists.ts';
import { Day, Id, Instant } from '../values.ts';

const recallFields = z.object({
  dueOn: Day,
  reason: z.string().trim().min(1).max(255),
  doctorId: Id.nullish(),
  visitTypeId: Id.nullish(),
});

/** Whom to call next, and what came of it. */
export const callListCalls = {
  callList: call({
    summary:
      'Whom to call, next due on top. Confirmations: not confirmed, of the given number of working days ahead. Discharge calls that were made today stand last.',
    input: z.object({
      list: CallListName,
      locationId: Id,
      days: z.int().min(1).max(5).default(1),
    }),
    output: z.array(CallEntry),
    right: 'calls.read',
    errors: ['not_found'],
  }),
  logCall: call({
    summary:
      'Logs a try of a call. Reached settles it: it confirms the appointment or closes the recall. Else it is due again.',
    input: z.object({
      list: CallListName,
      id: Id,
      outcome: CallOutcome,
      note: z.string().trim().max(500).optional(),
    }),
    output: CallAttempt,
    right: 'calls.write',
    errors: ['not_found', 'disk_full'],
  }),
  takeBackCall: call({
    summary: 'Takes back a try that was logged by mistake, with what it settled. The call is due as before.',
    input: z.object({ attemptId: Id }),
    output: z.object({ id: Id, list: CallListName }),
    right: 'calls.write',
    errors: ['not_found', 'disk_full'],
  }),
  dialCall: call({
    summary:
      'Says that a discharge call is being made here: ringing, then in progress; for 15 minutes, or until it is logged or put down, no other desk makes it. Of two desks that begin apart, one has it.',
    input: z.object({ id: Id, step: z.enum(['ringing', 'in_progress', 'put_down']) }),
    output: z.object({ takenUntil: Instant.nullable() }),
    right: 'calls.write',
    errors: ['not_found', 'being_called', 'call_settled', 'disk_full'],
  }),
  cancelCall: call({
    summary: 'Takes a discharge call off the list for good, or puts it back.',
    input: z.object({ id: Id, cancelled: z.boolean() }),
    output: z.object({ status: DischargeCallStatus }),
    right: 'calls.write',
    errors: ['not_found', 'being_called', 'call_settled', 'disk_full'],
  }),
  patientRecalls: call({
    summary: 'The recalls of a patient, next due first, settled ones last.',
    input: z.object({ patientId: Id }),
    output: z.array(Recall),
    right: 'calls.read',
    errors: ['not_found'],
  }),
  addRecall: call({
    summary: 'Notes that a patient is to be asked back.',
    input: recallFields.extend({ patientId: Id }),
    output: Recall,
    right: 'calls.write',
    errors: ['not_found', 'disk_full'],
  }),
  updateRecall: call({
    summary: 'Sets the named fields of a recall, or its status: done, cancelled, or open again.',
    input: z.object({
      recallId: Id,
      set: recallFields.partial().extend({ status: Recall.shape.status.optional() }),
    }),
    output: Recall,
    right: 'calls.write',
    errors: ['not_found', 'disk_full'],
  }),
  confirm: call({
    summary: 'Notes that the patient said that they will come. A second time changes nothing.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'not_confirmable', 'disk_full'],
  }),
  unconfirm: call({
    summary: 'Takes a confirmation back.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'not_confirmable', 'disk_full'],
  }),
};
