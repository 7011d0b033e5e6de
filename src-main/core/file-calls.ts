import { ok, type Result, refuse } from '../contract/errors.ts';
import type { FileKind, StoredFile } from '../contract/message.ts';
import type { Desk, Session } from './desk.ts';
import type { Log } from './log.ts';
import { cleanFileName, kindOfFile } from './messages/file-kind.ts';
import { findFile } from './messages/open-file.ts';
import type { FileStore } from './store/file-store.ts';

/** A file that is handed to a screen. */
export interface GivenFile {
  fileName: string;
  mimeType: FileKind;
  bytes: Buffer;
}

/** What carries bytes, and so cannot be a call of the contract: the shells give these ways of their own. */
export interface FileCalls {
  /**
   * Takes a file into the desk's store, before the message that it belongs to is sent. Needs `messages.write`;
   * `file_refused` tells in `details.reason` why not: empty, too_large, not_allowed, not_what_it_says.
   */
  take(session: Session, fileName: string, bytes: Buffer): Promise<Result<StoredFile>>;
  /** Gives a message's file. Needs `messages.read`; `file_missing` where it has to be fetched, `file_damaged`. */
  give(session: Session, attachmentId: string): Promise<Result<GivenFile>>;
  /** Where a file that is to be imported goes, and how it is named. Needs `clinic.manage`. */
  place(session: Session, fileName: string): Promise<Result<{ file: string; path: string }>>;
}

/** The calls of a desk and its store; none throws. */
export const createFileCalls = (desk: Desk, store: FileStore, log: Log): FileCalls => ({
  take: (session, fileName, bytes) => guarded(log, () => take(store, session, fileName, bytes)),
  give: (session, attachmentId) => guarded(log, () => give(desk, store, session, attachmentId)),
  place: (session, fileName) => guarded(log, async () => place(desk, session, fileName)),
});

const take = async (
  store: FileStore,
  { rights }: Session,
  typedName: string,
  bytes: Buffer,
): Promise<Result<StoredFile>> => {
  if (!rights.has('messages.write')) return refuse('not_allowed', { right: 'messages.write' });
  const fileName = cleanFileName(typedName);
  const kind = kindOfFile(fileName, bytes);
  if (!isKind(kind)) return refuse('file_refused', { reason: kind, fileName });
  return ok({ sha256: await store.put(bytes), fileName, mimeType: kind, sizeBytes: bytes.length });
};

const give = async (
  desk: Desk,
  store: FileStore,
  { rights }: Session,
  attachmentId: string,
): Promise<Result<GivenFile>> => {
  if (!rights.has('messages.read')) return refuse('not_allowed', { right: 'messages.read' });
  const file = findFile(desk, attachmentId);
  if (!file.ok) return file;
  const { sha256, fileName } = file.value;
  const read = await store.read(sha256);
  if (read.state !== 'here') {
    desk.replica.announce(new Set(['files']));
    return refuse(read.state === 'missing' ? 'file_missing' : 'file_damaged', { fileName });
  }
  // Once more by its bytes: what a row says of a file may have come from anywhere.
  const kind = kindOfFile(fileName, read.bytes);
  if (!isKind(kind)) return refuse('file_refused', { reason: kind, fileName });
  return ok({ fileName, mimeType: kind, bytes: read.bytes });
};

const place = (desk: Desk, { rights }: Session, fileName: string) => {
  if (!rights.has('clinic.manage')) return refuse('not_allowed', { right: 'clinic.manage' });
  if (!desk.importFiles) return refuse('internal', { call: 'import' });
  return ok(desk.importFiles.place(desk.newId(), cleanFileName(fileName)));
};

const isKind = (kind: ReturnType<typeof kindOfFile>): kind is FileKind => kind.includes('/');

const guarded = async <T>(log: Log, work: () => Promise<Result<T>>): Promise<Result<T>> => {
  try {
    return await work();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (code === 'ENOSPC') return refuse('disk_full');
    log.error('file call failed', { fault: fault instanceof Error ? `${fault.name} ${code}` : typeof fault });
    return refuse('internal', { call: 'file' });
  }
};
