import { z } from 'zod';
import { Bilingual, Id, Instant } from './values.ts';

/** What an account is for. Patients and automation have accounts and never sign in at a desk. */
export const Role = z.enum(['patient', 'receptionist', 'doctor', 'admin', 'automation']);
export type Role = z.infer<typeof Role>;

/** The roles of people who sign in at a desk. */
export const StaffRole = z.enum(['receptionist', 'doctor', 'admin']);
export type StaffRole = z.infer<typeof StaffRole>;

/** A member of the staff, as the sign-in page shows them. */
export const StaffFace = z.object({
  id: Id,
  name: z.string(),
  role: StaffRole,
  /** Their PIN is enough here: they gave their password at this desk since it was started, and not too long ago. */
  quick: z.boolean(),
  /** When they last signed in at this desk. */
  lastHere: Instant.nullable(),
});
export type StaffFace = z.infer<typeof StaffFace>;

/**
 * Who is at this seat. `open`: nobody of the clinic can sign in yet, and whoever is here may do everything.
 * `signed_out`: nobody. `locked`: somebody, behind a lock that a PIN or password opens. `enrol`: somebody whose role
 * needs a second factor and who has none yet; they may do nothing else before. `signed_in`: somebody.
 */
export const DoorState = z.enum(['open', 'signed_out', 'locked', 'enrol', 'signed_in']);
export type DoorState = z.infer<typeof DoorState>;

/** All that somebody who has not signed in is told. */
export const Door = z.object({
  state: DoorState,
  clinicName: Bilingual,
  clinicKind: z.enum(['human', 'veterinary']),
  /** Who is here, or behind the lock. */
  person: z.object({ id: Id, name: z.string(), role: StaffRole }).nullable(),
  /** Who may sign in: those who were here last come first, then by name. */
  people: z.array(StaffFace),
  /** The screen locks after so many minutes without a touch. */
  idleMinutes: z.int(),
  /** Whether the desk is connected to central; signing in works without. */
  online: z.boolean(),
});
export type Door = z.infer<typeof Door>;

/** Who has come in, and whether they have to enrol a second factor before anything else. */
export const SignedIn = z.object({ userId: Id, enrol: z.boolean() });
export type SignedIn = z.infer<typeof SignedIn>;

/** A password for this clinic; the rule is length and that it is none of the most common (NIST SP 800-63B). */
export const NewPassword = z.string().min(10).max(200);
/** Four to eight digits. */
export const Pin = z.string().regex(/^\d{4,8}$/);

/** A time that somebody was signed in somewhere. */
export const StaffSession = z.object({
  id: Id,
  userId: Id,
  deskId: Id,
  /** The desk's name where this desk knows it. */
  deskName: z.string().nullable(),
  method: z.enum(['password', 'pin']),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** This is the one that asks. */
  current: z.boolean(),
});
export type StaffSession = z.infer<typeof StaffSession>;

/** A person's own account. */
export const MyAccount = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: StaffRole,
  pinSet: z.boolean(),
  /** `required`: the clinic asks it of this role and it is not set up yet. */
  secondFactor: z.enum(['off', 'on', 'required']),
  recoveryCodesLeft: z.int(),
  /** Those that have not ended, newest first. */
  sessions: z.array(StaffSession),
});
export type MyAccount = z.infer<typeof MyAccount>;
