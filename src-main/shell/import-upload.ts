import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { refuse } from '../contract/errors.ts';
import { type FileAnswer, json } from './files.ts';

/** Where a file is given that is to be imported: of any size, so it goes to disk as it comes. */
export const IMPORT_PATH = '/files/import';

const Placed = z.object({ ok: z.literal(true), value: z.object({ file: z.string(), path: z.string() }) });

/**
 * Writes a file that is to be imported to where the core has said in `placed`, its answer to the request without the
 * bytes, and answers what it is named. A refusal goes through as it is. What broke off is removed.
 */
export const receiveImport = async (placed: FileAnswer, bytes: Readable): Promise<FileAnswer> => {
  const place = placed.status === 200 ? Placed.safeParse(JSON.parse(String(placed.body))) : null;
  if (!place?.success) {
    // Whoever still sends reads the answer only when all of it is gone.
    bytes.resume();
    return placed;
  }
  const { file, path } = place.data.value;
  try {
    await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return json(200, { ok: true, value: { file } });
  } catch (fault) {
    await rm(path, { force: true });
    const isFull = fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC';
    return isFull ? json(200, refuse('disk_full')) : json(500, refuse('internal', { call: 'import' }));
  }
};
