import { z } from 'zod';
import { call } from '../call.ts';
import { IntegrationState, OutsideSource } from '../integrations.ts';

const Nothing = z.object({});
const Which = z.object({ source: OutsideSource });

/** How the outside systems of the clinic are being read and written, and their runs by hand. */
export const integrationsCalls = {
  integrationStates: call({
    summary: 'Each outside system: whether it is on, who runs it, how its runs went and go now.',
    input: Nothing,
    output: z.array(IntegrationState),
    right: 'schedule.read',
    errors: [],
  }),
  runIntegration: call({
    summary: 'Begins a run at this desk now. Answers when it has begun, or at once where one is under way.',
    input: Which,
    output: Nothing,
    right: 'schedule.write',
    errors: ['cannot_run_here', 'runs_elsewhere', 'needs_central'],
  }),
  stopIntegration: call({
    summary: 'Stops the run under way at this desk, if there is one; what it has written stays.',
    input: Which,
    output: Nothing,
    right: 'schedule.write',
    errors: [],
  }),
};
