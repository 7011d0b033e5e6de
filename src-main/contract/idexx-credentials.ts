import { z } from 'zod';
import { RunErrorCode } from './integrations.ts';
import { Id, Instant } from './values.ts';

/** `valid` and `invalid` only after a real login that worked or was refused. */
export const LoginStatus = z.enum(['valid', 'invalid', 'unknown']);
export type LoginStatus = z.infer<typeof LoginStatus>;

/** A login of IDEXX Neo as it is typed. */
export const IdexxLogin = z.object({
  username: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(200),
  companyId: z.string().trim().max(100).default(''),
});
export type IdexxLogin = z.infer<typeof IdexxLogin>;

/** How a login went that was tried just now. */
export const LoginCheck = z.object({
  status: LoginStatus,
  /** Why it could not be tried, where that is so. */
  problem: RunErrorCode.nullable(),
});
export type LoginCheck = z.infer<typeof LoginCheck>;

/** Somebody's login at IDEXX Neo: how it stands, and nothing of what it is. */
export const IdexxCredential = z.object({
  userId: Id,
  name: z.string(),
  own: z.boolean(),
  status: LoginStatus,
  lastValidatedAt: Instant.nullable(),
  savedAt: Instant,
  /** Since when the copy at central is under the key that it is under. */
  keyMadeAt: Instant,
  /** Whether this desk has it; `other_server` where it was typed for another server than the clinic reads now. */
  here: z.enum(['yes', 'no', 'other_server']),
});
export type IdexxCredential = z.infer<typeof IdexxCredential>;

export const IdexxCredentials = z.object({
  credentials: z.array(IdexxCredential),
  /** Why this desk can keep no login, with what to install; null where it can. */
  keychainMissing: z.string().nullable(),
});
export type IdexxCredentials = z.infer<typeof IdexxCredentials>;
