import { ok, type Result, refuse } from '../../contract/errors.ts';
import {
  type IntegrationState,
  OutsideSource,
  type RunError,
  type RunProgress,
} from '../../contract/integrations.ts';
import type { Desk, Session } from '../desk.ts';
import type { Log } from '../log.ts';
import { readDeskState } from '../replica/desk-state.ts';
import type { Engine } from '../sync/engine.ts';
import type { Connector, Due, RunHistory, RunReason } from './connector.ts';
import { Heard } from './heard.ts';
import { type AskAsDesk, giveLease, takeLease } from './lease.ts';
import { nameOf, RunUnderWay } from './run-under-way.ts';
import { historyOf, notBefore, type SwitchedOn, switchedOn } from './standing.ts';
import { describeState } from './state.ts';
import { realTimers, type Timers } from './timers.ts';

/** Makes the connector of a source when it is first needed. */
export type Connectors = Partial<Record<OutsideSource, () => Promise<Connector>>>;

export interface RunnerOptions {
  engine: Engine;
  log: Log;
  connectors: Connectors;
  timers?: Timers;
}

/** Told how far the run of a source is; null when none is under way any more. */
export type ProgressListener = (source: OutsideSource, running: RunProgress | null) => void;

/** How a try to begin a run ended. */
type Begun = Result<Record<never, never>>;

/** How old central's word on the runs may be; also how often the clock is looked at, which may jump. */
const LOOK_MS = 60_000;
/** How old it may be where a run begins on it. */
const FRESH_MS = 1_000;
/** After a try that came to nothing. */
const AGAIN_MS = 5_000;
/** How long runs may take to end when the desk closes. */
const CLOSE_MS = 5_000;

const nobody: Session = { userId: null, rights: new Set() };

/**
 * Runs the clinic's integrations at this desk: each when its connector says that it is due, under the lease of its source,
 * so that one desk of the clinic does. Without central there is no lease and no run. What a run writes goes the way of all
 * changes, with the lease's number as its fence.
 */
export class Runner {
  readonly #desk: Desk;
  readonly #options: RunnerOptions;
  readonly #timers: Timers;
  readonly #ask: AskAsDesk;
  readonly #heard: Heard;
  readonly #connectors = new Map<OutsideSource, Promise<Connector>>();
  readonly #starting = new Map<OutsideSource, Promise<Begun>>();
  readonly #running = new Map<OutsideSource, RunUnderWay>();
  readonly #ends = new Set<Promise<void>>();
  readonly #listeners = new Set<ProgressListener>();
  #stops: (() => void)[] = [];
  #online = false;
  #cancelLook: () => void = () => undefined;
  #looking = false;
  #lookAgain = false;
  #closed = false;

  constructor(desk: Desk, options: RunnerOptions) {
    this.#desk = desk;
    this.#options = options;
    this.#timers = options.timers ?? realTimers;
    this.#ask = (name, args) => options.engine.ask(nobody, name, args);
    this.#heard = new Heard(
      this.#ask,
      () => this.#now(),
      // Central's leases are no rows of the replica; whoever shows them is told as if they were.
      () => this.#closed || desk.replica.announce(new Set(['run_leases'])),
    );
  }

  /** Begins to look which runs are due, for as long as there is a connection. */
  start(): void {
    this.#stops = [
      this.#options.engine.onState(() => this.#onState()),
      this.#desk.replica.onTablesChanged((tables) => {
        if (tables.has('integrations')) this.#look();
      }),
    ];
    this.#onState();
  }

  /** Each source that there is, as this desk knows it. */
  async states(): Promise<Result<IntegrationState[]>> {
    return ok(await Promise.all(OutsideSource.options.map((source) => this.#state(source))));
  }

  /** Begins a run now, whatever its connector would wait for. */
  async runNow(source: OutsideSource): Promise<Begun> {
    if (!this.#options.engine.online) return refuse('needs_central');
    if (!this.#on(source)) return refuse('cannot_run_here', { reason: 'off' });
    const connector = await this.#connector(source);
    if (!connector || !(await this.#due(connector)))
      return refuse('cannot_run_here', { reason: 'not_set_up' });
    return this.#begin(connector, 'by_hand');
  }

  /** Stops the run under way at this desk. */
  stop(source: OutsideSource): Result<Record<never, never>> {
    this.#running.get(source)?.cut('cancelled');
    return ok({});
  }

  /** Calls `listener` as runs go on and end. Returns how to stop. */
  onProgress(listener: ProgressListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the runs under way; one that does not heed it is left behind after five seconds. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#cancelLook();
    await Promise.allSettled(this.#starting.values());
    for (const run of this.#running.values()) run.cut('cancelled');
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#timers.after(CLOSE_MS, resolve);
    });
    await Promise.race([Promise.all(this.#ends), late]);
    cancel();
  }

  #onState(): void {
    const online = this.#options.engine.online;
    if (online === this.#online) return;
    this.#online = online;
    if (online) this.#look();
    else this.#cancelLook();
  }

  #look(): void {
    this.#lookAgain = true;
    if (!this.#looking) void this.#lookWhileAsked();
  }

  async #lookWhileAsked(): Promise<void> {
    this.#looking = true;
    while (this.#lookAgain && !this.#closed) {
      this.#lookAgain = false;
      this.#cancelLook();
      const next = await this.#beginWhatIsDue().catch((fault: unknown) => this.#laterAgain(fault));
      if (next !== null && !this.#closed) this.#cancelLook = this.#timers.after(next, () => this.#look());
    }
    this.#looking = false;
  }

  /** A file that cannot be read now is mended by others, and no reason to end. */
  #laterAgain(fault: unknown): number {
    if (this.#desk.replica.health.met(fault) === null) throw fault;
    return AGAIN_MS;
  }

  /** Answers in how many milliseconds to look again; null until something changes. */
  async #beginWhatIsDue(): Promise<number | null> {
    const on = switchedOn(this.#desk.replica);
    if (!this.#options.engine.online || on.length === 0) return null;
    if (!(await this.#heard.listen(LOOK_MS))) return AGAIN_MS;
    let next = LOOK_MS;
    for (const { source } of on) {
      const connector = this.#running.has(source) ? null : await this.#connector(source);
      const due = connector && (await this.#dueNow(connector));
      if (!connector || !due) continue;
      const wait = due.at - this.#now();
      if (wait > 0) next = Math.min(next, wait);
      else if (!(await this.#begin(connector, due.reason)).ok) next = Math.min(next, AGAIN_MS);
    }
    return next;
  }

  /** When a source is due, by what central says just now where that is at once: another desk may just have run it. */
  async #dueNow(connector: Connector): Promise<Due | null> {
    const due = await this.#due(connector);
    if (!due || due.at > this.#now()) return due;
    return (await this.#heard.listen(FRESH_MS)) ? this.#due(connector) : null;
  }

  /** When a source is due here; not while another desk runs it, nor right after a failure. */
  async #due(connector: Connector): Promise<Due | null> {
    const told = this.#heard.of(connector.source);
    const due = await this.#askDue(connector, historyOf(told));
    const held = told && told.deskId !== this.#ownId() ? told.heldUntil : 0;
    return due && { ...due, at: Math.max(due.at, held, notBefore(told)) };
  }

  async #askDue(connector: Connector, history: RunHistory): Promise<Due | null> {
    try {
      return await connector.due(history);
    } catch (fault) {
      this.#log('error', 'an integration does not say when it is due', connector.source, nameOf(fault));
      return null;
    }
  }

  /** Takes the lease and starts a run under it; nothing more where one is under way. */
  #begin(connector: Connector, reason: RunReason): Promise<Begun> {
    const { source } = connector;
    if (this.#closed) return Promise.resolve(refuse('not_ready'));
    if (this.#running.has(source)) return Promise.resolve(ok({}));
    const known = this.#starting.get(source);
    if (known) return known;
    const starting = this.#start(connector, reason).finally(() => this.#starting.delete(source));
    this.#starting.set(source, starting);
    return starting;
  }

  async #start(connector: Connector, reason: RunReason): Promise<Begun> {
    const { source } = connector;
    const taken = await takeLease(this.#ask, source);
    this.#heard.outdated();
    if (!taken.ok) return taken;
    const run = new RunUnderWay(connector, reason, taken.value, {
      desk: this.#desk,
      engine: this.#options.engine,
      ask: this.#ask,
      timers: this.#timers,
      log: this.#options.log,
      onProgress: (progress) => this.#tell(source, progress),
    });
    this.#running.set(source, run);
    const end: Promise<void> = this.#end(connector, run).finally(() => this.#ends.delete(end));
    this.#ends.add(end);
    return ok({});
  }

  /** Gives the lease back when a run has ended; the engine sends what it wrote before that. */
  async #end(connector: Connector, run: RunUnderWay): Promise<void> {
    const { source } = connector;
    const error = await run.ended;
    if (error) this.#log('info', 'a run of an integration gave nothing', source, error.code);
    const nextInMs = await this.#nextInMs(connector, error);
    const given = await giveLease(this.#ask, source, { fence: run.fence, error, nextInMs });
    if (!given.ok) this.#log('info', 'a lease was not given back', source, given.error.code);
    this.#heard.outdated();
    await this.#heard.listen(LOOK_MS);
    this.#running.delete(source);
    this.#tell(source, null);
    if (!this.#closed) this.#look();
  }

  async #nextInMs(connector: Connector, error: RunError | null): Promise<number | null> {
    const now = this.#now();
    const before = historyOf(this.#heard.of(connector.source));
    const after = {
      lastRunAt: now,
      lastOkAt: error === null ? now : before.lastOkAt,
      failures: error === null ? 0 : before.failures + 1,
    };
    const due = await this.#askDue(connector, after);
    return due && Math.max(0, due.at - now, notBefore({ ...after, lastError: error }) - now);
  }

  async #state(source: OutsideSource): Promise<IntegrationState> {
    const on = this.#on(source);
    const connector = on ? await this.#connector(source) : null;
    return describeState({
      source,
      on,
      due: connector && (await this.#due(connector)),
      told: this.#heard.of(source),
      toldAt: this.#heard.at,
      running: this.#running.get(source)?.progress ?? null,
      ownId: this.#ownId(),
      now: this.#now(),
    });
  }

  async #connector(source: OutsideSource): Promise<Connector | null> {
    const make = this.#options.connectors[source];
    if (!make) return null;
    const made = this.#connectors.get(source) ?? make();
    this.#connectors.set(source, made);
    return made;
  }

  #on(source: OutsideSource): SwitchedOn | undefined {
    return switchedOn(this.#desk.replica).find((one) => one.source === source);
  }

  #tell(source: OutsideSource, running: RunProgress | null): void {
    for (const listener of this.#listeners) listener(source, running);
  }

  #log(level: keyof Log, message: string, source: OutsideSource, code: string): void {
    this.#options.log[level](message, { source, code });
  }

  #ownId(): string | null {
    return readDeskState(this.#desk.replica).deskId;
  }

  #now(): number {
    return Date.parse(this.#desk.now());
  }
}
