import type { Dug } from './dig.ts';
import { OwnRows } from './own-rows.ts';
import type { FoundRow } from './patchwork.ts';
import type { Scanned } from './scan-own.ts';

/** What was found, and what is known to have been there. */
export interface Account {
  rows: OwnRows;
  /** Unsent changes and entries of the inbox that are known to have been there and could not be read. */
  lost: number;
  /** Whether that is all that is missing; false where nothing tells. */
  lostKnown: boolean;
  /** Whether what is set at this desk could be read whole: among it, whether it was switched off. */
  settingsWhole: boolean;
}

/** Part of the log could not be read by SQLite itself. */
interface LogCut {
  /** The log or its index says that there was more than the log holds now. */
  isShort: boolean;
}

/** The account of a file whose log was read to its end by SQLite, or is read as part of it. */
export const accountOfFile = (scanned: Scanned, dug: Dug | null): Account => {
  const rows = new OwnRows();
  if (dug) {
    // What lies on a page that was let go may have been answered long ago.
    const isAnswered = (id: unknown) =>
      [scanned.rows, dug.inFile].some((each) => each.has('acknowledged', id));
    for (const row of dug.inFile.rows('outbox')) {
      const isLeft = scanned.seqs?.has(Number(row['desk_seq'])) ?? !isAnswered(row['change_id']);
      if (isLeft) rows.add('outbox', row);
    }
    for (const row of dug.inFile.rows('refusals')) {
      if (scanned.refused?.has(String(row['change_id'])) ?? true) rows.add('refusals', row);
    }
    for (const table of ['desk_state', 'desk_settings', 'audit_events', 'acknowledged'] as const) {
      if (!scanned.whole.has(table)) for (const row of dug.inFile.rows(table)) rows.add(table, row);
    }
    rows.addAll(dug.inLog);
  }
  rows.addAll(scanned.rows);
  const seqs = seqsOf(rows);
  const lostChanges = scanned.seqs
    ? [...scanned.seqs].filter((seq) => !seqs.has(seq)).length
    : gapsIn(rows, dug);
  const lostEntries = [...(scanned.refused ?? [])].filter((id) => !rows.has('refusals', id)).length;
  return {
    rows,
    lost: lostChanges + lostEntries,
    lostKnown: scanned.seqs !== null && scanned.refused !== null,
    settingsWhole: scanned.whole.has('desk_settings'),
  };
};

/** Numbers that are missing among those of the log, which are all of late; nothing tells how many came before. */
const gapsIn = (rows: OwnRows, dug: Dug | null): number => {
  const late = dug ? [...seqsOf(dug.inLog)] : [];
  const seqs = seqsOf(rows);
  const end = Math.max(nextSeq(rows) ?? 0, ...late.map((seq) => seq + 1));
  let missing = 0;
  for (let seq = Math.min(...late); seq < end; seq += 1) if (!seqs.has(seq)) missing += 1;
  const answered = dug?.inLog.rows('acknowledged').filter((row) => !rows.has('outbox', row['change_id']));
  return Math.max(0, missing - (answered?.length ?? 0));
};

/** The account of what came after the point to which SQLite reads the log. */
export const accountWithLog = (scanned: Scanned, dug: Dug, { isShort }: LogCut): Account => {
  const upTo = accountOfFile(scanned, dug);
  const rows = new OwnRows();
  rows.addAll(upTo.rows);
  rows.addAll(dug.inLog);
  const seqs = seqsOf(rows);
  const first = nextSeq(scanned.rows);
  const next = Math.max(nextSeq(rows) ?? 0, ...[...seqs].map((seq) => seq + 1));
  let missing = 0;
  for (let seq = first ?? next; seq < next; seq += 1) if (!seqs.has(seq)) missing += 1;
  // What central had answered by then has left the outbox, and stands among what was acknowledged.
  const settled = dug.inLog
    .rows('acknowledged')
    .filter(
      ({ change_id }) => !scanned.rows.has('acknowledged', change_id) && !rows.has('outbox', change_id),
    );
  return {
    rows,
    lost: upTo.lost + Math.max(0, missing - settled.length),
    lostKnown: upTo.lostKnown && first !== null && !isShort && dug.unreadInLog <= 1,
    settingsWhole: false,
  };
};

const seqsOf = (rows: OwnRows): Set<number> =>
  new Set(rows.rows('outbox').map(({ desk_seq }) => Number(desk_seq)));

/** The number that the next change would have had. */
const nextSeq = (rows: OwnRows): number | null => {
  const [state]: FoundRow[] = rows.rows('desk_state');
  return state ? Number(state['next_seq']) : null;
};
