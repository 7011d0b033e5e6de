import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFindings } from '../../../src-main/core/integrations/import/findings.ts';
import { serverUrl, withClient } from '../../support/central.ts';
import { begin, type ImportClinic, importClinic, over, tally } from '../../support/import-desk.ts';

/** The tables of idexx-sync-schema to the letter, and as much of those they refer to as they need. */
const TABLES = `
CREATE TABLE users (id UUID PRIMARY KEY, email TEXT NOT NULL, name TEXT);
CREATE TABLE clinics (id UUID PRIMARY KEY, name TEXT);
CREATE TABLE cases (id UUID PRIMARY KEY, external_id TEXT, status TEXT, clinical_notes TEXT, discharge_summary TEXT);
CREATE TABLE scheduled_discharge_calls (id UUID PRIMARY KEY, case_id UUID REFERENCES cases(id), phone TEXT,
  due_at TIMESTAMPTZ, status TEXT, attempts INTEGER);
CREATE TABLE idexx_credentials (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  encrypted_username TEXT NOT NULL,
  encrypted_password TEXT NOT NULL,
  encryption_key_id TEXT NOT NULL,
  last_validated_at TIMESTAMPTZ,
  validation_status TEXT CHECK (validation_status IN ('valid', 'invalid', 'unknown')),
  created_at TIMESTAMPTZ DEFAULT now(),
  updated_at TIMESTAMPTZ DEFAULT now(),
  UNIQUE(user_id)
);
CREATE TABLE idexx_sync_sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  clinic_id UUID REFERENCES clinics(id),
  status TEXT CHECK (status IN ('running', 'completed', 'failed', 'timeout')),
  started_at TIMESTAMPTZ DEFAULT now(),
  completed_at TIMESTAMPTZ,
  consultations_synced INTEGER DEFAULT 0,
  consultations_failed INTEGER DEFAULT 0,
  discharge_calls_scheduled INTEGER DEFAULT 0,
  error_details JSONB,
  next_scheduled_sync TIMESTAMPTZ,
  created_at TIMESTAMPTZ DEFAULT now()
);
CREATE TABLE consultation_sync_status (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  consultation_id TEXT NOT NULL,
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  case_id UUID REFERENCES cases(id),
  sync_status TEXT CHECK (sync_status IN ('pending', 'synced', 'failed')),
  has_clinical_notes BOOLEAN DEFAULT false,
  notes_synced_at TIMESTAMPTZ,
  discharge_call_scheduled BOOLEAN DEFAULT false,
  discharge_call_id UUID REFERENCES scheduled_discharge_calls(id),
  last_sync_attempt TIMESTAMPTZ,
  created_at TIMESTAMPTZ DEFAULT now(),
  updated_at TIMESTAMPTZ DEFAULT now(),
  UNIQUE(consultation_id, user_id)
);
CREATE TABLE idexx_sync_audit_log (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  timestamp TIMESTAMPTZ DEFAULT now(),
  user_id UUID REFERENCES users(id) ON DELETE CASCADE,
  action TEXT NOT NULL,
  status TEXT,
  ip_address INET,
  session_id TEXT,
  error_details JSONB,
  metadata JSONB
);
`;

const id = (kind: number, n: number) => `5a0c1e9${kind}-77aa-4b1c-8c0d-${String(n).padStart(12, '0')}`;
const ROWS = `
INSERT INTO users VALUES ('${id(1, 1)}', 'vet@neo.example', 'Dr Vet'), ('${id(1, 2)}', 'nurse@neo.example', NULL);
INSERT INTO clinics VALUES ('${id(2, 1)}', 'Old clinic');
INSERT INTO cases VALUES ('${id(3, 1)}', 'idexx-7-4711', 'completed', 'Ωτίτιδα', 'Καθαρισμός αυτιών'),
  ('${id(3, 2)}', 'idexx-7-4712', 'lost', NULL, NULL);
INSERT INTO scheduled_discharge_calls VALUES
  ('${id(4, 1)}', '${id(3, 1)}', '+30 697 000 0000', '2026-11-20T16:00:00+02:00', 'ringing', 1),
  ('${id(4, 2)}', '${id(3, 2)}', '+30 697 000 0000', '2026-11-20T16:00:00+02:00', 'queued', 0);
INSERT INTO idexx_credentials (user_id, encrypted_username, encrypted_password, encryption_key_id)
  VALUES ('${id(1, 1)}', 'sealed', 'sealed', 'key-1');
INSERT INTO idexx_sync_sessions (id, user_id, clinic_id, status, started_at, completed_at, consultations_synced, error_details)
  VALUES ('${id(5, 1)}', '${id(1, 1)}', '${id(2, 1)}', 'completed', '2026-11-19T08:00:00Z', '2026-11-19T08:02:00Z', 41, NULL),
         ('${id(5, 2)}', '${id(1, 2)}', '${id(2, 1)}', 'running', '2026-11-19T12:00:00Z', NULL, 3, '{"step": "login"}'),
         ('${id(5, 3)}', NULL, NULL, 'failed', '2026-11-19T12:00:00Z', NULL, 0, NULL);
INSERT INTO consultation_sync_status (id, consultation_id, user_id, case_id, sync_status, has_clinical_notes, discharge_call_id)
  VALUES ('${id(6, 1)}', '9001', '${id(1, 1)}', '${id(3, 1)}', 'synced', true, '${id(4, 1)}');
INSERT INTO idexx_sync_audit_log (id, timestamp, user_id, action, ip_address, metadata)
  VALUES ('${id(7, 1)}', '2026-11-19T08:00:00Z', '${id(1, 1)}', 'sync_started', '10.0.0.7', '{"n": 1}'),
         ('${id(7, 2)}', '2026-11-19T08:00:01Z', NULL, 'sync_failed', NULL, NULL);
`;

let clinic: ImportClinic;
let url = '';
let drop: () => Promise<void>;

beforeAll(async () => {
  clinic = await importClinic();
  const server = await serverUrl();
  const name = `idexx_${process.pid}_${Math.floor(performance.now())}`;
  await withClient(server, (owner) => owner.query(`create database ${name}`));
  const address = new URL(server);
  address.pathname = `/${name}`;
  url = address.href;
  await withClient(url, (owner) => owner.query(TABLES + ROWS));
  drop = async () => {
    await withClient(server, (owner) => owner.query(`drop database ${name} with (force)`));
  };
});
afterAll(async () => {
  await clinic?.drop();
  await drop?.();
});

const atCentral = (sql: string): Promise<Record<string, unknown>[]> =>
  withClient(clinic.central.ownerUrl, async (owner) => (await owner.query(sql)).rows);

describe('the database of another IDEXX sync', () => {
  test('comes in with its cases, calls and history; its logins are left out and said so', async () => {
    const { id: runId } = await begin(clinic.imports, { from: 'idexx_sync_postgres', url });
    const run = await over(clinic.imports, runId);
    expect([run.status, run.error]).toEqual(['completed', null]);
    expect(tally(run)).toEqual({
      cases: '2/1/0/1',
      scheduled_discharge_calls: '2/1/0/1',
      users: '2/2/0/0',
      idexx_sync_sessions: '3/2/0/1',
      consultation_sync_status: '1/1/0/0',
      idexx_sync_audit_log: '2/2/0/0',
    });
    const { findings } = readFindings(clinic.desk.replica, runId, { limit: 50 });
    expect(findings.map(({ table, sourceId, reason }) => [table, sourceId, reason]).sort()).toEqual(
      [
        ['cases', id(3, 2), 'status_unknown'],
        ['cases', id(3, 2), 'value_unknown'],
        ['scheduled_discharge_calls', id(4, 2), 'unknown_appointment'],
        ['idexx_sync_sessions', id(5, 3), 'unknown_person'],
        ['clinics', '', 'kept_here'],
        ['idexx_credentials', '', 'sealed_elsewhere'],
      ].sort(),
    );
  });

  test('stands at central as it stood there, with nothing still running or ringing', async () => {
    expect(
      await atCentral(`select s.status, u.email, s.consultations_synced as n, s.error_details
        from idexx_sync_sessions s join users u on u.clinic_id = s.clinic_id and u.id = s.user_id order by started_at`),
    ).toEqual([
      { status: 'completed', email: 'vet@neo.example', n: 41, error_details: null },
      { status: 'failed', email: 'nurse@neo.example', n: 3, error_details: { step: 'login' } },
    ]);
    expect(
      await atCentral(`select c.sync_status, k.clinical_notes, d.status from consultation_sync_status c
        join cases k on k.clinic_id = c.clinic_id and k.id = c.case_id
        join scheduled_discharge_calls d on d.clinic_id = c.clinic_id and d.id = c.discharge_call_id`),
    ).toEqual([{ sync_status: 'synced', clinical_notes: 'Ωτίτιδα', status: 'failed' }]);
    expect(
      await atCentral(
        `select action, host(ip_address) as ip from idexx_sync_audit_log where action like 'sync%' order by action`,
      ),
    ).toEqual([
      { action: 'sync_failed', ip: null },
      { action: 'sync_started', ip: '10.0.0.7' },
    ]);
    expect(await atCentral('select * from idexx_credentials')).toEqual([]);
  });

  test('read again changes nothing', async () => {
    const run = await over(
      clinic.imports,
      (await begin(clinic.imports, { from: 'idexx_sync_postgres', url })).id,
    );
    expect(tally(run)).toEqual({
      cases: '2/0/1/1',
      scheduled_discharge_calls: '2/0/1/1',
      users: '2/0/2/0',
      idexx_sync_sessions: '3/0/2/1',
      consultation_sync_status: '1/0/1/0',
      idexx_sync_audit_log: '2/0/2/0',
    });
  });
});
