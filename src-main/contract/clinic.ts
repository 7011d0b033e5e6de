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
