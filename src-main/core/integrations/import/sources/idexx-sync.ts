import type { TextDatabase } from '../../../foreign-rows.ts';
import { Fields } from '../fields.ts';
import type { MapContext, Mapped, Opened, SourceRow } from '../source.ts';
import { asKnownTables, type KnownTable } from './text-tables.ts';

/**
 * The Postgres of another IDEXX sync (idexx-sync-schema). Its ids are UUIDs. The four tables that the schema describes must
 * be there; the ones that they refer to (`users`, `cases`, `scheduled_discharge_calls`, `clinics`) are taken as far as they
 * have the columns that are read here.
 */
export const openIdexxSync = async (database: TextDatabase): Promise<Opened> => {
  const checked = await asKnownTables(database, await knownIn(database));
  if (!checked.ok) {
    await database.close();
    return checked;
  }
  const { name } = database;
  return {
    ok: true,
    reader: { identity: 'idexx-sync', name, tables: checked.tables, close: () => database.close() },
  };
};

/** Whose a row is: by the account, and by its address where the source has addresses. */
const knownIn = async (database: TextDatabase): Promise<KnownTable[]> => {
  const hasEmail = (await database.columnsOf('users')).has('email');
  const joined = [{ table: 'users', key: 'id', by: 'user_id', columns: { user_email: 'email' } }];
  return idexxSyncTables.map((table) =>
    hasEmail && table.needs.includes('user_id') && table.becomes === 'idexx_history'
      ? { ...table, joined }
      : table,
  );
};

const account = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const email = fields.needed('email', 255);
  const name = [fields.text('first_name'), fields.text('last_name')]
    .filter((part) => part !== null)
    .join(' ');
  return fields.becomes({
    target: 'accounts',
    row: {
      id: idOf('users', row.id),
      email,
      display_name: (fields.text('name') ?? (name || email)).slice(0, 200),
      // What they may do is not told there: the least of the staff until an administrator says more.
      role: 'receptionist',
      hashed_password: null,
    },
  });
};

const caseStatuses = ['draft', 'ongoing', 'completed', 'reviewed'] as const;

const caseRow = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const patientId = fields.text('patient_id');
  const status = fields.oneOf('status', caseStatuses);
  if (!status) fields.leave('status_unknown', { value: row.values['status'] });
  return fields.becomes({
    target: 'cases',
    row: {
      id: idOf('cases', row.id),
      externalId: fields.text('external_id') ?? `import-${row.id}`,
      consultationId: fields.text('consultation_id'),
      patientId: patientId && idOf('patients', patientId),
      reason: fields.text('reason'),
      consultedAt: fields.instant('consulted_at'),
      completedAt: fields.instant('completed_at'),
      status: status ?? 'draft',
      clinicalNotes: fields.text('clinical_notes'),
      dischargeSummary: fields.text('discharge_summary'),
    },
  });
};

const callStatuses = ['queued', 'ringing', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

/** A call that was under way in the other program is under way no more; whether it was made, nobody knows. */
const dischargeCall = (row: SourceRow, { idOf }: MapContext): Mapped => {
  const fields = new Fields(row.values);
  const told = fields.oneOf('status', callStatuses);
  if (!told) fields.leave('status_unknown', { value: row.values['status'] });
  const status = told === 'ringing' || told === 'in_progress' ? 'failed' : (told ?? 'failed');
  return fields.becomes({
    target: 'scheduled_discharge_calls',
    row: {
      id: idOf('scheduled_discharge_calls', row.id),
      caseId: idOf('cases', fields.needed('case_id')),
      patientId: null,
      phone: fields.needed('phone', 30),
      dueAt: fields.neededInstant('due_at'),
      status,
      attempts: fields.whole('attempts') ?? 0,
      nextAttemptAt: null,
      outcomeNotes: fields.text('outcome_notes'),
    },
  });
};

const history = (
  of: 'session' | 'status' | 'log',
  row: SourceRow,
  { idOf }: MapContext,
  columns: (fields: Fields) => Record<string, unknown>,
): Mapped => {
  const fields = new Fields(row.values);
  const userId = fields.text('user_id');
  const own = columns(fields);
  return fields.becomes({
    target: 'idexx_history',
    row: {
      of,
      id: idOf(`idexx_${of}`, row.id),
      user_id: userId && idOf('users', userId),
      user_email: fields.text('user_email'),
      ...own,
    },
  });
};

/** A run that is still said to be running there does not run here. */
const session = (row: SourceRow, context: MapContext): Mapped =>
  history('session', row, context, (fields) => {
    const status = fields.oneOf('status', ['running', 'completed', 'failed', 'timeout'] as const) ?? 'failed';
    const startedAt = fields.instant('started_at') ?? context.now;
    return {
      status: status === 'running' ? 'failed' : status,
      started_at: startedAt,
      completed_at: fields.instant('completed_at'),
      consultations_synced: fields.whole('consultations_synced') ?? 0,
      consultations_failed: fields.whole('consultations_failed') ?? 0,
      discharge_calls_scheduled: fields.whole('discharge_calls_scheduled') ?? 0,
      error_details: json(fields, 'error_details'),
      created_at: fields.instant('created_at') ?? startedAt,
    };
  });

const status = (row: SourceRow, context: MapContext): Mapped =>
  history('status', row, context, (fields) => {
    const [caseId, callId] = [fields.text('case_id'), fields.text('discharge_call_id')];
    return {
      consultation_id: fields.needed('consultation_id'),
      case_id: caseId && context.idOf('cases', caseId),
      sync_status: fields.oneOf('sync_status', ['pending', 'synced', 'failed'] as const) ?? 'pending',
      has_clinical_notes: fields.yes('has_clinical_notes'),
      notes_synced_at: fields.instant('notes_synced_at'),
      discharge_call_scheduled: fields.yes('discharge_call_scheduled'),
      discharge_call_id: callId && context.idOf('scheduled_discharge_calls', callId),
      last_sync_attempt: fields.instant('last_sync_attempt'),
      created_at: fields.instant('created_at') ?? context.now,
    };
  });

const log = (row: SourceRow, context: MapContext): Mapped =>
  history('log', row, context, (fields) => ({
    timestamp: fields.instant('timestamp') ?? context.now,
    action: fields.needed('action'),
    status: fields.text('status'),
    ip_address: fields.text('ip_address'),
    session_id: fields.text('session_id'),
    error_details: json(fields, 'error_details'),
    metadata: json(fields, 'metadata'),
  }));

const json = (fields: Fields, column: string): unknown => {
  const text = fields.text(column);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    fields.note('bad_text', { column });
    return null;
  }
};

export const idexxSyncTables: readonly KnownTable[] = [
  { name: 'clinics', becomes: null, leftOut: 'kept_here', needs: ['id'], optional: true },
  {
    name: 'cases',
    becomes: 'cases',
    needs: ['id', 'status'],
    also: [
      'external_id',
      'consultation_id',
      'patient_id',
      'reason',
      'consulted_at',
      'completed_at',
      'clinical_notes',
      'discharge_summary',
    ],
    optional: true,
    map: caseRow,
  },
  {
    name: 'scheduled_discharge_calls',
    becomes: 'scheduled_discharge_calls',
    needs: ['id', 'case_id', 'phone', 'due_at', 'status'],
    also: ['attempts', 'outcome_notes'],
    optional: true,
    map: dischargeCall,
  },
  {
    name: 'users',
    becomes: 'accounts',
    needs: ['id', 'email'],
    also: ['name', 'first_name', 'last_name'],
    optional: true,
    map: account,
  },
  {
    name: 'idexx_sync_sessions',
    becomes: 'idexx_history',
    needs: ['id', 'user_id', 'status', 'started_at'],
    also: [
      'completed_at',
      'consultations_synced',
      'consultations_failed',
      'discharge_calls_scheduled',
      'error_details',
      'created_at',
    ],
    map: session,
  },
  {
    name: 'consultation_sync_status',
    becomes: 'idexx_history',
    needs: ['id', 'consultation_id', 'user_id', 'sync_status'],
    also: [
      'case_id',
      'has_clinical_notes',
      'notes_synced_at',
      'discharge_call_scheduled',
      'discharge_call_id',
      'last_sync_attempt',
      'created_at',
    ],
    map: status,
  },
  {
    name: 'idexx_sync_audit_log',
    becomes: 'idexx_history',
    needs: ['id', 'timestamp', 'user_id', 'action'],
    also: ['status', 'ip_address', 'session_id', 'error_details', 'metadata'],
    map: log,
  },
  // Sealed with a key that this clinic does not have: whoever uses Neo types the login in the settings once.
  { name: 'idexx_credentials', becomes: null, leftOut: 'sealed_elsewhere', needs: ['id', 'user_id'] },
];
