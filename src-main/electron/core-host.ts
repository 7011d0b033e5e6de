import type { MessagePortMain, UtilityProcess } from 'electron';
import type { FileAnswer, FileRequest } from '../shell/files.ts';
import type { DeskOptions } from '../shell/options.ts';
import type { FromCore, ToCore } from './messages.ts';

export interface CoreHostOptions {
  fork: () => UtilityProcess;
  options: DeskOptions;
  /** The core cannot run; the message is for the person. */
  onFailed: (message: string) => void;
  /** A core that had crashed is back; windows need a new line to it. */
  onRestarted: () => void;
  /** Milliseconds since any fixed point. */
  now?: () => number;
}

/** A core that lives shorter than this is not started again. */
const TOO_SHORT_MS = 10_000;
const STOP_LIMIT_MS = 15_000;
const noCore: FileAnswer = { status: 503, headers: {}, body: '' };

/**
 * Keeps the core's process running. What a person was told is saved is on disk, so after a crash a new core goes
 * on where the old one stood.
 */
export class CoreHost {
  readonly #options: CoreHostOptions;
  readonly #now: () => number;
  #process: UtilityProcess | undefined;
  #stopping = false;
  /** Who waits for a file's answer, by the number of the question. */
  readonly #asking = new Map<number, (answer: FileAnswer) => void>();
  #asked = 0;

  constructor(options: CoreHostOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get running(): boolean {
    return this.#process !== undefined;
  }

  start(): void {
    const startedAt = this.#now();
    const core = this.#options.fork();
    this.#process = core;
    core.on('message', (message: FromCore) => {
      if (message.kind === 'file') return this.#answered(message.id, message.answer);
      if (message.kind !== 'failed') return;
      this.#stopping = true;
      this.#options.onFailed(message.message);
    });
    core.on('exit', (code) => {
      this.#process = undefined;
      for (const id of this.#asking.keys()) this.#answered(id, noCore);
      if (!this.#stopping) this.#restart(code, this.#now() - startedAt);
    });
    this.#post({ kind: 'open', options: this.#options.options });
  }

  /** Hands the core one end of a channel to a window. */
  connect(port: MessagePortMain): void {
    this.#post({ kind: 'connect' }, [port]);
  }

  /** Asks the core's process about a file of a message; answers 503 when that ends before it could. */
  askFile(request: FileRequest): Promise<FileAnswer> {
    if (!this.#process) return Promise.resolve(noCore);
    return new Promise((resolve) => {
      this.#asked += 1;
      this.#asking.set(this.#asked, resolve);
      this.#post({ kind: 'file', id: this.#asked, request });
    });
  }

  #answered(id: number, answer: FileAnswer): void {
    this.#asking.get(id)?.(answer);
    this.#asking.delete(id);
  }

  /** Lets the core finish what it writes and close; ends it when that takes too long. */
  stop(): Promise<void> {
    this.#stopping = true;
    const core = this.#process;
    if (!core) return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(() => core.kill(), STOP_LIMIT_MS);
      core.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      this.#post({ kind: 'stop' });
    });
  }

  #restart(code: number, livedMs: number): void {
    if (livedMs < TOO_SHORT_MS) {
      this.#stopping = true;
      this.#options.onFailed(
        `The core of Anteroom ended with code ${code} and does not start. Its log says more.`,
      );
      return;
    }
    this.start();
    this.#options.onRestarted();
  }

  #post(message: ToCore, ports: MessagePortMain[] = []): void {
    this.#process?.postMessage(message, ports);
  }
}
