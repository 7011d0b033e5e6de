import { createHash } from 'node:crypto';

/** The first id that a UUIDv7 of this instant can have: the ids of later messages are greater. Epoch milliseconds. */
export const firstIdAt = (ms: number): string => withTime(ms, '0'.repeat(20));

/** The instant of a UUIDv7, in epoch milliseconds. */
export const timeOfId = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/**
 * The id of an imported message: a UUIDv7 that follows from the document's `_id` and the time it was sent, so that two
 * desks that take the same file make the same rows, and messages stand in the order in which they were sent.
 */
export const importedId = (sourceId: string, sentAt: number): string =>
  withTime(sentAt, createHash('sha256').update(sourceId).digest('hex').slice(0, 20));

/** 48 bits of time, then version 7 and variant, filled up from 20 hexadecimal digits. */
const withTime = (ms: number, filling: string): string => {
  const time = Math.min(Math.max(Math.trunc(ms), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  const variant = ((Number.parseInt(filling.slice(3, 4), 16) & 3) | 8).toString(16);
  const hex = `${time}7${filling.slice(0, 3)}${variant}${filling.slice(4, 19)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** The ObjectId that a message of ours has as a document: its second, then the random half of its UUID. */
export const objectIdOf = (id: string): string =>
  Math.floor(timeOfId(id) / 1000)
    .toString(16)
    .padStart(8, '0')
    .slice(-8) + id.replaceAll('-', '').slice(16);
