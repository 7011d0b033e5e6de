import { arch, platform, release } from 'node:os';
import type { Diagnostics } from '../../contract/diagnostics.ts';
import { PROTOCOL_VERSION } from '../../contract/envelope.ts';
import type { Result } from '../../contract/errors.ts';
import type { IntegrationState } from '../../contract/integrations.ts';
import type { SyncState } from '../../contract/sync.ts';
import { CENTRAL_VERSION } from '../central/push.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { leaseCounts } from '../leases/counts.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { appVersion } from '../version.ts';
import { lastFilled } from './last-filled.ts';
import { loggedErrors } from './logged-errors.ts';
import { sizesOf } from './sizes.ts';

/** What is asked of others, as they know it now. */
export interface Watched {
  sync(): SyncState;
  integrations(): Promise<Result<IntegrationState[]>>;
}

/** More errors than a person reads. */
const MOST_ERRORS = 50;

/** How this desk runs, read now. */
export const readDiagnostics = async (desk: Desk, watched: Watched): Promise<Diagnostics> => {
  const { replica, records } = desk;
  const [lines, sizes, integrations] = await Promise.all([
    records?.lines() ?? [],
    sizesOf(desk),
    watched.integrations(),
  ]);
  const { deskId, deskName, clinicId, incarnation, cursor } = readDeskState(replica);
  const count = (sql: string, ...values: unknown[]): number =>
    Number(
      replica
        .statement(sql)
        .pluck()
        .get(...values) ?? 0,
    );
  const oldest = replica.statement('select min(at) from outbox').pluck().get() as number | null;
  return {
    at: desk.now(),
    desk: { id: deskId, name: deskName, clinicId, incarnation },
    versions: {
      anteroom: appVersion,
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
      sqlite: String(replica.statement('select sqlite_version()').pluck().get()),
      system: `${platform()} ${release()} ${arch()}`,
      calls: PROTOCOL_VERSION,
      copy: count('select count(*) from __drizzle_migrations'),
      central: CENTRAL_VERSION,
    },
    process: {
      startedAt: iso(Date.parse(desk.now()) - Math.round(process.uptime() * 1000)),
      memory: process.memoryUsage.rss(),
    },
    sync: watched.sync(),
    queue: {
      oldestAt: oldest === null ? null : iso(oldest),
      readings: count('select count(*) from audit_events'),
      position: cursor,
    },
    sizes,
    lastFilled: lastFilled(replica),
    leases: leaseCounts(replica),
    integrations: integrations.ok ? integrations.value.filter(isSetUp).map(inShort) : [],
    errors: loggedErrors(lines, MOST_ERRORS),
    crashes: (records?.crashes() ?? []).map(({ report: { lines: _, ...report }, isNew }) => ({
      ...report,
      isNew,
    })),
  };
};

const isSetUp = ({ enabled, lastRunAt }: IntegrationState): boolean => enabled || lastRunAt !== null;

const inShort = ({ source, enabled, lastRunAt, failures, lastError }: IntegrationState) => ({
  source,
  enabled,
  lastRunAt,
  failures,
  error: lastError?.code ?? null,
});
