import { beginningOf, type ChainEntry, contentHashOf, hashOf } from './chain.ts';

/** What the log says of itself and of its end, read before its entries. */
export interface ChainFacts {
  clinicId: string;
  /** The last entry, as it is kept beside the log; null where nothing was ever written. */
  head: { seq: number; hash: string } | null;
  /** What the last drop says that it dropped; null where nothing was dropped. */
  dropped: { seq: number; hash: string } | null;
  /** What each redacted entry became, by its number, as the erasures themselves say: the hash of what is left. */
  redactions: ReadonlyMap<number, string>;
}

/**
 * How a chain is broken. `changed`: the entry, or the one before it, is not as it was written. `redacted`: something was
 * taken out of it and no erasure did that.
 */
export type BreakKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'redacted';

/** Whether a chain is whole, up to which entry and its hash; or the number of its first broken link and what is wrong. */
export type Verdict =
  | { whole: true; entries: number; last: { seq: number; hash: string } }
  | { whole: false; seq: number; kind: BreakKind };

/** How far ahead an entry is looked for that is not at its place. */
const lookAhead = 1_000;

/** Goes through a clinic's entries, ordered by `seq` (those without one first) and then by `id`, holding few at a time. */
export const verifyChain = async (
  facts: ChainFacts,
  entries: AsyncIterable<ChainEntry>,
): Promise<Verdict> => {
  const start = facts.dropped ?? { seq: 0, hash: beginningOf(facts.clinicId) };
  let last = start;
  const stream = entries[Symbol.asyncIterator]();
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    const entry = next.value;
    const seq = last.seq + 1;
    if (entry.seq !== seq || hashOf(entry, seq, last.hash) !== entry.hash) {
      return { whole: false, ...nameBreak(entry, last, await readSome(stream)) };
    }
    const content = contentFault(entry, seq, facts);
    if (content) return { whole: false, seq, kind: content };
    last = { seq, hash: entry.hash };
  }
  return nameEnd(facts, last) ?? { whole: true, entries: last.seq - start.seq, last };
};

/** What is wrong with what an entry says, if anything is. The salt goes when a person is erased. */
const contentFault = (entry: ChainEntry, seq: number, { redactions }: ChainFacts): BreakKind | null => {
  if (entry.salt !== null) return contentHashOf(entry) === entry.contentHash ? null : 'changed';
  return redactions.get(seq) === contentHashOf(entry) ? null : 'redacted';
};

const nameEnd = ({ head }: ChainFacts, last: { seq: number; hash: string }): Verdict | null => {
  if (!head) return last.seq === 0 ? null : { whole: false, seq: last.seq, kind: 'inserted' };
  if (head.seq > last.seq) return { whole: false, seq: last.seq + 1, kind: 'removed' };
  if (head.seq < last.seq) return { whole: false, seq: head.seq + 1, kind: 'inserted' };
  return head.hash === last.hash ? null : { whole: false, seq: last.seq, kind: 'changed' };
};

const readSome = async (stream: AsyncIterator<ChainEntry>): Promise<ChainEntry[]> => {
  const read: ChainEntry[] = [];
  for (let next = await stream.next(); !next.done; next = await stream.next()) {
    read.push(next.value);
    if (read.length === lookAhead) break;
  }
  return read;
};

/** What became of the entry that belongs after `last`, from what stands in its place and what comes then. */
const nameBreak = (
  found: ChainEntry,
  last: { seq: number; hash: string },
  ahead: readonly ChainEntry[],
): { seq: number; kind: BreakKind } => {
  const seq = last.seq + 1;
  // Without a number, or with one that was there before.
  if (found.seq === null || found.seq < seq) return { seq: found.seq ?? seq, kind: 'inserted' };
  const belongs = ahead.find((entry) => hashOf(entry, seq, last.hash) === entry.hash);
  if (belongs) {
    // Two changed places, or a foreign one pushed the rest back.
    const next = hashOf(found, seq + 1, belongs.hash) === found.hash || followsLater(found, ahead);
    return { seq, kind: next ? 'reordered' : 'inserted' };
  }
  if (found.seq > seq) return { seq, kind: 'removed' };
  if (numbersClosed(found, seq, ahead)) return { seq, kind: 'removed' };
  return { seq, kind: 'changed' };
};

/** Whether an entry is a true one of further down the chain, by what follows there on its hash. */
const followsLater = (found: ChainEntry, ahead: readonly ChainEntry[]): boolean =>
  ahead.some((entry) => entry.seq !== null && hashOf(entry, entry.seq, found.hash) === entry.hash);

/** Whether the numbers were closed over a gap before an entry: it and the next belong together, some places further on. */
const numbersClosed = (found: ChainEntry, seq: number, [next]: readonly ChainEntry[]): boolean =>
  next !== undefined &&
  Array.from({ length: lookAhead }, (_, missing) => seq + missing + 2).some(
    (place) => hashOf(next, place, found.hash) === next.hash,
  );
