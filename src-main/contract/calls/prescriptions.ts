import { z } from 'zod';
import { call } from '../call.ts';
import { Prescription } from '../prescription.ts';
import { Id } from '../values.ts';

/** Prescriptions by appointment: write, issue, replace. */
export const prescriptionsCalls = {
  prescriptions: call({
    summary:
      "An appointment's prescriptions, or a patient's, newest first; drafts that were emptied are left out.",
    input: z.object({ appointmentId: Id.optional(), patientId: Id.optional() }),
    output: z.array(Prescription),
    right: 'prescriptions.read',
    errors: [],
  }),
  prescription: call({
    summary: 'One prescription.',
    input: z.object({ prescriptionId: Id }),
    output: Prescription,
    right: 'prescriptions.read',
    errors: ['not_found'],
  }),
  savePrescription: call({
    summary: 'Begins a draft for an appointment, or writes a draft over; emptied, it is dropped.',
    input: z.object({
      appointmentId: Id,
      prescriptionId: Id.optional().describe('The draft to write over; without it a new one begins.'),
      instructions: z.string().trim().max(10_000),
      was: z.string().optional().describe('The text that the person began from.'),
    }),
    output: Prescription,
    right: 'prescriptions.write',
    errors: ['not_found', 'prescription_changed', 'prescription_final', 'disk_full'],
  }),
  issuePrescription: call({
    summary: 'Issues a draft, which is never edited afterwards.',
    input: z.object({ prescriptionId: Id }),
    output: Prescription,
    right: 'prescriptions.write',
    errors: ['not_found', 'prescription_empty', 'prescription_final', 'disk_full'],
  }),
  replacePrescription: call({
    summary: 'Begins a draft that will stand in for an issued prescription, with its text.',
    input: z.object({ prescriptionId: Id }),
    output: Prescription,
    right: 'prescriptions.write',
    errors: ['not_found', 'not_replaceable', 'disk_full'],
  }),
};
