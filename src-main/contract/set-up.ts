import { z } from 'zod';
import { Id, Money, TimeZone } from './values.ts';

const name = z.string().trim().min(1).max(120);
/** The Greek one; an empty one is the English one again. */
const nameEl = z.string().trim().max(120).default('');
const optional = (max: number) => z.string().trim().max(max).default('');
const Currency = z.string().regex(/^[A-Z]{3}$/);
/** A zone that this computer knows, by its IANA name. */
const KnownZone = TimeZone.refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
});

/** What a clinic sets for itself. */
export const ClinicSettings = z.object({
  name: z.string().trim().min(1).max(120),
  nameEl: z.string().trim().max(120).nullable(),
  kind: z.enum(['human', 'veterinary']),
  phone: z.string().trim().max(30).nullable(),
  email: z.string().trim().max(255).nullable(),
  city: z.string().trim().max(100).nullable(),
  timezone: KnownZone,
  currency: Currency,
  /** ISO 8601: 1 is Monday. */
  firstWeekday: z.int().min(1).max(7),
  /** Minutes after which a waiting patient is over the limit. */
  waitingLimitMinutes: z.int().min(1).max(480),
  /** Minutes after its start from which an appointment may be marked as missed. */
  noShowGraceMinutes: z.int().min(0).max(480),
  /** For how many days from today bookable time is made. */
  slotHorizonDays: z.int().min(7).max(730),
});
export type ClinicSettings = z.infer<typeof ClinicSettings>;

/** A location as it is typed; without `id` a new one. */
export const LocationInput = z.object({
  id: Id.optional(),
  name,
  nameEl,
  addressLine1: z.string().trim().max(255).default(''),
  addressLine2: optional(255),
  city: optional(100),
  postalCode: optional(20),
  country: z.string().trim().min(1).max(100),
  phone: optional(30),
  timezone: KnownZone,
});
export type LocationInput = z.input<typeof LocationInput>;

export const RoomInput = z.object({
  id: Id.optional(),
  locationId: Id,
  name: z.string().trim().min(1).max(60),
  nameEl: z.string().trim().max(60).default(''),
});

export const SpecialtyInput = z.object({ id: Id.optional(), nameEn: name, nameEl });

export const VisitTypeInput = z.object({
  id: Id.optional(),
  nameEn: name,
  nameEl,
  /** Null serves every specialty. */
  specialtyId: Id.nullable().default(null),
  durationMinutes: z.int().min(5).max(720),
  bufferBeforeMinutes: z.int().min(0).max(240).default(0),
  bufferAfterMinutes: z.int().min(0).max(240).default(0),
  fee: z.object({ minor: z.int().min(0).max(2_147_483_647), currency: Currency }),
});
export type VisitTypeInput = z.input<typeof VisitTypeInput>;

export const DoctorInput = z.object({
  id: Id.optional(),
  firstName: z.string().trim().min(1).max(100),
  lastName: z.string().trim().min(1).max(100),
  firstNameEl: optional(100),
  lastNameEl: optional(100),
  email: z.union([z.literal(''), z.email().max(255)]).default(''),
  phone: optional(30),
  specialtyId: Id.nullable().default(null),
  /** The home location. */
  locationId: Id.nullable().default(null),
  /** What stands on the door plate; the specialty's name where it is left out. */
  specialization: optional(120),
  bio: optional(4000),
  bioEl: optional(4000),
  city: optional(100),
  fee: z
    .object({ minor: z.int().min(0).max(2_147_483_647), currency: Currency })
    .nullable()
    .default(null),
});
export type DoctorInput = z.input<typeof DoctorInput>;

/** What can be put out of use and back: nothing that was booked or planned ever is deleted. */
export const Usable = z.enum(['location', 'room', 'visitType', 'doctor']);
export type Usable = z.infer<typeof Usable>;

const Place = z.object({
  id: Id,
  name: z.string(),
  nameEl: z.string().nullable(),
  addressLine1: z.string(),
  addressLine2: z.string().nullable(),
  city: z.string(),
  postalCode: z.string().nullable(),
  country: z.string(),
  phone: z.string().nullable(),
  timezone: z.string(),
  inUse: z.boolean(),
  rooms: z.array(z.object({ id: Id, name: z.string(), nameEl: z.string().nullable(), inUse: z.boolean() })),
});

const Visit = z.object({
  id: Id,
  nameEn: z.string(),
  nameEl: z.string(),
  specialtyId: Id.nullable(),
  durationMinutes: z.int(),
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  fee: Money,
  inUse: z.boolean(),
});

/** Everything that the set-up screens show but the doctors, in the clinic's order. */
export const SetUp = z.object({
  clinic: ClinicSettings,
  locations: z.array(Place),
  specialties: z.array(z.object({ id: Id, nameEn: z.string(), nameEl: z.string() })),
  visitTypes: z.array(Visit),
});
export type SetUp = z.infer<typeof SetUp>;

/** How far a clinic is from its first booking: what is there, and the first doctor who has no hours yet. */
export const SetUpSteps = z.object({
  location: z.boolean(),
  doctor: z.boolean(),
  hours: z.boolean(),
  visitTypes: z.boolean(),
  /** A doctor without weekly hours, where `hours` is missing. */
  doctorId: Id.nullable(),
});
export type SetUpSteps = z.infer<typeof SetUpSteps>;

/** A clinic of one's own, with what it needs before anything else. */
export const OwnClinic = z.object({
  name: z.string().trim().min(1).max(120),
  nameEl: z.string().trim().max(120).default(''),
  kind: z.enum(['human', 'veterinary']),
  currency: Currency,
  firstWeekday: z.int().min(1).max(7).default(1),
  /** Its zone is the clinic's. */
  location: LocationInput.omit({ id: true }),
  doctor: DoctorInput.pick({ firstName: true, lastName: true, firstNameEl: true, lastNameEl: true }),
});
export type OwnClinic = z.infer<typeof OwnClinic>;
