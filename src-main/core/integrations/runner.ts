import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { IntegrationState, OutsideSource, RunProgress } from '../../contract/integrations.ts';
import type { Desk } from '../desk.ts';
import type { Log } from '../log.ts';
import type { Engine } from '../sync/engine.ts';
import type { Connector } from './connector.ts';

/** Makes the connector of a source when it is first needed. */
export type Connectors = Partial<Record<OutsideSource, () => Promise<Connector>>>;

export interface RunnerOptions {
  engine: Engine;
  log: Log;
  connectors: Connectors;
}

/** Told how far the run of a source is; null when none is under way any more. */
export type ProgressListener = (source: OutsideSource, running: RunProgress | null) => void;

/** Runs the integrations of this desk: each when it is due, under the lease of its source. */
export class Runner {
  readonly #listeners = new Set<ProgressListener>();

  constructor(_desk: Desk, _options: RunnerOptions) {}

  states(): Result<IntegrationState[]> {
    return ok([]);
  }

  async runNow(_source: OutsideSource): Promise<Result<Record<never, never>>> {
    return refuse('cannot_run_here');
  }

  stop(_source: OutsideSource): Result<Record<never, never>> {
    return ok({});
  }

  onProgress(listener: ProgressListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {}
}

/** The calls about the integrations. */
export const integrationHandlers = (runner: Runner) => ({
  integrationStates: () => runner.states(),
  runIntegration: (_session: unknown, { source }: { source: OutsideSource }) => runner.runNow(source),
  stopIntegration: (_session: unknown, { source }: { source: OutsideSource }) => runner.stop(source),
});
