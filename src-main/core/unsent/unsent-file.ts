import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { ChangeRow, Refusal } from '../../contract/change.ts';
import { Id, Instant } from '../../contract/values.ts';
import { AgeFileFault, decryptStream, encryptingFor } from '../age-file.ts';
import type { TravellingChange, TravellingRefusal } from '../replica/adopt.ts';
import { replicatedTables } from '../replica/tables.ts';

/*
 * A file of unsent changes: JSON lines, encrypted in age's format. The first says from where they come; each other one
 * holds a change, an entry of the inbox, a piece of a message's file, or the name of one that is missing.
 */

const Row = z
  .looseObject({ table: z.string(), id: Id })
  .refine((row) => replicatedTables.has(row.table) && ('insert' in row || ('set' in row && 'was' in row)));

const isRowsText = (text: string): boolean => {
  try {
    const read: unknown = JSON.parse(text);
    // What would be written otherwise would not be what was signed.
    return z.array(Row).min(1).safeParse(read).success && JSON.stringify(read) === text;
  } catch {
    return false;
  }
};

const Change = z.object({
  changeId: Id,
  kind: z.string().max(100),
  actor: Id.nullable(),
  at: Instant,
  rowsText: z.string().refine(isRowsText),
  sessionId: Id.nullable(),
  proof: z.string().max(200).nullable(),
  fence: z.string().max(40).nullable().default(null),
  madeBy: Id.nullable().default(null),
});

const ChangedRow = z.custom<ChangeRow>((row) => Row.safeParse(row).success);

const Entry = z.object({
  changes: z
    .array(
      z.object({
        changeId: Id,
        kind: z.string().max(100),
        actor: Id.nullable(),
        at: Instant,
        rows: z.array(ChangedRow),
      }),
    )
    .min(1),
  refusal: z.custom<Refusal>((refusal) => z.looseObject({ code: z.string() }).safeParse(refusal).success),
  refusedAt: Instant,
});

const Head = z.object({
  format: z.literal('anteroom-unsent'),
  version: z.literal(1),
  clinicId: Id,
  deskId: Id,
  deskName: z.string(),
  writtenAt: Instant,
});
export type UnsentHead = z.infer<typeof Head>;

const Line = z.union([
  z.object({ change: Change }),
  z.object({ refusal: Entry }),
  z.object({ file: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.base64(), more: z.boolean() }),
  z.object({ missing: z.string() }),
]);

/** What a file brings, besides the bytes of its files. */
export interface Unsent {
  head: UnsentHead;
  changes: TravellingChange[];
  refusals: TravellingRefusal[];
  missingFiles: string[];
  files: number;
}

/** A file that is to go along. */
export interface TravellingFile {
  sha256: string;
  bytes: Buffer;
}

/** Writes a file of unsent changes whole, or leaves none. Throws what the system says. */
export const writeUnsent = async (
  file: string,
  passphrase: string,
  unsent: Omit<Unsent, 'files'>,
  files: AsyncIterable<TravellingFile>,
): Promise<void> => {
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.from(linesOf(unsent, files), { objectMode: false }),
      encryptingFor(passphrase),
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    );
    await rename(part, file);
  } catch (fault) {
    await rm(part, { force: true });
    throw fault;
  }
};

/** A multiple of three, so that each piece of base64 stands alone. */
const pieceBytes = 768 * 1024;

async function* linesOf(
  { head, changes, refusals, missingFiles }: Omit<Unsent, 'files'>,
  files: AsyncIterable<TravellingFile>,
): AsyncGenerator<Buffer> {
  const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);
  yield line(head);
  for (const change of changes) yield line({ change });
  for (const refusal of refusals) yield line({ refusal });
  for (const missing of missingFiles) yield line({ missing });
  for await (const { sha256, bytes } of files) {
    for (let at = 0; at === 0 || at < bytes.length; at += pieceBytes) {
      const piece = bytes.subarray(at, at + pieceBytes).toString('base64');
      yield line({ file: sha256, bytes: piece, more: at + pieceBytes < bytes.length });
    }
  }
}

/** Why a file is not taken. */
export type UnsentFault = 'file_unreadable' | 'wrong_passphrase' | 'another_clinic';

/** What is done with the bytes of each file of a message. */
type Keep = (bytes: Buffer) => Promise<unknown>;

/**
 * Reads a file of this clinic to its end. What it gives is genuine: made by somebody who has the passphrase, and whole.
 */
export const readUnsentFile = async (
  file: string,
  passphrase: string,
  clinicId: string | null,
  keep: Keep = async () => undefined,
): Promise<Unsent | UnsentFault> => {
  try {
    return await readLines(await decryptStream(createReadStream(file), passphrase), clinicId, keep);
  } catch (fault) {
    if (fault instanceof AgeFileFault) {
      return fault.fault === 'wrong_passphrase' ? 'wrong_passphrase' : 'file_unreadable';
    }
    if (fault instanceof z.ZodError || fault instanceof SyntaxError) return 'file_unreadable';
    if (fault instanceof Error && 'syscall' in fault) return 'file_unreadable';
    throw fault;
  }
};

const readLines = async (
  plain: AsyncIterable<Buffer>,
  clinicId: string | null,
  keep: Keep,
): Promise<Unsent | 'another_clinic'> => {
  const read: Omit<Unsent, 'head'> = { changes: [], refusals: [], missingFiles: [], files: 0 };
  let head: UnsentHead | null = null;
  let pieces: Buffer[] = [];
  for await (const text of splitLines(plain)) {
    const value: unknown = JSON.parse(text);
    if (!head) {
      head = Head.parse(value);
      if (head.clinicId !== clinicId) return 'another_clinic';
      continue;
    }
    const line = Line.parse(value);
    if ('change' in line) read.changes.push(line.change);
    else if ('refusal' in line) read.refusals.push(line.refusal);
    else if ('missing' in line) read.missingFiles.push(line.missing);
    else {
      pieces.push(Buffer.from(line.bytes, 'base64'));
      if (line.more) continue;
      read.files += 1;
      await keep(Buffer.concat(pieces));
      pieces = [];
    }
  }
  return { head: Head.parse(head), ...read };
};

async function* splitLines(plain: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of plain) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
