import { z } from 'zod';
import { Bilingual, Id, Instant, Money, TimeZone } from './values.ts';

/** The clinic this desk belongs to, and this desk. */
export const Clinic = z.object({
  id: Id,
  name: Bilingual,
  kind: z.enum(['human', 'veterinary']),
  currency: z.string().length(3),
  /** ISO 8601: 1 is Monday. */
  firstWeekday: z.int().min(1).max(7),
  isSample: z.boolean(),
  /** Whether a clinic of one's own can be started from here. */
  canLeaveSample: z.boolean(),
  deskName: z.string(),
  /** Minutes after which a waiting patient is over the limit. */
  waitingLimitMinutes: z.int(),
  /** Whether the replica's key lies in a file and not in the keychain (`--insecure-key-file`). */
  insecureKeyFile: z.boolean(),
});
export type Clinic = z.infer<typeof Clinic>;

export const Location = z.object({
  id: Id,
  name: Bilingual,
  address: z.string(),
  city: z.string(),
  phone: z.string().nullable(),
  timezone: TimeZone,
  rooms: z.array(z.object({ id: Id, name: Bilingual })),
});
export type Location = z.infer<typeof Location>;

export const Specialty = z.object({ id: Id, name: Bilingual, slug: z.string() });
export type Specialty = z.infer<typeof Specialty>;

export const Doctor = z.object({
  id: Id,
  /** With title, as the board's column says it. */
  name: Bilingual,
  specialty: Specialty.nullable(),
  locationId: Id.nullable(),
  fee: Money.nullable(),
  rating: z.number(),
  reviewCount: z.int(),
  nextAvailable: Instant.nullable(),
  verified: z.boolean(),
});
export type Doctor = z.infer<typeof Doctor>;

/** A doctor's profile, as the directory shows and edits it (medic-schema `doctors`). */
export const DoctorProfile = Doctor.extend({
  firstName: z.string(),
  lastName: z.string(),
  firstNameEl: z.string().nullable(),
  lastNameEl: z.string().nullable(),
  email: z.string(),
  phone: z.string().nullable(),
  specialization: z.string(),
  bio: Bilingual,
  city: z.string().nullable(),
  /** Whether the doctor still works at the clinic. */
  active: z.boolean(),
  /** Whether any weekly hours are planned. */
  hasHours: z.boolean(),
});
export type DoctorProfile = z.infer<typeof DoctorProfile>;

/** What the directory is asked for; what is left out does not narrow it. */
export const DoctorFilter = z.object({
  /** Parts of names, specialty or city, blind to case and accents, Greek also in Latin letters. */
  text: z.string().max(200).default(''),
  specialtyId: Id.optional(),
  city: z.string().max(100).optional(),
  locationId: Id.optional(),
  minRating: z.number().min(0).max(5).optional(),
  /** In minor units of the clinic's currency; a doctor without a fee is left out. */
  maxFeeMinor: z.int().min(0).optional(),
  /** Has free time before this instant. */
  availableBefore: Instant.optional(),
  verifiedOnly: z.boolean().default(false),
  /** Those who left the clinic too. */
  withInactive: z.boolean().default(false),
  sort: z.enum(['board', 'name', 'rating', 'fee', 'nextAvailable']).default('board'),
});
export type DoctorFilter = z.input<typeof DoctorFilter>;
