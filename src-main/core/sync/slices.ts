import type { PulledRow } from '../central/pull.ts';

/** Rows that are written in one transaction, and the position that they complete, if they complete one. */
export interface Slice {
  rows: PulledRow[];
  cursor: number | null;
}

/** Rows to a slice: about 10 ms of work, so that no call waits long behind it. */
const sliceRows = 200;
/** A commit of more rows than this (a year of slots) is written in several transactions. */
const wholeCommitRows = 1_000;

/**
 * Cuts rows, which come in the order of `rev`, into slices that end between two commits; `end` is the position
 * when all are written. A commit is only cut when it is very large; the cursor passes it with its last slice.
 */
export function* slices(rows: readonly PulledRow[], end: number): Generator<Slice> {
  let slice: PulledRow[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (!row) continue;
    slice.push(row);
    const next = rows[index + 1];
    const commitEnds = next !== undefined && next.rev !== row.rev;
    if (commitEnds && slice.length >= sliceRows) {
      yield { rows: slice, cursor: row.rev };
      slice = [];
    } else if (!commitEnds && next && slice.length >= wholeCommitRows) {
      yield { rows: slice, cursor: null };
      slice = [];
    }
  }
  yield { rows: slice, cursor: end };
}

/** The rows without those of the last `rev`, which may have been cut off by the limit of the pull. */
export const wholeCommits = (rows: readonly PulledRow[]): PulledRow[] => {
  const last = rows.at(-1)?.rev;
  return rows.filter(({ rev }) => rev !== last);
};
