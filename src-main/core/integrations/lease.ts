import { z } from 'zod';
import type { CentralFunction } from '../../contract/central.ts';
import { ok, type Result } from '../../contract/errors.ts';
import { OutsideSource, RunError } from '../../contract/integrations.ts';

/** Asks a function of central as this desk, with nobody signed in. */
export type AskAsDesk = (name: CentralFunction, args: object) => Promise<Result<unknown>>;

/** How long central keeps others away from a source after it last heard of the run, in milliseconds. */
export const LEASE_MS = 90_000;

/**
 * Takes the lease of a source; the number is the fence of the run's changes. `runs_elsewhere` while another desk has it,
 * `cannot_run_here` where the integration is switched off.
 */
export const takeLease = async (ask: AskAsDesk, source: OutsideSource): Promise<Result<number>> => {
  const taken = await ask('take_lease', { source, forMs: LEASE_MS });
  return taken.ok ? ok(Taken.parse(taken.value).fence) : taken;
};

const Taken = z.object({ fence: z.int() });

/** Whether a lease still is this desk's: `unknown` while central does not answer. */
export const keepLease = async (
  ask: AskAsDesk,
  source: OutsideSource,
  fence: number,
): Promise<'kept' | 'lost' | 'unknown'> => {
  const kept = await ask('keep_lease', { source, fence, forMs: LEASE_MS });
  if (kept.ok) return 'kept';
  return kept.error.code === 'needs_central' ? 'unknown' : 'lost';
};

/** Gives a lease back, with how the run went and in how many milliseconds this desk would run again. */
export const giveLease = (
  ask: AskAsDesk,
  source: OutsideSource,
  how: { fence: number; error: RunError | null; nextInMs: number | null },
): Promise<Result<unknown>> => ask('give_lease', { source, ...how });

/** What central says of the runs of a source. Instants in epoch milliseconds by this desk's clock. */
export interface ToldRuns {
  source: OutsideSource;
  deskId: string;
  deskName: string;
  /** When the lease runs out, or ran out. */
  heldUntil: number;
  lastRunAt: number | null;
  lastOkAt: number | null;
  failures: number;
  lastError: RunError | null;
  nextRunAt: number | null;
}

const Told = z.array(
  z.object({
    source: OutsideSource,
    deskId: z.string(),
    desk: z.string(),
    leftMs: z.number(),
    sinceRunMs: z.number().nullable(),
    sinceOkMs: z.number().nullable(),
    failures: z.int(),
    lastError: RunError.nullable().catch({ code: 'internal', where: null }),
    nextInMs: z.number().nullable(),
  }),
);

/** Reads how the runs of all sources went. Central says how long ago, so that clocks may differ. */
export const readRuns = async (
  ask: AskAsDesk,
  now: () => number,
): Promise<ReadonlyMap<OutsideSource, ToldRuns> | null> => {
  const told = await ask('integration_states', {});
  if (!told.ok) return null;
  const at = now();
  return new Map(
    Told.parse(told.value).map((runs) => [
      runs.source,
      {
        source: runs.source,
        deskId: runs.deskId,
        deskName: runs.desk,
        heldUntil: at + runs.leftMs,
        lastRunAt: runs.sinceRunMs === null ? null : at - runs.sinceRunMs,
        lastOkAt: runs.sinceOkMs === null ? null : at - runs.sinceOkMs,
        failures: runs.failures,
        lastError: runs.lastError,
        nextRunAt: runs.nextInMs === null ? null : at + runs.nextInMs,
      },
    ]),
  );
};
