import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceFault } from '../source.ts';

/** A single row or statement that is longer is an open quote. */
const LONGEST = 64 * 1024 * 1024;

/**
 * The text of a dump, read piece by piece. It is held byte for byte, a byte to a character, since all that gives a dump its
 * shape is ASCII: places in it are bytes of the file, and only a value's bytes are ever decoded.
 */
export class DumpText {
  /** What has been read and not yet passed. */
  text = '';
  /** Whether all of the file has been read. */
  ended = false;
  #before: number;
  readonly #pieces: AsyncIterator<Buffer>;

  private constructor(pieces: AsyncIterator<Buffer>, start: number) {
    this.#pieces = pieces;
    this.#before = start;
  }

  /** Opens a dump, plain or compressed by gzip, from byte `start` of its plain text. */
  static async open(path: string, start = 0): Promise<DumpText> {
    const isPacked = await isGzip(path);
    const dump = new DumpText(bytesOf(path, isPacked, isPacked ? 0 : start), isPacked ? 0 : start);
    while (dump.place < start && !dump.ended) {
      await dump.more();
      dump.pass(Math.min(start - dump.place, dump.text.length));
    }
    return dump;
  }

  /** Where in the plain text `text` begins, in bytes. */
  get place(): number {
    return this.#before;
  }

  /** Passes over the first characters. */
  pass(length: number): void {
    this.text = this.text.slice(length);
    this.#before += length;
  }

  /** Reads on; throws where that cannot lead to anything. */
  async more(): Promise<void> {
    const next = await this.#pieces.next();
    if (next.done) this.ended = true;
    else this.text += next.value.toString('latin1');
    if (this.text.length > LONGEST) throw new SourceFault({ code: 'damaged', where: `byte ${this.place}` });
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}

/** The lines of a text file in UTF-8, plain or compressed by gzip. */
export const plainBytes = async (path: string): Promise<AsyncIterable<Buffer>> => {
  const bytes = bytesOf(path, await isGzip(path), 0);
  return { [Symbol.asyncIterator]: () => bytes };
};

async function* bytesOf(path: string, isPacked: boolean, start: number): AsyncGenerator<Buffer, void> {
  const file = createReadStream(path, { start, highWaterMark: 256 * 1024 });
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

const isGzip = async (path: string): Promise<boolean> => {
  const file = await open(path).catch(() => null);
  if (!file) throw new SourceFault({ code: 'file_missing', where: null });
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
};
