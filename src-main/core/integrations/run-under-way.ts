import type { OutsideSource, RunError, RunErrorCode, RunProgress } from '../../contract/integrations.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import type { Log } from '../log.ts';
import type { Engine } from '../sync/engine.ts';
import type { Connector, Run, RunReason } from './connector.ts';
import { type AskAsDesk, keepLease, LEASE_MS } from './lease.ts';
import { Throttle } from './throttle.ts';
import type { Timers } from './timers.ts';

/** What a run works with, beside its connector. */
export interface RunMeans {
  desk: Desk;
  engine: Engine;
  ask: AskAsDesk;
  timers: Timers;
  log: Log;
  /** Told, not too often, how far it is. */
  onProgress(progress: RunProgress): void;
}

/** One run of a connector, from the taking of the lease until the connector has ended. */
export class RunUnderWay {
  readonly source: OutsideSource;
  readonly fence: number;
  /** How it ended; never rejects. */
  readonly ended: Promise<RunError | null>;
  readonly #means: RunMeans;
  readonly #cutter = new AbortController();
  readonly #throttle: Throttle;
  #keptAt: number;
  #progress: RunProgress;
  #cancelKeep: () => void = () => undefined;

  constructor(connector: Connector, reason: RunReason, fence: number, means: RunMeans) {
    this.source = connector.source;
    this.fence = fence;
    this.#means = means;
    this.#keptAt = this.#now();
    this.#progress = {
      source: this.source,
      sessionId: null,
      startedAt: iso(this.#now()),
      step: 'signing_in',
      done: 0,
      total: 0,
    };
    this.#throttle = new Throttle(means.timers, () => means.onProgress(this.#progress));
    this.ended = this.#run(connector, reason);
  }

  /** How far it is. */
  get progress(): RunProgress {
    return this.#progress;
  }

  /** Has it end; the first reason is the one that counts. */
  cut(code: RunErrorCode): void {
    this.#cutter.abort(code);
  }

  async #run(connector: Connector, reason: RunReason): Promise<RunError | null> {
    const { signal } = this.#cutter;
    const cancelLimit = this.#means.timers.after(connector.limitMs, () => this.cut('timed_out'));
    this.#keepLater();
    this.#throttle.call();
    try {
      const error = await connector.run(this.#asRun(reason));
      return signal.aborted ? this.#cutBy() : error;
    } catch (fault) {
      if (signal.aborted) return this.#cutBy();
      this.#means.log.error('a run of an integration failed', { source: this.source, fault: nameOf(fault) });
      return { code: 'internal', where: null };
    } finally {
      cancelLimit();
      this.#cancelKeep();
      this.#throttle.stop();
    }
  }

  #cutBy(): RunError {
    return { code: this.#cutter.signal.reason as RunErrorCode, where: null };
  }

  #asRun(reason: RunReason): Run {
    return {
      desk: this.#means.desk,
      reason,
      fence: `${this.source}/${this.fence}`,
      signal: this.#cutter.signal,
      progress: (step, done, total) => this.#note({ step, done, total }),
      setSession: (sessionId) => this.#note({ sessionId }),
      ask: this.#means.ask,
      settled: () => this.#settled(),
    };
  }

  #note(known: Partial<RunProgress>): void {
    this.#progress = { ...this.#progress, ...known };
    this.#throttle.call();
  }

  #keepLater(): void {
    this.#cancelKeep = this.#means.timers.after(LEASE_MS / 3, () => void this.#keep());
  }

  /** Without an answer it goes on for as long as the lease lasts: central refuses what is written too late anyway. */
  async #keep(): Promise<void> {
    const askedAt = this.#now();
    const kept = await keepLease(this.#means.ask, this.source, this.fence);
    if (this.#cutter.signal.aborted) return;
    if (kept === 'kept') this.#keptAt = askedAt;
    if (kept === 'lost' || this.#now() - this.#keptAt >= LEASE_MS) return this.cut('lease_lost');
    this.#keepLater();
  }

  /** Whether central has answered all that the run wrote; false where the run was cut or the line went before. */
  #settled(): Promise<boolean> {
    const { desk, engine } = this.#means;
    const { signal } = this.#cutter;
    const waits = desk.replica.statement(
      `select 1 from outbox where state = 'waiting' and fence = ? limit 1`,
    );
    return new Promise((resolve) => {
      const look = () => {
        const answered = waits.get(`${this.source}/${this.fence}`) === undefined;
        if (!answered && !signal.aborted && engine.online) return;
        for (const stop of stops) stop();
        resolve(answered);
      };
      const stops = [
        desk.replica.onTablesChanged((tables) => {
          if (tables.has('outbox')) look();
        }),
        engine.onState(look),
        () => signal.removeEventListener('abort', look),
      ];
      signal.addEventListener('abort', look);
      look();
    });
  }

  #now(): number {
    return Date.parse(this.#means.desk.now());
  }
}

/** A fault by its class; its message may quote a person's data. */
export const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : typeof fault);
