import { z } from 'zod';

/** Stored statuses of an appointment (front-desk.md). Confirmed is `scheduled` with `confirmedAt`. */
export const Status = z.enum([
  'held',
  'pending',
  'scheduled',
  'arrived',
  'ready',
  'in_room',
  'completed',
  'cancelled',
  'no_show',
  'left',
]);
export type Status = z.infer<typeof Status>;

/** Statuses that free the slot; every other one is live and takes it. */
export const freeing: readonly Status[] = ['cancelled', 'no_show', 'left'];

/** Whether an appointment of this status takes up its time. */
export const isLive = (status: Status): boolean => !freeing.includes(status);
