import { z } from 'zod';
import { ok, type Result } from '../../contract/errors.ts';
import {
  type IntegrationSettings,
  type IntegrationUpdate,
  Runs,
  SyncRun,
} from '../../contract/integration-settings.ts';
import { CalComSettings, IdexxSettings, type OutsideSource, RunError } from '../../contract/integrations.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { integrations } from '../schema/replica/index.ts';
import { askCentral } from '../staff/ask.ts';
import { outsideId } from './outside-id.ts';

/** How each outside system is set up; settings that are none of ours count as not set. */
export const readIntegrationSettings = (desk: Desk): IntegrationSettings => ({
  idexx: setUp(desk, 'idexx', IdexxSettings),
  cal_com: setUp(desk, 'cal_com', CalComSettings),
});

const setUp = <S extends z.ZodType>(
  desk: Desk,
  source: OutsideSource,
  shape: S,
): { enabled: boolean; known: boolean; settings: z.output<S> } => {
  const row = rowOf(desk, source);
  return {
    enabled: row?.enabled ?? false,
    known: row !== undefined,
    settings: shape.safeParse(row?.settings).data ?? shape.parse({}),
  };
};

const rowOf = ({ replica }: Desk, source: OutsideSource) =>
  replica.orm
    .select()
    .from(integrations)
    .all()
    .find((row) => row.source === source);

/** Sets what was given; the first time it makes the row, off, which every desk makes alike. */
export const updateIntegration = (
  desk: Desk,
  { userId }: Session,
  { source, enabled, settings }: IntegrationUpdate,
): Result<IntegrationSettings> => {
  const row = rowOf(desk, source);
  writeChange(desk, { kind: 'updateIntegration', actor: userId }, (change) => {
    if (!row) {
      const id = outsideId('integration', clinicOf(desk), source);
      return change.insert(integrations, { id, source, enabled: enabled ?? false, settings: settings ?? {} });
    }
    const changed = settings && JSON.stringify(settings) !== JSON.stringify(row.settings);
    change.update(integrations, row.id, {
      ...(enabled === undefined ? {} : { enabled }),
      ...(changed ? { settings } : {}),
    });
  });
  return ok(readIntegrationSettings(desk));
};

const clinicOf = ({ replica }: Desk): string =>
  replica.statement('select clinic_id from desk_state').pluck().get() as string;

/** What central says of runs: its instants as JSON of Postgres has them, and errors as the run that ended told them. */
const instant = z.string().transform((text) => iso(Date.parse(text)));
const ToldRuns = Runs.extend({
  runs: z.array(
    SyncRun.extend({
      startedAt: instant,
      completedAt: instant.nullable(),
      error: RunError.catch({ code: 'internal', where: null }).nullable(),
    }),
  ),
  nextRunAt: instant.nullable(),
});

/** The calls about how the outside systems are set up, and how their runs went. */
export const integrationSettingsHandlers = (desk: Desk) => ({
  integrationSettings: () => ok(readIntegrationSettings(desk)),
  updateIntegration: (session: Session, input: IntegrationUpdate) => updateIntegration(desk, session, input),
  idexxRuns: (session: Session, { limit }: { limit: number }): Promise<Result<Runs>> =>
    askCentral(desk, session, { name: 'idexx_runs', args: { limit }, shape: ToldRuns }),
});
