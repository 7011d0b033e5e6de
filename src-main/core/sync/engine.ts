import type { CentralFunction } from '../../contract/central.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import type { SyncState } from '../../contract/sync.ts';
import {
  type CentralConnection,
  type ConnectError,
  type Connected,
  centralTrouble,
  connectCentral,
} from '../central/connect.ts';
import { unheededMode } from '../central/trust.ts';
import type { Desk, Session } from '../desk.ts';
import type { Log } from '../log.ts';
import { Asks } from './asks.ts';
import { retryDelay } from './back-off.ts';
import { Contact } from './contact.ts';
import { fixedLogin, type Login } from './login.ts';
import { rebuild, rebuildWorker } from './rebuild.ts';
import { Reports } from './reports.ts';
import { SlotLeases } from './slot-leases.ts';
import { Status } from './status.ts';
import { Turns } from './turns.ts';
import { Waker } from './waker.ts';

export interface EngineOptions {
  /** The desk's own connection URL; a secret. */
  url: string;
  /** How it logs in where that may change while it runs; else by `url` for good. */
  login?: Login;
  log: Log;
  /** A number from 0 up to 1, to spread the desks that come back together. */
  random(): number;
  /** The rebuild thread's program where it is not beside the sources. */
  rebuildWorker?: URL;
  /** How often central is asked though no notice came, in milliseconds. */
  pollMs?: number;
  /** How long central may take for an answer, in milliseconds. */
  answerMs?: number;
}

/** What the state that screens are told is read from. */
const countedTables = ['outbox', 'refusals', 'desk_state', 'desk_settings'];

/** How soon a change that waits for another desk is sent again, should that desk's notice be lost. */
const waitsMs = 250;
/** How often a desk that central turned away asks again. */
const turnedAwayMs = 30_000;

/**
 * Keeps the replica and central in step, from `start` to `close`: one loop that connects, sends, reads and waits
 * for a local write, a notice from another desk, or the next poll. One connection carries all of it: notices
 * arrive on it between two answers, and there is one socket to hold open and to find dead.
 */
export class Engine {
  readonly #desk: Desk;
  readonly #options: EngineOptions;
  readonly #status: Status;
  readonly #asks: Asks;
  readonly #login: Login;
  readonly #reports = new Reports();
  readonly #slotLeases = new SlotLeases();
  /** The loop's own work takes turns with what needs the replica to stand still. */
  readonly #turns = new Turns();
  /** Something is to be sent or read. */
  readonly #work = new Waker();
  /** The person at the desk, or the end of the program, changes what the loop does between connections. */
  readonly #control = new Waker();
  readonly #stopWatching: () => void;
  /** Cuts what is under way: connecting, a query, a rebuild. */
  #cutter = new AbortController();
  #byChoice = false;
  #closed = false;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(desk: Desk, options: EngineOptions) {
    this.#desk = desk;
    this.#options = options;
    this.#status = new Status(desk.replica, desk.now);
    this.#asks = new Asks(desk, options.log);
    this.#login = options.login ?? fixedLogin(options.url);
    const stops = [
      desk.replica.onTablesChanged((tables) => this.#onTablesChanged(tables)),
      desk.replica.health.on((trouble) => {
        this.#status.file(trouble);
        if (trouble === null) this.#control.wake();
        if (trouble === 'replica_damaged') this.#work.wake();
      }),
    ];
    this.#stopWatching = () => {
      for (const stop of stops) stop();
    };
  }

  /** The state now. */
  state(): SyncState {
    return this.#status.read();
  }

  /** Whether central answers now and takes what this desk sends. */
  get online(): boolean {
    return this.#status.online;
  }

  /** Whether the replica has had its first sync. */
  get ready(): boolean {
    return this.#status.ready;
  }

  /** Calls `listener` with each new state. Returns how to stop. */
  onState(listener: (state: SyncState) => void): () => void {
    return this.#status.on(listener);
  }

  /**
   * Runs one of central's functions for whoever is signed in in `session`, or for nobody, in the loop's own turn: after
   * what waits here was sent, and answered when the replica has what the function wrote. `needs_central` while there is no
   * connection, or when it is lost before the answer: then the function may have run, so functions can be called twice.
   */
  ask(session: Session, name: CentralFunction, args: object): Promise<Result<unknown>> {
    if (!this.#status.connected) return Promise.resolve(refuse('needs_central'));
    const answer = this.#asks.add({ session, name, args });
    this.#work.wake();
    return answer;
  }

  /** Runs `work` while nothing is sent, read or answered; what people write here goes on. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(work);
  }

  /** Looks for something to do, as after a local write. */
  wake(): void {
    this.#work.wake();
  }

  start(): void {
    const asked = unheededMode(this.#options.url);
    if (asked)
      this.#options.log.info('the URL asks for less than sslmode=verify-full, not heeded', { asked });
    this.#running = this.#run();
  }

  /** Cuts this desk off on purpose, or lets it connect again. */
  workOffline(offline: boolean): SyncState {
    this.#byChoice = offline;
    this.#status.set(offline ? { byChoice: true, connected: false } : { byChoice: false });
    if (offline) this.#cut();
    this.#control.wake();
    return this.#status.read();
  }

  /** Ends the loop; what was not sent stays in the outbox. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching();
    this.#cut();
    this.#control.wake();
    await this.#running;
  }

  #cut(): void {
    this.#cutter.abort();
    this.#cutter = new AbortController();
    this.#work.wake();
  }

  #onTablesChanged(tables: ReadonlySet<string>): void {
    if (countedTables.some((table) => tables.has(table))) this.#status.announce();
    if (tables.has('outbox') || tables.has('audit_events')) this.#work.wake();
  }

  get #active(): boolean {
    return !this.#closed && !this.#byChoice;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      if (this.#byChoice) await this.#control.sleep(turnedAwayMs);
      else {
        await this.#connectAndServe();
        if (this.#active) await this.#control.sleep(this.#pauseMs());
      }
    }
  }

  /** A desk whose disk takes nothing waits for the disk, which wakes it. */
  #pauseMs(): number {
    const trouble = this.#desk.replica.health.trouble ?? 'replica_damaged';
    return trouble === 'replica_damaged' ? retryDelay(this.#failures, this.#options.random()) : turnedAwayMs;
  }

  async #connectAndServe(): Promise<void> {
    const { signal } = this.#cutter;
    const connected = await this.#connect(signal);
    this.#failures += 1;
    if (!connected.ok) return this.#notConnected(connected.error);
    const central = connected.value;
    const contact = this.#contact(central, signal);
    const cut = () => central.destroy();
    signal.addEventListener('abort', cut);
    try {
      await this.#serve(contact, signal);
    } catch (fault) {
      if (this.#active) this.#interrupted(fault);
    } finally {
      signal.removeEventListener('abort', cut);
      central.destroy();
      contact.end();
    }
  }

  #contact(central: CentralConnection, signal: AbortSignal): Contact {
    return new Contact(central, {
      desk: this.#desk,
      status: this.#status,
      asks: this.#asks,
      login: this.#login,
      reports: this.#reports,
      slotLeases: this.#slotLeases,
      log: this.#options.log,
      heard: () => this.#work.wake(),
      rebuild: (clinicId) => this.#rebuild(clinicId, signal),
    });
  }

  /** Connects by the login that worked last, or, where central refuses that, by another one that may be meant. */
  async #connect(signal: AbortSignal): Promise<Connected> {
    const [first, ...others] = this.#login.urls;
    const options = {
      application: 'anteroom-desk',
      statementTimeoutMs: this.#options.answerMs ?? 10_000,
      signal,
    };
    let connected = await connectCentral(first, options);
    for (const url of others) {
      if (connected.ok || connected.error.code !== 'refused_login') break;
      const again = await connectCentral(url, options);
      if (!again.ok) continue;
      connected = again;
      await this.#login.worked(url);
    }
    return connected;
  }

  #notConnected({ code, trust }: ConnectError): void {
    if (!this.#active) return;
    this.#status.set({ stopped: code === 'refused_login' ? 'refused_login' : trust });
    this.#options.log.info('central not reached', { code, trust, failures: this.#failures });
  }

  #interrupted(fault: unknown): void {
    this.#options.log.error('sync interrupted', { fault: nameOf(fault) });
    this.#desk.replica.health.met(fault);
    const trouble = centralTrouble(fault);
    if (trouble !== null) this.#status.central(trouble);
  }

  /** One connection, from introduction to its end. */
  async #serve(contact: Contact, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = await this.#turns.take(() => contact.step());
      if (next === 'over') return;
      if (next === 'turned_away') return void (await this.#control.sleep(turnedAwayMs));
      if (next === 'more') continue;
      this.#failures = 0;
      await this.#work.sleep(next === 'waits' ? waitsMs : (this.#options.pollMs ?? contact.restMs));
    }
  }

  async #rebuild(clinicId: string, signal: AbortSignal): Promise<void> {
    await rebuild(this.#desk, {
      url: this.#login.urls[0],
      clinicId,
      worker: this.#options.rebuildWorker ?? rebuildWorker,
      onProgress: (progress) => this.#status.set({ progress }),
      signal,
    });
    this.#status.set({ progress: null });
  }
}

/** A fault by its class and code; its message may quote a person's data. */
const nameOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return typeof fault;
  return 'code' in fault ? `${fault.name} ${String(fault.code)}` : fault.name;
};
