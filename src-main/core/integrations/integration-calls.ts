import type { OutsideSource } from '../../contract/integrations.ts';
import type { Runner } from './runner.ts';

/** The calls about the runs of the integrations. */
export const integrationHandlers = (runner: Runner) => ({
  integrationStates: () => runner.states(),
  runIntegration: (_session: unknown, { source }: { source: OutsideSource }) => runner.runNow(source),
  stopIntegration: (_session: unknown, { source }: { source: OutsideSource }) => runner.stop(source),
});
