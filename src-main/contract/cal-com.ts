import { z } from 'zod';
import { Instant } from './values.ts';

/** Whose Cal.com the key opens. */
export const CalComAccount = z.object({
  name: z.string().nullable(),
  username: z.string(),
  email: z.string(),
});
export type CalComAccount = z.infer<typeof CalComAccount>;

/** What can be booked at Cal.com, as it is called there. */
export const CalComEventType = z.object({
  id: z.int(),
  slug: z.string(),
  title: z.string(),
  /** The lengths that can be booked, in minutes; the usual one first. */
  minutes: z.array(z.int().min(1)).min(1),
  /** Who is booked by it, by user name there. */
  hosts: z.array(z.string()),
  /** Whether a booking of it waits until the clinic says yes. */
  confirmed: z.boolean(),
});
export type CalComEventType = z.infer<typeof CalComEventType>;

/** What this desk has of Cal.com. */
export const CalComState = z.object({
  /** Whether the key is in the keychain here, so that this desk can run the integration. */
  keySet: z.boolean(),
  account: CalComAccount.nullable(),
  /** As last read at this desk. */
  eventTypes: z.array(CalComEventType),
  readAt: Instant.nullable(),
});
export type CalComState = z.infer<typeof CalComState>;
