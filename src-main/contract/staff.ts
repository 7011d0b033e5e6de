import { z } from 'zod';
import { Role, StaffRole } from './session.ts';
import { Id, Instant } from './values.ts';

/**
 * How far somebody's account is. `invited`: no password was chosen yet, or a new one must be. `locked`: too many wrong
 * passwords, for a while. `deactivated`: signs in nowhere, and what they did stays.
 */
export const StaffState = z.enum(['invited', 'active', 'locked', 'deactivated']);
export type StaffState = z.infer<typeof StaffState>;

/** A member of the staff, for whoever manages them. */
export const StaffMember = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  username: z.string().nullable(),
  role: StaffRole,
  state: StaffState,
  /** Set while `locked`. */
  lockedUntil: Instant.nullable(),
  lastLoginAt: Instant.nullable(),
  secondFactor: z.boolean(),
  /** Sessions that have not ended, at all desks. */
  openSessions: z.int(),
  /** The doctor that this account is of. */
  doctorId: Id.nullable(),
});
export type StaffMember = z.infer<typeof StaffMember>;

/** An e-mail address, as accounts are unique by it whatever its case. */
export const AccountEmail = z.email().max(255);
/** Letters, digits and `. _ -`; unique in the clinic. Empty is none. */
export const Username = z.union([z.literal(''), z.string().regex(/^[a-z0-9][a-z0-9._-]{1,99}$/)]);

const name = z.string().trim().min(1).max(200);

/** An account as it is typed. */
export const StaffInput = z.object({
  name,
  email: AccountEmail,
  username: Username.default(''),
  role: StaffRole,
  doctorId: Id.nullable().default(null),
});
export type StaffInput = z.input<typeof StaffInput>;

/** Why a mail was not sent. */
export const MailFault = z.enum([
  'unreachable',
  'silent',
  'untrusted',
  'no_tls',
  'refused_login',
  'refused_sender',
  'refused_recipient',
  'refused',
  'no_password',
]);
export type MailFault = z.infer<typeof MailFault>;

/** What became of the mail with a code. `off`: no mail is set up at this desk, or it was not asked for. */
export const MailOutcome = z.union([
  z.object({ mail: z.literal('sent'), to: z.string() }),
  z.object({ mail: z.literal('failed'), to: z.string(), fault: MailFault }),
  z.object({ mail: z.literal('off') }),
]);
export type MailOutcome = z.infer<typeof MailOutcome>;

/** What a code is for: a first password, or a new one in place of one that was lost. */
export const CodePurpose = z.enum(['invite', 'reset_password']);
export type CodePurpose = z.infer<typeof CodePurpose>;

/** A code as it is shown, once: whoever types it at a desk chooses the account's password. */
export const StaffCode = z.object({
  userId: Id,
  name: z.string(),
  role: Role,
  purpose: CodePurpose,
  /** Four groups of five: `7K2QM-…`. */
  code: z.string(),
  expiresAt: Instant,
  mailed: MailOutcome,
});
export type StaffCode = z.infer<typeof StaffCode>;

/** A code as somebody types it: hyphens, spaces, case, and O for 0 or I and L for 1 do not matter. */
export const TypedCode = z.string().trim().min(1).max(60);

/** The clinic's own rules for signing in. */
export const SecurityPolicy = z.object({
  /** The screen locks after so many minutes without a touch. */
  idleMinutes: z.int().min(1).max(60),
  /** Who needs a second factor beside the password. */
  secondFactorRoles: z.array(StaffRole),
});
export type SecurityPolicy = z.infer<typeof SecurityPolicy>;
