import { z } from 'zod';
import { CalComState } from '../cal-com.ts';
import { call } from '../call.ts';

/** Printable ASCII, as a header takes it. */
const Key = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,200}$/);

/** The key of Cal.com at this desk, and what it opens. */
export const calComCalls = {
  calComState: call({
    summary: 'Whether this desk has a key of Cal.com, and the account and event types as last read here.',
    input: z.object({}),
    output: CalComState,
    right: 'credentials.manage',
    errors: [],
  }),
  setCalComKey: call({
    summary: "Keeps a key of Cal.com in this desk's keychain, once Cal.com has taken it; null takes it away.",
    input: z.object({ key: Key.nullable() }),
    output: CalComState,
    right: 'credentials.manage',
    errors: ['key_refused', 'no_keychain', 'outside_failed'],
  }),
  calComEventTypes: call({
    summary: 'Reads the event types from Cal.com now.',
    input: z.object({}),
    output: CalComState,
    right: 'credentials.manage',
    errors: ['key_refused', 'outside_failed'],
  }),
};
