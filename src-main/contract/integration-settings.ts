import { z } from 'zod';
import { CalComSettings, IdexxSettings, RunError } from './integrations.ts';
import { Id, Instant } from './values.ts';

const setUp = <S extends z.ZodType>(settings: S) =>
  z.object({
    enabled: z.boolean(),
    /** Whether it was ever set up here. */
    known: z.boolean(),
    settings,
  });

/** How each outside system is set up for the clinic; what was never set is as it is by itself. */
export const IntegrationSettings = z.object({
  idexx: setUp(IdexxSettings),
  cal_com: setUp(CalComSettings),
});
export type IntegrationSettings = z.infer<typeof IntegrationSettings>;

/** `settings` are set whole. */
export const IntegrationUpdate = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('idexx'),
    enabled: z.boolean().optional(),
    settings: IdexxSettings.optional(),
  }),
  z.object({
    source: z.literal('cal_com'),
    enabled: z.boolean().optional(),
    settings: CalComSettings.optional(),
  }),
]);
export type IntegrationUpdate = z.infer<typeof IntegrationUpdate>;

/** One run of the IDEXX sync. */
export const SyncRun = z.object({
  id: Id,
  /** Whose login it ran by. */
  userId: Id,
  userName: z.string(),
  status: z.enum(['running', 'completed', 'failed', 'timeout']),
  reason: z.enum(['schedule', 'by_hand', 'opening', 'closing']).nullable(),
  deskName: z.string().nullable(),
  startedAt: Instant,
  completedAt: Instant.nullable(),
  appointmentsRead: z.int(),
  consultationsSynced: z.int(),
  consultationsFailed: z.int(),
  dischargeCallsScheduled: z.int(),
  error: RunError.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

/** How many runs ended in a time, and how many of them did what they should. */
export const RunRate = z.object({ ended: z.int(), completed: z.int() });
export type RunRate = z.infer<typeof RunRate>;

export const Runs = z.object({
  /** `own` where only those of one's own login are told. */
  scope: z.enum(['own', 'clinic']),
  /** The newest first. */
  runs: z.array(SyncRun),
  /** Over the last 7 and 30 days. */
  week: RunRate,
  month: RunRate,
  nextRunAt: Instant.nullable(),
});
export type Runs = z.infer<typeof Runs>;
