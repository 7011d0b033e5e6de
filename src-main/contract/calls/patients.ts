import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import {
  Consent,
  ConsentKind,
  DuplicateCandidate,
  LikelyPair,
  MergedRecord,
  MergeField,
  OwnerInput,
  Patient,
  PatientBrief,
  PatientInput,
} from '../patient.ts';
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
    summary:
      "A patient's record and appointments, newest first, with animals, consents and what was merged into it. A merged record answers as the one that it was merged into.",
    input: z.object({ patientId: Id }),
    output: z.object({
      patient: Patient,
      appointments: z.array(Appointment),
      animals: z.array(PatientBrief),
      consents: z.array(Consent),
      merged: z.array(MergedRecord),
    }),
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
    summary:
      'Adds a patient, an animal with its owner in one go. With likely duplicates of either it answers likely_duplicate until told to save anyway.',
    input: PatientInput.extend({ owner: OwnerInput.optional(), saveAnyway: z.boolean().default(false) }),
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
  recordConsent: call({
    summary: 'Writes down what a patient says to something; the newest counts.',
    input: z.object({ patientId: Id, kind: ConsentKind, given: z.boolean() }),
    output: Consent,
    right: 'patients.write',
    errors: ['not_found', 'disk_full'],
  }),
  possibleDuplicates: call({
    summary: 'Pairs of records of the whole clinic that are likely to be of one person, likeliest first.',
    input: z.object({ from: z.int().min(0).default(0), limit: z.int().min(1).max(100).default(25) }),
    output: z.object({ pairs: z.array(LikelyPair), total: z.int() }),
    right: 'patients.merge',
    errors: [],
  }),
  mergePatients: call({
    summary:
      'Merges one record into another, which takes over the named fields. What names the merged one is shown with the kept one.',
    input: z.object({ keptId: Id, mergedId: Id, take: z.array(MergeField).default([]) }),
    output: Patient,
    right: 'patients.merge',
    errors: ['not_found', 'merge_not_allowed', 'disk_full'],
  }),
  undoMerge: call({
    summary: 'Takes a merge apart: the merged record stands again, and the kept one is as it was before.',
    input: z.object({ mergedId: Id }),
    output: Patient,
    right: 'patients.merge',
    errors: ['not_found', 'merge_not_allowed', 'email_in_use', 'disk_full'],
  }),
  erasePatient: call({
    summary:
      'Overwrites for good what says who a patient is, in all records and with an owner’s animals; visits and money stay. The name must be typed.',
    input: z.object({ patientId: Id, name: z.string().max(300) }),
    output: z.object({ records: z.int() }),
    right: 'patients.erase',
    errors: ['not_found', 'erase_not_allowed', 'disk_full'],
  }),
};
