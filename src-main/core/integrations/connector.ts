import type { CentralFunction } from '../../contract/central.ts';
import type { Result } from '../../contract/errors.ts';
import type { OutsideSource, RunError, RunProgress } from '../../contract/integrations.ts';
import type { Desk } from '../desk.ts';

/** Why a run begins. */
export type RunReason = 'schedule' | 'by_hand' | 'opening' | 'closing';

/** What a connector works with during one run, under the lease of its source. */
export interface Run {
  desk: Desk;
  reason: RunReason;
  /** Goes with every change that the run writes: `idexx/17`. */
  fence: string;
  /** Cut when the lease is lost, the time is over, the desk closes or somebody stops it; `reason` is its RunErrorCode. */
  signal: AbortSignal;
  progress(step: RunProgress['step'], done: number, total: number): void;
  /** Names the session that the run is, once there is one. */
  setSession(id: string): void;
  /** Runs a function of central as this desk, with nobody signed in. */
  ask(name: CentralFunction, args: object): Promise<Result<unknown>>;
  /** Waits until central has answered every change that the run wrote; false where the connection went first. */
  settled(): Promise<boolean>;
}

/** When a connector is to run next, in epoch milliseconds. */
export interface Due {
  at: number;
  reason: RunReason;
}

/** How the runs of a source went, as central has it for all desks. Instants in epoch milliseconds. */
export interface RunHistory {
  lastRunAt: number | null;
  lastOkAt: number | null;
  /** Failures in a row. */
  failures: number;
}

/** One outside system. It knows when it wants to run and what a run does; the runner does the rest. */
export interface Connector {
  source: OutsideSource;
  /** A run that takes longer, in milliseconds, ends with `timed_out`. */
  limitMs: number;
  /** When it is due at this desk; null where it is switched off, or this desk does not have what it takes. */
  due(history: RunHistory): Promise<Due | null>;
  /** One run. What went wrong, or null; throws only what is a bug. */
  run(run: Run): Promise<RunError | null>;
}
