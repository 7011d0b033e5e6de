import { type FileTrouble, fileTrouble, freeBytes } from './file-fault.ts';

/** How often a file that could not be written is tried again. */
const tryEveryMs = 2_000;

/**
 * Whether a replica's file can be written, as far as anybody met the contrary. Whoever catches a fault of the file tells
 * it here (`met`); from then on the file is tried every two seconds, and the trouble is over once a write goes through.
 */
export class Health {
  readonly #file: string;
  readonly #tryWriting: () => void;
  readonly #listeners = new Set<(trouble: FileTrouble | null) => void>();
  #trouble: FileTrouble | null = null;
  /** So many bytes have to be free before writing is tried again. */
  #roomWanted = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `tryWriting` writes to the file and flushes it, or throws. */
  constructor(file: string, tryWriting: () => void) {
    this.#file = file;
    this.#tryWriting = tryWriting;
  }

  /** What keeps the file from being written now. */
  get trouble(): FileTrouble | null {
    return this.#trouble;
  }

  /** Calls `listener` when a trouble begins, becomes another one, or is over (null). Returns how to stop. */
  on(listener: (trouble: FileTrouble | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes note of a fault that was caught; answers which trouble it stands for, null where it is not about the file.
   * `roomWanted`, in bytes, is what was being written needs at the least: with less than that free, nothing is tried.
   */
  met(fault: unknown, roomWanted = 0): FileTrouble | null {
    const code = fileTrouble(fault, this.#file);
    if (code === null) return null;
    this.#roomWanted = Math.max(this.#roomWanted, roomWanted);
    if (code !== this.#trouble) this.#set(code);
    return code;
  }

  /** The file was replaced by another one: what was wrong with it is over, unless the disk says otherwise again. */
  replaced(): void {
    if (this.#trouble) this.#set(null);
  }

  /** Tries to write where a trouble stands; answers whether the file is well. */
  tryAgain(): boolean {
    if (!this.#trouble) return true;
    if (this.#roomWanted > 0 && (freeBytes(this.#file) ?? this.#roomWanted) < this.#roomWanted) return false;
    try {
      this.#tryWriting();
    } catch (fault) {
      this.met(fault);
      return false;
    }
    // A write beside a damaged page goes through and heals nothing.
    if (this.#trouble === 'replica_damaged') return false;
    this.#set(null);
    return true;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  #set(trouble: FileTrouble | null): void {
    this.#trouble = trouble;
    if (!trouble) this.#roomWanted = 0;
    clearInterval(this.#timer);
    if (trouble) this.#timer = setInterval(() => this.tryAgain(), tryEveryMs).unref();
    for (const listener of this.#listeners) listener(trouble);
  }
}
