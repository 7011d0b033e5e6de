import { z } from 'zod';
import { Day, Id, Instant } from './values.ts';

/** What a card or a search result shows of a patient. */
export const PatientBrief = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  dateOfBirth: Day.nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** Set for an animal. */
  species: z.string().nullable(),
  breed: z.string().nullable(),
  owner: z.object({ id: Id, name: z.string(), phone: z.string().nullable() }).nullable(),
});
export type PatientBrief = z.infer<typeof PatientBrief>;

export const Gender = z.enum(['male', 'female', 'other', 'prefer_not_to_say']);

/** How a patient wants to be reached about appointments. */
export const ContactPreference = z.enum(['phone', 'sms', 'email', 'post', 'none']);
export type ContactPreference = z.infer<typeof ContactPreference>;
/** The language that a patient is written and spoken to in. */
export const PatientLanguage = z.enum(['en', 'el']);

/** A patient's whole record. */
export const Patient = PatientBrief.extend({
  gender: Gender.nullable(),
  address: z.string().nullable(),
  city: z.string().nullable(),
  emergencyContact: z.string().nullable(),
  notes: z.string().nullable(),
  contactPreference: ContactPreference.nullable(),
  preferredLanguage: PatientLanguage.nullable(),
  /** When somebody last said that phone and address are right. */
  contactConfirmedAt: Instant.nullable(),
  /** Phone or address is missing or was confirmed over a year ago. */
  contactDue: z.boolean(),
  createdAt: Instant,
});
export type Patient = z.infer<typeof Patient>;

const name = z.string().trim().min(1).max(100);
const phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^[+()\d\s./-]{5,30}$/);
const email = z.email().max(255);
const text = (max: number) => z.string().trim().max(max);

/** What a person types to register a patient; name and phone suffice. */
export const PatientInput = z.object({
  firstName: name,
  lastName: name,
  phone: phone.nullish(),
  email: email.nullish(),
  dateOfBirth: Day.nullish(),
  gender: Gender.nullish(),
  address: text(500).nullish(),
  city: text(100).nullish(),
  emergencyContact: text(500).nullish(),
  notes: text(5000).nullish(),
  species: text(60).nullish(),
  breed: text(120).nullish(),
  ownerId: Id.nullish(),
  contactPreference: ContactPreference.nullish(),
  preferredLanguage: PatientLanguage.nullish(),
});
export type PatientInput = z.infer<typeof PatientInput>;

/** A likely duplicate: who, how sure (0 to 1), and on what grounds. */
export const DuplicateCandidate = z.object({
  patient: PatientBrief,
  score: z.number().min(0).max(1),
  grounds: z.array(z.enum(['name', 'date_of_birth', 'phone', 'email'])),
});
export type DuplicateCandidate = z.infer<typeof DuplicateCandidate>;

/** The owner of an animal, registered together with it. */
export const OwnerInput = PatientInput.pick({
  firstName: true,
  lastName: true,
  phone: true,
  email: true,
  address: true,
  city: true,
});
export type OwnerInput = z.infer<typeof OwnerInput>;

export const ConsentKind = z.enum(['treatment', 'data_processing', 'reminders', 'marketing']);
export type ConsentKind = z.infer<typeof ConsentKind>;

/** What a patient last said to something; nulls where never asked. */
export const Consent = z.object({
  kind: ConsentKind,
  given: z.boolean().nullable(),
  decidedAt: Instant.nullable(),
  /** Who wrote it down. */
  recordedBy: z.string().nullable(),
});
export type Consent = z.infer<typeof Consent>;

/** What a merge may take over from the merged record. */
export const MergeField = z.enum([
  'firstName',
  'lastName',
  'phone',
  'email',
  'dateOfBirth',
  'gender',
  'address',
  'city',
  'emergencyContact',
  'notes',
  'species',
  'breed',
  'ownerId',
  'contactPreference',
  'preferredLanguage',
]);
export type MergeField = z.infer<typeof MergeField>;

/** A record that was merged into another one. */
export const MergedRecord = z.object({
  patient: PatientBrief,
  mergedAt: Instant,
  /** Who merged them. */
  mergedBy: z.string().nullable(),
});
export type MergedRecord = z.infer<typeof MergedRecord>;

/** Two records that are likely to be of one person, the older one first. */
export const LikelyPair = z.object({
  patients: z.tuple([PatientBrief, PatientBrief]),
  score: DuplicateCandidate.shape.score,
  grounds: DuplicateCandidate.shape.grounds,
});
export type LikelyPair = z.infer<typeof LikelyPair>;
