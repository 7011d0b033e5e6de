import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import { OutsideSource } from '../integrations.ts';
import { OutsideDecision, OutsideLink, OutsideName, OutsideProblem } from '../outside.ts';
import { Id } from '../values.ts';

/** Bookings of outside systems that a person decides about, and what their names mean here. */
export const outsideCalls = {
  outsideProblems: call({
    summary:
      'Bookings of outside systems that somebody has to decide about, oldest first; the same at every desk.',
    input: z.object({}),
    output: z.array(OutsideProblem),
    right: 'schedule.read',
    errors: [],
  }),
  decideOutside: call({
    summary: 'Decides about one; move needs a slot. What is to be done outside is done by the next run.',
    input: z.object({ id: Id, decision: OutsideDecision, slotId: Id.optional() }),
    output: z.object({ appointment: Appointment.nullable() }),
    right: 'schedule.write',
    errors: [
      'not_found',
      'already_resolved',
      'not_resolvable',
      'slot_taken',
      'slot_blocked',
      'slot_kept',
      'does_not_fit',
      'in_the_past',
      'disk_full',
    ],
  }),
  outsideLinks: call({
    summary:
      'What the doctors, visit types and event types of an outside system are here, also those not linked yet.',
    input: z.object({ source: OutsideSource }),
    output: z.array(OutsideLink),
    right: 'clinic.manage',
    errors: [],
  }),
  setOutsideLink: call({
    summary:
      'Says what a doctor, visit type or event type of an outside system is here; nulls take the link away.',
    input: OutsideName.extend({
      source: OutsideSource,
      doctorId: Id.nullable(),
      visitTypeId: Id.nullable(),
    }),
    output: z.array(OutsideLink),
    right: 'clinic.manage',
    errors: ['not_found', 'disk_full'],
  }),
};
