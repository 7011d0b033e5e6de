import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { Log } from '../core/log.ts';
import { logTo } from '../core/log.ts';

const NAME = 'anteroom';
/** Ten files of a megabyte at most: months of a quiet desk, hours of one in trouble. */
const FILE_SIZE = '1M';
const OLDER_FILES = 9;
/** After the disk refused a line. */
const AGAIN_MS = 60_000;
/** What is kept in memory for a crash report. */
const RECENT = 60;
/** What is read of the newest files. */
const MOST_BYTES = 512 * 1024;

/** `anteroom.log` is written to; `anteroom.1.log` is the newest of those that are full. */
export const logFileName = (index: number): string => (index === 0 ? `${NAME}.log` : `${NAME}.${index}.log`);

/**
 * The log of a desk as files that take turns, and on standard error. The first file is made with the first line. A disk
 * that takes no line costs that line and nothing else.
 */
export class LogFiles {
  readonly folder: string;
  readonly log: Log;
  readonly #recent: string[] = [];
  #stream: RotatingFileStream | null = null;
  #notBefore = Number.NEGATIVE_INFINITY;

  /** `tee` gets each line as well. */
  constructor(folder: string, tee: (line: string) => void = (line) => void process.stderr.write(line)) {
    this.folder = folder;
    this.log = logTo((line) => {
      tee(line);
      this.#recent.push(line.trimEnd());
      if (this.#recent.length > RECENT) this.#recent.shift();
      this.#open()?.write(line);
    });
  }

  /** The last lines of this run, oldest first. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /** The last lines that lie on disk, oldest first. */
  async read(): Promise<string[]> {
    const [older, newest] = await Promise.all([this.#text(1), this.#text(0)]);
    const text = `${older}${newest}`;
    const cut = text.length > MOST_BYTES;
    const lines = text.slice(-MOST_BYTES).split('\n');
    return lines.slice(cut ? 1 : 0).filter((line) => line !== '');
  }

  /** Resolves when what was logged is written, or could not be. */
  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    this.#notBefore = Number.POSITIVE_INFINITY;
    if (!stream || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.end();
    });
  }

  #open(): RotatingFileStream | null {
    if (this.#stream) return this.#stream;
    if (performance.now() < this.#notBefore) return null;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    } catch {
      this.#rest();
      return null;
    }
    // The library calls it with null for the file that is written to.
    const stream = createStream((index) => logFileName(Number(index ?? 0)), {
      path: this.folder,
      size: FILE_SIZE,
      rotate: OLDER_FILES,
      mode: 0o600,
    });
    stream.on('error', () => this.#rest());
    this.#stream = stream;
    return stream;
  }

  #rest(): void {
    this.#stream = null;
    this.#notBefore = Math.max(this.#notBefore, performance.now() + AGAIN_MS);
  }

  #text(index: number): Promise<string> {
    return readFile(join(this.folder, logFileName(index)), 'utf8').catch(() => '');
  }
}
