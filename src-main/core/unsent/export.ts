import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { type ChangeRow, fleetingKinds } from '../../contract/change.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { UnsentHere } from '../../contract/unsent.ts';
import type { Desk, Session } from '../desk.ts';
import { filesOf } from '../desk-files.ts';
import {
  type TravellingChange,
  type TravellingRefusal,
  travellingChanges,
  travellingRefusals,
} from '../replica/adopt.ts';
import { noteEvent } from '../replica/audit-events.ts';
import type { Store } from '../replica/connection.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { type TravellingFile, writeUnsent } from './unsent-file.ts';

/** What this desk has that central has not. */
export const unsentHere = ({ replica }: Desk): CallResult<'unsentHere'> =>
  ok(tally(travellingChanges(replica), travellingRefusals(replica)));

/**
 * What a run of an integration wrote is of the lease of its own desk: central would refuse it from here, and with it what
 * people did on top. The next run makes it anew.
 */
export const isRunsOwn = ({ fence }: TravellingChange): boolean => fence !== null;

/** Changes by kind, in the order in which the first of each was done; what is of no lasting worth is left out, and what runs wrote. */
export const tally = (
  changes: readonly TravellingChange[],
  refusals: readonly TravellingRefusal[],
): UnsentHere => {
  const kinds = new Map<string, number>();
  const lasting = changes.filter((change) => !fleetingKinds.includes(change.kind) && !isRunsOwn(change));
  for (const { kind } of lasting) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const times = [...lasting, ...refusals.flatMap((entry) => entry.changes)].map(({ at }) => at);
  return {
    waiting: [...kinds].map(([kind, count]) => ({ kind, count })),
    refused: refusals.length,
    oldest: times.sort()[0] ?? null,
  };
};

/** Writes what is unsent into a file of a folder. It stays here too. */
export const exportUnsent = async (
  desk: Desk,
  session: Session,
  { folder, passphrase }: ParsedInput<'exportUnsent'>,
): Promise<CallResult<'exportUnsent'>> => {
  if (!isAbsolute(folder)) return refuse('folder_unusable', { folder });
  const { replica } = desk;
  const { clinicId, deskId, deskName } = readDeskState(replica);
  if (clinicId === null || deskId === null) return refuse('not_ready');
  const writtenAt = desk.now();
  const changes = travellingChanges(replica);
  const refusals = travellingRefusals(replica);
  const { there, missingFiles } = await sortFiles(desk, filesToGo(replica, changes));
  const head = {
    format: 'anteroom-unsent',
    version: 1,
    clinicId,
    deskId,
    deskName: deskName ?? '',
    writtenAt,
  } as const;
  const file = join(folder, fileName(deskName ?? '', writtenAt));
  const files = async function* (): AsyncGenerator<TravellingFile> {
    for (const sha256 of there) {
      const bytes = await filesOf(desk).read(sha256);
      if (bytes) yield { sha256, bytes };
    }
  };
  const written = await onDisk(folder, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeUnsent(file, passphrase, { head, changes, refusals, missingFiles }, files());
  });
  if (!written.ok) return written;
  noteEvent(desk, session, { action: 'export', details: { what: 'unsent', changes: changes.length } });
  return ok({ ...tally(changes, refusals), file, files: there.length, missingFiles });
};

export const fileNamePattern = /^anteroom-unsent-.*\.age$/;

const fileName = (deskName: string, writtenAt: string): string => {
  const desk = deskName.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return `anteroom-unsent-${desk || 'desk'}-${writtenAt.slice(0, 19).replaceAll(/[:T]/g, '-')}.age`;
};

const onDisk = async (folder: string, work: () => Promise<void>): Promise<Result<null>> => {
  try {
    await work();
    return ok(null);
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    const isFull = fault.code === 'ENOSPC' || fault.code === 'EDQUOT';
    return isFull ? refuse('disk_full') : refuse('folder_unusable', { folder });
  }
};

interface NamedFile {
  sha256: string;
  fileName: string;
}

/** A file goes to central right after its message: one of the last day before the line went may not be there yet. */
const maybeUnsentMs = 86_400_000;

/** The files of messages that central may lack. */
const filesToGo = (store: Store, changes: readonly TravellingChange[]): NamedFile[] => {
  const since = (readDeskState(store).lastContactAt ?? 0) - maybeUnsentMs;
  const answered = store
    .statement(`select rows from acknowledged where outcome = 'applied' and acknowledged_at >= ?`)
    .pluck()
    .all(since) as string[];
  const found = new Map<string, NamedFile>();
  for (const text of [...answered, ...changes.map(({ rowsText }) => rowsText)]) {
    if (!text.includes('"attachments"')) continue;
    for (const row of JSON.parse(text) as ChangeRow[]) {
      if (row.table !== 'attachments' || !('insert' in row)) continue;
      const { sha256, file_name } = row.insert;
      if (typeof sha256 === 'string') found.set(sha256, { sha256, fileName: String(file_name) });
    }
  }
  return [...found.values()];
};

/** Which of them are here, and the names of those that are not. Central has those that were sent before. */
const sortFiles = async (
  desk: Desk,
  files: readonly NamedFile[],
): Promise<{ there: string[]; missingFiles: string[] }> => {
  const there: string[] = [];
  const missingFiles: string[] = [];
  for (const { sha256, fileName } of files) {
    if (filesOf(desk).sizeOf(sha256) === null) missingFiles.push(fileName);
    else there.push(sha256);
  }
  return { there, missingFiles };
};
