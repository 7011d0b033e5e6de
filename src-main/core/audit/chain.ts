import { createHash } from 'node:crypto';

/**
 * An entry of a clinic's audit as it is stored, its values as text: `before` and `after` as Postgres writes jsonb,
 * instants in milliseconds since 1970, bytes in hexadecimal.
 */
export interface ChainEntry {
  seq: number | null;
  id: string;
  changeId: string | null;
  deskId: string | null;
  actor: string | null;
  sessionId: string | null;
  action: string;
  tableName: string | null;
  rowId: string | null;
  doneAt: string;
  arrivedAt: string;
  before: string | null;
  after: string | null;
  salt: string | null;
  contentHash: string;
  hash: string;
}

type Value = string | null;

/** Values one after the other so that no two lists of them give the same text. */
const asText = (values: readonly Value[]): string =>
  values.map((value) => (value === null ? '-' : `${Buffer.byteLength(value)}:${value},`)).join('');

const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** What the first entry of a clinic follows on. */
export const beginningOf = (clinicId: string): string => sha256(`audit of ${clinicId}`);

/** The hash of what an entry says of its row; with no salt, of what an erasure left of that. */
export const contentHashOf = ({
  salt,
  before,
  after,
}: Pick<ChainEntry, 'salt' | 'before' | 'after'>): string =>
  sha256(Buffer.from(salt ?? '', 'hex'), asText([before, after]));

/** The hash of an entry at a place of the chain: as `take_place` in 0014_audit_rules.sql makes it. */
export const hashOf = (entry: ChainEntry, seq: number, previous: string): string =>
  sha256(
    Buffer.from(previous, 'hex'),
    asText([
      String(seq),
      entry.id,
      entry.changeId,
      entry.deskId,
      entry.actor,
      entry.sessionId,
      entry.action,
      entry.tableName,
      entry.rowId,
      entry.doneAt,
      entry.arrivedAt,
      entry.contentHash,
    ]),
  );
