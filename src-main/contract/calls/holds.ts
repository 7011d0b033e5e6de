import { z } from 'zod';
import { call } from '../call.ts';
import { Id } from '../values.ts';

const place = z.object({
  slotId: Id,
  visitTypeId: Id.optional(),
  durationMinutes: z.int().min(5).max(720).optional(),
});
const takingSlot = [
  'not_found',
  'slot_taken',
  'slot_blocked',
  'slot_kept',
  'does_not_fit',
  'in_the_past',
] as const;

/** The time that an open booking form stands on. */
export const holdCalls = {
  hold: call({
    summary:
      'Holds a time for five minutes while a form is open, seen by other desks; null without a connection.',
    input: place,
    output: z.object({ holdId: Id.nullable() }),
    right: 'schedule.write',
    errors: [...takingSlot, 'disk_full'],
  }),
  release: call({
    summary: 'Lets a held time go.',
    input: z.object({ holdId: Id }),
    output: z.object({}),
    right: 'schedule.write',
    errors: ['disk_full'],
  }),
  checkPlace: call({
    summary: 'Whether a visit could be booked into a slot now; refuses as `book` would and writes nothing.',
    input: place,
    output: z.object({}),
    right: 'schedule.read',
    errors: [...takingSlot],
  }),
};
