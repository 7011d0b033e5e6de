import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { IntegrationSettings, IntegrationUpdate, Runs } from '../../contract/integration-settings.ts';
import { CalComSettings, IdexxSettings } from '../../contract/integrations.ts';
import type { Desk, Session } from '../desk.ts';

/** How each outside system is set up; a row that says something else than our settings counts as not set. */
export const readIntegrationSettings = (_desk: Desk): IntegrationSettings => ({
  idexx: { enabled: false, known: false, settings: IdexxSettings.parse({}) },
  cal_com: { enabled: false, known: false, settings: CalComSettings.parse({}) },
});

/** The calls about how the outside systems are set up, and how their runs went. */
export const integrationSettingsHandlers = (desk: Desk) => ({
  integrationSettings: () => ok(readIntegrationSettings(desk)),
  updateIntegration: (_session: Session, _update: IntegrationUpdate) => ok(readIntegrationSettings(desk)),
  idexxRuns: async (_session: Session, _input: { limit: number }): Promise<Result<Runs>> =>
    refuse('needs_central'),
});
