import { z } from 'zod';
import { Id, Instant } from './values.ts';

/** The outside systems that a clinic may be connected with. */
export const OutsideSource = z.enum(['idexx', 'cal_com']);
export type OutsideSource = z.infer<typeof OutsideSource>;

/** A time of day by the clinic's clock. */
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const BaseUrl = z
  .url({ protocol: /^https?$/ })
  .max(255)
  .refine((text) => {
    // What is no address at all is asked about too.
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    return (url.protocol === 'https:' || loopback) && url.username === '' && url.search === '';
  });

/** How the clinic reads its IDEXX Neo (integrations.md): what is left out is as Neo is usually read. */
export const IdexxSettings = z.object({
  baseUrl: BaseUrl.default('https://us.idexxneo.com'),
  /** How many days of appointments are read, back and ahead. */
  daysBack: z.int().min(0).max(60).default(14),
  daysAhead: z.int().min(1).max(90).default(14),
  everyMinutes: z.int().min(30).max(1440).default(240),
  atOpening: z.boolean().default(true),
  atClosing: z.boolean().default(true),
  /** Whether a completed consultation leads to a call, so many days later at that time by the clinic's clock. */
  dischargeCalls: z.boolean().default(true),
  dischargeDelayDays: z.int().min(0).max(14).default(2),
  dischargeTime: LocalTime.default('16:00'),
});
export type IdexxSettings = z.infer<typeof IdexxSettings>;

/** How the clinic goes along with its Cal.com. */
export const CalComSettings = z.object({
  baseUrl: BaseUrl.default('https://api.cal.com'),
  everySeconds: z.int().min(15).max(3600).default(60),
  /** Whether what is booked at a desk is booked at Cal.com too, so that its time is not offered there. */
  sendBookings: z.boolean().default(true),
});
export type CalComSettings = z.infer<typeof CalComSettings>;

/** Why a run of an integration gave nothing. */
export const RunErrorCode = z.enum([
  'offline',
  'timed_out',
  'refused_login',
  'two_factor',
  'unreadable',
  'too_many_requests',
  'server_error',
  'no_credentials',
  'no_keychain',
  'lease_lost',
  'cancelled',
  'internal',
]);
export type RunErrorCode = z.infer<typeof RunErrorCode>;

/** What went wrong in a run; never a patient's value, never a secret. */
export const RunError = z.object({
  code: RunErrorCode,
  /** The field of an answer that has another shape than expected, or the request that failed. */
  where: z.string().max(200).nullable(),
});
export type RunError = z.infer<typeof RunError>;

/** How far a run under way at this desk is. */
export const RunProgress = z.object({
  source: OutsideSource,
  sessionId: Id.nullable(),
  startedAt: Instant,
  step: z.enum(['signing_in', 'appointments', 'consultations', 'writing', 'sending']),
  done: z.int().min(0),
  /** 0 while it is not known. */
  total: z.int().min(0),
});
export type RunProgress = z.infer<typeof RunProgress>;

/** What a clinic is to be told of its runs: three failures in a row, or none that worked for a day. */
export const RunAlert = z.enum(['failing', 'silent']);
export type RunAlert = z.infer<typeof RunAlert>;

/** An outside system as this desk knows it; what central says of all desks is as of `asOf`. */
export const IntegrationState = z.object({
  source: OutsideSource,
  enabled: z.boolean(),
  /** Whether this desk has what a run takes. */
  canRunHere: z.boolean(),
  /** The desk that holds the lease. */
  heldBy: z.object({ deskId: Id, deskName: z.string(), own: z.boolean(), until: Instant }).nullable(),
  lastRunAt: Instant.nullable(),
  lastOkAt: Instant.nullable(),
  /** Failures in a row. */
  failures: z.int().min(0),
  lastError: RunError.nullable(),
  /** When this desk would run it next; where it cannot, when the desk that ran it last said it would. */
  nextRunAt: Instant.nullable(),
  running: RunProgress.nullable(),
  alert: RunAlert.nullable(),
  /** When central last said how the runs went; null where it has not since this desk was started. */
  asOf: Instant.nullable(),
});
export type IntegrationState = z.infer<typeof IntegrationState>;
