import { z } from 'zod';
import { call } from '../call.ts';
import { IntegrationSettings, IntegrationUpdate, Runs } from '../integration-settings.ts';

/** How the outside systems are set up for the clinic, and how their runs went. */
export const integrationSettingsCalls = {
  integrationSettings: call({
    summary: 'How each outside system is set up for the clinic; no secrets.',
    input: z.object({}),
    output: IntegrationSettings,
    right: 'credentials.manage',
    errors: [],
  }),
  updateIntegration: call({
    summary: 'Switches an outside system on or off, or sets how it is read; what is left out stays.',
    input: IntegrationUpdate,
    output: IntegrationSettings,
    right: 'credentials.manage',
    errors: [],
  }),
  idexxRuns: call({
    summary:
      'The last runs of the IDEXX sync with how each went: those of one’s own login, or all of the clinic for an administrator.',
    input: z.object({ limit: z.int().min(1).max(200).default(30) }),
    output: Runs,
    right: 'reports.read',
    errors: ['needs_central', 'not_signed_in'],
  }),
};
