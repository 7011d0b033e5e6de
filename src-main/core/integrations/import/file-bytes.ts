import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceFault } from './source.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * The bytes of a file from byte `start`, in pieces; of one that gzip packed, what is in it.
 * @throws `SourceFault`: `file_missing`, or `damaged` where it cannot be read or unpacked to its end.
 */
export async function* fileBytes(path: string, start = 0): AsyncGenerator<Buffer, void> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path, { start, highWaterMark: PIECE_BYTES });
  let source: Readable = file;
  if (isPacked) {
    source = file.pipe(createGunzip());
    file.on('error', (fault) => source.destroy(fault));
  }
  try {
    for await (const piece of source) yield piece as Buffer;
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (code === 'ENOENT') throw new SourceFault({ code: 'file_missing', where: null });
    throw new SourceFault({ code: 'damaged', where: null });
  } finally {
    file.destroy();
  }
}

/** Whether a file begins as gzip's do. */
export const isGzip = async (path: string): Promise<boolean> => {
  const file = await open(path).catch(() => null);
  if (!file) throw new SourceFault({ code: 'file_missing', where: null });
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
};
