import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import { DuplicateCandidate, Patient, PatientBrief, PatientInput } from '../patient.ts';
import { Id } from '../values.ts';

/** Finding, registering and keeping patients. */
export const patientsCalls = {
  findPatient: call({
    summary: 'Patients by name parts, phone, birth date, e-mail, owner or animal; best first.',
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(50).default(12) }),
    output: z.array(PatientBrief),
    right: 'patients.read',
    errors: [],
  }),
  patient: call({
    summary: "A patient's record and appointments, newest first.",
    input: z.object({ patientId: Id }),
    output: z.object({ patient: Patient, appointments: z.array(Appointment) }),
    right: 'patients.read',
    errors: ['not_found'],
  }),
  likelyDuplicates: call({
    summary: 'Patients much like the one being typed.',
    input: PatientInput.partial(),
    output: z.array(DuplicateCandidate),
    right: 'patients.read',
    errors: [],
  }),
  registerPatient: call({
    summary: 'Adds a patient. With likely duplicates it answers likely_duplicate until told to save anyway.',
    input: PatientInput.extend({ saveAnyway: z.boolean().default(false) }),
    output: Patient,
    right: 'patients.write',
    errors: ['likely_duplicate', 'email_in_use', 'not_found', 'disk_full'],
  }),
  updatePatient: call({
    summary:
      'Sets the named fields of a patient; `confirmContact` stamps phone and address as confirmed now.',
    input: z.object({
      patientId: Id,
      set: PatientInput.partial(),
      confirmContact: z.boolean().default(false),
    }),
    output: Patient,
    right: 'patients.write',
    errors: ['not_found', 'email_in_use', 'disk_full'],
  }),
};
