import { fileBytes, isGzip } from '../file-bytes.ts';
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

  /** `start`: where in the plain text the first of the pieces begins. */
  constructor(pieces: AsyncIterable<Buffer>, start: number) {
    this.#pieces = pieces[Symbol.asyncIterator]();
    this.#before = start;
  }

  /** Opens a dump, plain or compressed by gzip, from byte `start` of its plain text. */
  static async open(path: string, start = 0): Promise<DumpText> {
    // What is packed can only be read from its beginning.
    const from = (await isGzip(path)) ? 0 : start;
    const dump = new DumpText(fileBytes(path, from), from);
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
