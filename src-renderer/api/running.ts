import { useEffect, useState } from 'react';
import type { IntegrationState, OutsideSource, RunProgress } from '../../src-main/contract/integrations.ts';
import { onDeskEvent } from './client.ts';
import { useLive } from './live.ts';

/** The rows and the word of central that the states of integrations are made of. */
const tables = ['integrations', 'run_leases'];

/** How each outside system stands, read again whenever that changes; undefined until it is known. `null` asks nothing. */
export const useIntegrationStates = (
  ask: Record<string, never> | null = {},
): IntegrationState[] | undefined => useLive('integrationStates', ask, tables).data;

/** How far the run of a source at this desk is, as it goes on; null while there is none. */
export const useRunning = (source: OutsideSource): RunProgress | null => {
  const states = useIntegrationStates();
  const [told, tell] = useState<{ running: RunProgress | null } | null>(null);
  useEffect(
    () =>
      onDeskEvent((event) => {
        if (event.event === 'integrationProgress' && event.source === source)
          tell({ running: event.running });
      }),
    [source],
  );
  return told ? told.running : (states?.find((state) => state.source === source)?.running ?? null);
};
