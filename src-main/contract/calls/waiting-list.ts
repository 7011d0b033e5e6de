import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import { Id } from '../values.ts';
import { Gap, WaitingListEntry, WaitingWish } from '../waiting-list.ts';

/** Who would come earlier. */
export const waitingListCalls = {
  waitingList: call({
    summary: 'Who waits for an earlier time: urgent first, then the longest wait; of one patient or of all.',
    input: z.object({ patientId: Id.optional() }),
    output: z.array(WaitingListEntry),
    right: 'schedule.read',
    errors: [],
  }),
  addToWaitingList: call({
    summary: 'Notes that a patient would come earlier, instead of a later appointment or for a new one.',
    input: z.object({
      patientId: Id,
      appointmentId: Id.optional(),
      wish: WaitingWish.partial().default({}),
    }),
    output: WaitingListEntry,
    right: 'schedule.write',
    errors: ['owned_outside', 'not_found', 'already_waiting', 'disk_full'],
  }),
  updateWaitingListEntry: call({
    summary: 'Changes what somebody wishes, takes them off the list, or puts them on it again.',
    input: z.object({
      entryId: Id,
      set: WaitingWish.extend({ status: z.enum(['waiting', 'removed']) }).partial(),
    }),
    output: WaitingListEntry,
    right: 'schedule.write',
    errors: ['not_found', 'disk_full'],
  }),
  fitsForGap: call({
    summary: 'Who would come for a time that became free: urgent first, then the longest wait.',
    input: Gap,
    output: z.array(
      WaitingListEntry.extend({ slotId: Id.describe('The slot with which the visit begins.') }),
    ),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  bookFromWaitingList: call({
    summary: 'Gives somebody an earlier time: moves their later appointment there, or books a new one.',
    input: z.object({ entryId: Id, slotId: Id }),
    output: z.object({
      appointment: Appointment,
      /** The appointment as it was, whose time is free now; null for a new one. */
      left: Appointment.nullable(),
    }),
    right: 'schedule.write',
    errors: [
      'not_found',
      'move_not_allowed',
      'slot_taken',
      'slot_blocked',
      'slot_kept',
      'does_not_fit',
      'in_the_past',
      'disk_full',
    ],
  }),
};
