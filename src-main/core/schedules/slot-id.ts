import { v5 } from 'uuid';

/** Names the ids of slots among all names. */
const SLOTS = '0192f6c4-7d5e-7b1a-9c3f-5a1d2e8b4c60';

/**
 * The id of a slot, made from what no two slots share: its doctor, start and end (epoch milliseconds). Two desks that
 * make the same slot apart so make the same row, and whichever comes second to central changes nothing.
 */
export const slotId = (doctorId: string, start: number, end: number): string =>
  v5(`${doctorId}/${start}/${end}`, SLOTS);
