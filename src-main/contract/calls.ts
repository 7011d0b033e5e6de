import type { z } from 'zod';
import type { CallShape } from './call.ts';
import { accountCalls } from './calls/account.ts';
import { appointmentsCalls } from './calls/appointments.ts';
import { auditCalls } from './calls/audit.ts';
import { backupCalls } from './calls/backup.ts';
import { calComCalls } from './calls/cal-com.ts';
import { callListCalls } from './calls/call-lists.ts';
import { casesCalls } from './calls/cases.ts';
import { clinicCalls } from './calls/clinic.ts';
import { deskCalls } from './calls/desks.ts';
import { diagnosticsCalls } from './calls/diagnostics.ts';
import { exportCalls } from './calls/export.ts';
import { holdCalls } from './calls/holds.ts';
import { idexxCredentialsCalls } from './calls/idexx-credentials.ts';
import { importsCalls } from './calls/imports.ts';
import { integrationSettingsCalls } from './calls/integration-settings.ts';
import { integrationsCalls } from './calls/integrations.ts';
import { kioskCalls } from './calls/kiosk.ts';
import { messagesCalls } from './calls/messages.ts';
import { outsideCalls } from './calls/outside.ts';
import { patientsCalls } from './calls/patients.ts';
import { paymentsCalls } from './calls/payments.ts';
import { prescriptionsCalls } from './calls/prescriptions.ts';
import { printingCalls } from './calls/printing.ts';
import { reportsCalls } from './calls/reports.ts';
import { schedulesCalls } from './calls/schedules.ts';
import { seriesCalls } from './calls/series.ts';
import { sessionCalls } from './calls/session.ts';
import { setUpCalls } from './calls/set-up.ts';
import { staffCalls } from './calls/staff.ts';
import { syncCalls } from './calls/sync.ts';
import { undoCalls } from './calls/undo.ts';
import { waitingListCalls } from './calls/waiting-list.ts';
import { waitingRoomCalls } from './calls/waiting-room.ts';
import type { Result } from './errors.ts';

export { type Right, rights } from './call.ts';

/** Errors that any call may give. */
export const commonErrors = ['invalid_input', 'not_allowed', 'not_ready', 'internal'] as const;

/** Every call there is: the one list that shells, core and screens share. A subject's calls stand in `calls/`. */
export const calls = {
  ...clinicCalls,
  ...appointmentsCalls,
  ...holdCalls,
  ...seriesCalls,
  ...waitingListCalls,
  ...patientsCalls,
  ...waitingRoomCalls,
  ...kioskCalls,
  ...callListCalls,
  ...casesCalls,
  ...schedulesCalls,
  ...setUpCalls,
  ...reportsCalls,
  ...printingCalls,
  ...exportCalls,
  ...paymentsCalls,
  ...prescriptionsCalls,
  ...messagesCalls,
  ...syncCalls,
  ...backupCalls,
  ...undoCalls,
  ...importsCalls,
  ...sessionCalls,
  ...outsideCalls,
  ...accountCalls,
  ...auditCalls,
  ...staffCalls,
  ...deskCalls,
  ...diagnosticsCalls,
  ...integrationsCalls,
  ...integrationSettingsCalls,
  ...idexxCredentialsCalls,
  ...calComCalls,
} satisfies Record<string, CallShape>;

export type CallName = keyof typeof calls;
/** What a screen passes: defaults may be left out. */
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
/** What a handler gets: defaults are filled in. */
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;
export type CallResult<N extends CallName> = Result<CallOutput<N>>;
