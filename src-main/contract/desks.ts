import { z } from 'zod';
import { Id, Instant } from './values.ts';

/** A desk's name, as its clinic's other desks show it. */
export const DeskName = z.string().trim().min(1).max(80);

/**
 * `working`; `disabled`: it may neither read nor send, and shows nobody anything. `wiping`: as disabled, and told to
 * destroy what it holds, which it has not said to have done. `wiped`: it has.
 */
export const DeskStanding = z.enum(['working', 'disabled', 'wiping', 'wiped']);
export type DeskStanding = z.infer<typeof DeskStanding>;

/** A desk of the clinic, as central knows it. */
export const ClinicDesk = z.object({
  id: Id,
  name: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  standing: DeskStanding,
  /** When it last spoke with central; null where it never did. */
  lastContactAt: Instant.nullable(),
  /** The version of Anteroom that it then was. */
  version: z.string().nullable(),
  /** Changes that it had then not sent; once it is wiped, how many were lost with it. */
  waiting: z.int().nullable(),
  disabledAt: Instant.nullable(),
  disabledBy: z.string().nullable(),
  wipedAt: Instant.nullable(),
  keyChangedAt: Instant.nullable(),
  passwordChangedAt: Instant.nullable(),
  /** Slots still to come that are kept for it, for while it has no connection. */
  keptSlots: z.int(),
});
export type ClinicDesk = z.infer<typeof ClinicDesk>;

/** How the change of a secret of this desk stands; `failed` leaves the one before in use. */
export const SecretChange = z.object({
  state: z.enum(['idle', 'running', 'done', 'failed']),
  /** When it was last changed here; null: not since this desk was set up. */
  changedAt: Instant.nullable(),
});
export type SecretChange = z.infer<typeof SecretChange>;

/** This desk's own secrets, of which a screen is told only their age. */
export const OwnSecrets = z.object({
  /** The key lies in a file that anyone with the disk can read. */
  insecure: z.boolean(),
  key: SecretChange,
  password: SecretChange,
});
export type OwnSecrets = z.infer<typeof OwnSecrets>;

/** Whether this desk may be used at all; told to everybody. */
export const OwnStanding = z.object({
  standing: DeskStanding,
  /** When it was disabled, or wiped. */
  since: Instant.nullable(),
  /** The administrator who did it, where that is known. */
  by: z.string().nullable(),
});
export type OwnStanding = z.infer<typeof OwnStanding>;
