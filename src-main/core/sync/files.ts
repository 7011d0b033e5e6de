import type { FileState } from '../../contract/message.ts';
import { getAttachment, missingAttachments, putAttachment } from '../central/attachments.ts';
import { type CentralConnection, connectCentral } from '../central/connect.ts';
import type { Log } from '../log.ts';
import type { Replica } from '../replica/open.ts';
import { type FileStore, sha256Of } from '../store/file-store.ts';
import { retryDelay } from './back-off.ts';
import { Waker } from './waker.ts';

export interface FileExchangeOptions {
  replica: Replica;
  store: FileStore;
  /** The desk's own connection URL, as it is now; a secret. */
  url(): string;
  log: Log;
  random(): number;
  /** Whether the engine has a connection now. */
  connected(): boolean;
  /** Calls `listener` when that may have changed; returns how to stop. */
  onState(listener: () => void): () => void;
}

/** A file that is being fetched. */
interface Fetch {
  size: number;
  done: number;
}

/** A large file over a slow line; the pieces that are read are small, the one that is sent is the whole file. */
const statementMs = 300_000;
const restMs = 60_000;
const asked = 500;

/**
 * Carries the bytes of files between this desk's store and central, on a connection of its own beside the engine's, so
 * that no booking waits behind a photograph. What this desk has and central lacks is sent as soon as central knows of
 * the message; what this desk lacks is fetched when somebody asks. A file that was cut off begins anew.
 */
export class FileExchange {
  readonly #options: FileExchangeOptions;
  readonly #waker = new Waker();
  readonly #fetches = new Map<string, Fetch>();
  /** Files that central has, as far as it was asked on this connection of the engine. */
  readonly #atCentral = new Set<string>();
  /** Files that central was asked for and did not have. */
  readonly #notSent = new Set<string>();
  readonly #stops: (() => void)[];
  #connection: CentralConnection | undefined;
  #wasConnected = false;
  #failures = 0;
  #closed = false;
  readonly #running: Promise<void>;

  constructor(options: FileExchangeOptions) {
    this.#options = options;
    this.#stops = [
      options.onState(() => this.#onState()),
      options.replica.onTablesChanged((tables) => {
        if (tables.has('attachments') || tables.has('outbox')) this.#waker.wake();
      }),
    ];
    this.#running = this.#run();
    this.#onState();
  }

  /** How many bytes a file of this desk has; null where it is not here. */
  sizeOf(sha256: string): number | null {
    return this.#options.store.sizeOf(sha256);
  }

  /** The bytes of a file of this desk, if they are what was stored. */
  async read(sha256: string): Promise<Buffer | null> {
    const read = await this.#options.store.read(sha256);
    return read.state === 'here' ? read.bytes : null;
  }

  /** Keeps some bytes here, and sends them where central lacks them. */
  async put(bytes: Uint8Array): Promise<string> {
    const sha256 = await this.#options.store.put(bytes);
    this.#waker.wake();
    return sha256;
  }

  /** Where a file is, as far as is known here. */
  state({ sha256 }: { sha256: string }): FileState {
    const online = this.#options.connected();
    const fetch = this.#fetches.get(sha256);
    const progress = fetch ? { done: fetch.done, total: fetch.size } : null;
    return { state: this.#where(sha256, online), progress, online };
  }

  #where(sha256: string, online: boolean): FileState['state'] {
    const { store } = this.#options;
    if (store.has(sha256)) return 'here';
    if (this.#fetches.has(sha256)) return 'fetching';
    const hopeless = !online || this.#notSent.has(sha256);
    if (store.isDamaged(sha256) && hopeless) return 'damaged';
    return this.#notSent.has(sha256) ? 'not_sent' : 'away';
  }

  /** Begins to fetch a file, if there is a connection. */
  fetch({ sha256, size }: { sha256: string; size: number }): void {
    if (!this.#options.connected() || this.#options.store.has(sha256)) return;
    this.#notSent.delete(sha256);
    if (!this.#fetches.has(sha256)) this.#fetches.set(sha256, { size, done: 0 });
    this.#tell();
    this.#waker.wake();
  }

  stopFetching(sha256: string): void {
    if (this.#fetches.delete(sha256)) this.#tell();
  }

  /** Cuts what is under way; what was not sent is sent after the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#connection?.destroy();
    this.#waker.wake();
    await this.#running;
  }

  #tell(): void {
    this.#options.replica.announce(new Set(['files']));
  }

  #onState(): void {
    const connected = this.#options.connected();
    if (connected === this.#wasConnected) return;
    this.#wasConnected = connected;
    // Central may be another one, or come from a backup, when the desk meets it again.
    this.#atCentral.clear();
    this.#notSent.clear();
    if (!connected) {
      this.#fetches.clear();
      this.#connection?.destroy();
    }
    this.#tell();
    this.#waker.wake();
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      const pause = this.#failures > 0 ? retryDelay(this.#failures, this.#options.random()) : restMs;
      await this.#waker.sleep(pause);
      if (this.#closed || !this.#options.connected()) continue;
      if (this.#fetches.size > 0 || this.#unsent().length > 0) await this.#exchange();
    }
  }

  async #exchange(): Promise<void> {
    const connected = await connectCentral(this.#options.url(), {
      application: 'anteroom-files',
      statementTimeoutMs: statementMs,
    });
    if (!connected.ok) {
      this.#failures += 1;
      return;
    }
    const central = connected.value;
    this.#connection = central;
    try {
      do {
        await this.#fetchAll(central);
      } while ((await this.#sendNext(central)) || this.#fetches.size > 0);
      this.#failures = 0;
    } catch (fault) {
      // Cut on purpose, or by the line: what is left is tried again while the engine has a connection.
      this.#failures += 1;
      if (!central.closed)
        this.#options.log.error('files not exchanged', {
          fault: fault instanceof Error ? fault.name : typeof fault,
        });
    } finally {
      this.#connection = undefined;
      central.destroy();
    }
  }

  async #fetchAll(central: CentralConnection): Promise<void> {
    for (const [sha256, fetch] of this.#fetches) {
      const bytes = await getAttachment(central, { sha256, size: fetch.size }, (done) => {
        fetch.done = done;
        // Nobody waits for it any more.
        if (!this.#fetches.has(sha256)) central.destroy();
        else this.#tell();
      });
      this.#fetches.delete(sha256);
      if (bytes && (await sha256Of(bytes)) === sha256) {
        await this.#options.store.put(bytes);
        this.#atCentral.add(sha256);
      } else this.#notSent.add(sha256);
      this.#tell();
    }
  }

  /** Sends one file that central lacks; false where there is none. */
  async #sendNext(central: CentralConnection): Promise<boolean> {
    const unsent = this.#unsent().slice(0, asked);
    if (unsent.length === 0) return false;
    const missing = new Set(await missingAttachments(central, unsent));
    for (const sha256 of unsent) if (!missing.has(sha256)) this.#atCentral.add(sha256);
    const [next] = missing;
    if (next !== undefined) {
      const read = await this.#options.store.read(next);
      if (read.state === 'here') await putAttachment(central, next, read.bytes);
      else this.#options.log.error('a file cannot be sent', { state: read.state });
      this.#atCentral.add(next);
    }
    return true;
  }

  /** Files of this desk that are part of a message central has answered for, and that central may lack. */
  #unsent(): string[] {
    const maybe = [...this.#options.store.names()].filter((name) => !this.#atCentral.has(name));
    if (maybe.length === 0) return [];
    return this.#options.replica
      .statement(
        `select distinct a.sha256 from attachments a
         where a.deleted_at is null and a.sha256 in (select value from json_each(?))
           and not exists (select 1 from outbox_rows w where w.table_name = 'attachments' and w.row_id = a.id)`,
      )
      .pluck()
      .all(JSON.stringify(maybe)) as string[];
  }
}
