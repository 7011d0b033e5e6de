import type { IntegrationState, OutsideSource, RunProgress } from '../../contract/integrations.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Due } from './connector.ts';
import type { ToldRuns } from './lease.ts';
import { alertOf, type SwitchedOn } from './standing.ts';

/** What is known of a source at this desk. Instants in epoch milliseconds. */
export interface KnownOfSource {
  source: OutsideSource;
  /** Left out where it is switched off. */
  on: SwitchedOn | undefined;
  /** When this desk would run it; null where it cannot. */
  due: Due | null;
  told: ToldRuns | undefined;
  /** When central told that. */
  toldAt: number | null;
  running: RunProgress | null;
  ownId: string | null;
  now: number;
}

/** A source as screens are told of it. */
export const describeState = (known: KnownOfSource): IntegrationState => {
  const { source, on, due, told, toldAt, running, ownId, now } = known;
  const held = told && told.heldUntil > now ? told : null;
  return {
    source,
    enabled: on !== undefined,
    canRunHere: due !== null,
    heldBy: held && {
      deskId: held.deskId,
      deskName: held.deskName,
      own: held.deskId === ownId,
      until: iso(held.heldUntil),
    },
    lastRunAt: isoOrNull(told?.lastRunAt ?? null),
    lastOkAt: isoOrNull(told?.lastOkAt ?? null),
    failures: told?.failures ?? 0,
    lastError: told?.lastError ?? null,
    nextRunAt: on ? isoOrNull(due?.at ?? told?.nextRunAt ?? null) : null,
    running,
    alert: on && toldAt !== null ? alertOf(on, told, now) : null,
    asOf: isoOrNull(toldAt),
  };
};
