import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFindings } from '../../../src-main/core/integrations/import/findings.ts';
import { outsideId } from '../../../src-main/core/integrations/outside-id.ts';
import { freshCentral, serverUrl, withClient } from '../../support/central.ts';
import { temporaryFolder } from '../../support/desk.ts';
import { begin, type ImportClinic, importClinic, over, tally } from '../../support/import-desk.ts';
import { BCRYPT, fillMedicPostgres, fillMedicSqlite, medicId } from './medic-fixture.ts';

const ours = (table: string, id: string) => outsideId('import', 'medic', table, id);
const folder = temporaryFolder();
let clinic: ImportClinic;
let medicUrl = '';
let dropMedic: () => Promise<void>;

beforeAll(async () => {
  clinic = await importClinic();
  const name = `medic_${process.pid}_${Math.floor(performance.now())}`;
  const server = await serverUrl();
  await withClient(server, (owner) => owner.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  medicUrl = url.href;
  await withClient(medicUrl, fillMedicPostgres);
  dropMedic = async () => {
    await withClient(server, (owner) => owner.query(`drop database ${name} with (force)`));
  };
});
afterAll(async () => {
  await clinic?.drop();
  await dropMedic?.();
  folder.remove();
});

const findingsOf = (runId: string) =>
  readFindings(clinic.desk.replica, runId, { limit: 500 }).findings.map(
    ({ table, sourceId, reason, leftOut }) => [table, sourceId, reason, leftOut],
  );

const atCentral = (sql: string): Promise<Record<string, unknown>[]> =>
  withClient(clinic.central.ownerUrl, async (owner) => (await owner.query(sql)).rows);

describe('a Medic database in Postgres', () => {
  test('is shown before it is taken: its tables, its first rows as they would stand here, its doctors', async () => {
    const preview = await clinic.imports.preview(
      { userId: null, rights: new Set() },
      { source: { from: 'medic_postgres', url: medicUrl } },
    );
    expect(preview).toMatchObject({ ok: true, value: { namespace: 'medic', csv: null } });
    if (!preview.ok) return;
    const { tables, doctors, problems } = preview.value;
    expect(tables.map(({ table, rows, becomes, leftOut }) => [table, rows, becomes, leftOut])).toEqual([
      ['specialties', 1, 'specialties', null],
      ['doctors', 3, 'doctors', null],
      ['patients', 4, 'patients', null],
      ['appointments', 10, 'appointments', null],
      ['users', 8, 'accounts', null],
      ['users_tokens', 1, null, 'single_use'],
      ['schema_migrations', 1, null, 'ledger'],
    ]);
    expect(tables[2]?.samples[0]?.values).toMatchObject({ firstName: 'Μαρία', dateOfBirth: '1980-02-29' });
    expect(JSON.stringify(preview)).not.toContain(BCRYPT);
    expect(doctors.map(({ name }) => name)).toEqual(['Ελένη Παππά', 'Νίκος Βασιλείου', 'Helen Pappa']);
    expect(problems.map(({ reason }) => reason)).toContain('status_unknown');
  });

  test('comes in whole, and what breaks a rule is listed with its reason', async () => {
    const { id } = await begin(clinic.imports, { from: 'medic_postgres', url: medicUrl });
    const run = await over(clinic.imports, id);
    expect([run.status, run.error]).toEqual(['completed', null]);
    expect(tally(run)).toEqual({
      specialties: '1/1/0/0',
      doctors: '3/2/0/1',
      patients: '4/4/0/0',
      appointments: '10/5/0/5',
      users: '8/7/0/1',
    });
    expect(findingsOf(id).sort()).toEqual(
      [
        ['appointments', medicId.appointment(2), 'overlap', true],
        ['appointments', medicId.appointment(7), 'status_unknown', true],
        ['appointments', medicId.appointment(8), 'unknown_doctor', true],
        ['appointments', medicId.appointment(9), 'unknown_patient', true],
        ['appointments', medicId.appointment(10), 'bad_duration', true],
        ['doctors', medicId.doctor(1), 'kept_here', false],
        ['doctors', medicId.doctor(3), 'email_in_use', true],
        ['patients', medicId.patient(4), 'too_long', false],
        ['schema_migrations', '', 'ledger', true],
        ['users', medicId.user(14), 'password_unknown', false],
        ['users', medicId.user(3), 'email_in_use', true],
        ['users', medicId.user(4), 'not_taken', false],
        ['users_tokens', '', 'single_use', true],
      ].sort(),
    );
  });

  test('stands at central as it stood there', async () => {
    const visits = await atCentral(
      `select status, appointment_type, origin, notes, cal_com_uid, meeting_url, cancellation_reason,
         confirmed_at is not null as confirmed, to_char(scheduled_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at,
         duration_minutes as minutes from appointments order by scheduled_at, status`,
    );
    expect(visits.map(({ status, at, minutes, confirmed }) => [status, at, minutes, confirmed])).toEqual([
      ['cancelled', '2026-03-02 10:00', 30, false],
      ['completed', '2026-03-02 10:00', 30, false],
      ['no_show', '2026-03-03 10:00', 30, false],
      ['scheduled', '2026-11-25 08:00', 30, true],
      ['pending', '2026-11-25 09:00', 30, false],
    ]);
    expect(visits[1]).toMatchObject({ notes: 'Υπέρταση', origin: 'import' });
    expect(visits[3]).toMatchObject({ cal_com_uid: 'uid-1' });
    expect(visits[4]).toMatchObject({ appointment_type: 'video', meeting_url: 'https://meet.example/3' });
    const [doctor] = await atCentral(
      `select * from doctors where id = '${ours('doctors', medicId.doctor(1))}'`,
    );
    expect(doctor).toMatchObject({
      first_name: 'Ελένη',
      email: 'eleni@medic.example',
      consultation_fee: 4510,
      location_lat: 37.975,
      review_count: 0,
      specialty_id: ours('specialties', medicId.specialty(1)),
      user_id: ours('users', medicId.user(1)),
      cal_com_event_type_id: '9001',
    });
  });

  test('brings accounts with their roles, and nobody signs in by one until they are invited', async () => {
    const accounts = await atCentral(
      `select u.email, u.role, u.hashed_password, u.display_name, u.totp_secret, k.id as keys from users u
       left join staff_keys k on k.clinic_id = u.clinic_id and k.id = u.id
       where u.email like '%medic.example' or u.email like '%home.example' order by u.email`,
    );
    expect(accounts.map(({ email, role, keys, totp_secret }) => [email, role, keys, totp_secret])).toEqual([
      ['anna@home.example', 'patient', null, null],
      ['eleni@medic.example', 'doctor', null, null],
      ['giorgos@home.example', 'patient', null, null],
      ['kostas@home.example', 'patient', null, null],
      ['maria@home.example', 'patient', null, null],
      ['nikos@medic.example', 'doctor', null, null],
      ['owner@medic.example', 'admin', null, null],
    ]);
    expect(accounts.map((one) => one['hashed_password'])).toEqual([
      BCRYPT,
      BCRYPT,
      BCRYPT,
      '!',
      BCRYPT,
      BCRYPT,
      BCRYPT,
    ]);
    expect(await atCentral('select clinic_is_open(clinic_id) as open from clinics')).toEqual([
      { open: true },
    ]);
    expect(await atCentral('select count(*)::int as linked from patients where user_id is not null')).toEqual(
      [{ linked: 4 }],
    );
  });

  test('read again, here or from its SQLite file, changes nothing', async () => {
    await clinic.desk.quiet();
    const before = await atCentral('select count(*)::int as rows from changes');
    const file = join(folder.path, 'medic_dev.db');
    fillMedicSqlite(file);
    for (const source of [
      { from: 'medic_postgres' as const, url: medicUrl },
      { from: 'medic_sqlite' as const, file },
    ]) {
      const run = await over(clinic.imports, (await begin(clinic.imports, source)).id);
      expect(run.status).toBe('completed');
      expect(tally(run)).toEqual({
        specialties: '1/0/1/0',
        doctors: '3/0/2/1',
        patients: '4/0/4/0',
        appointments: '10/0/5/5',
        users: '8/0/7/1',
      });
      expect(run.findings.find(({ reason }) => reason === 'differs')).toBeUndefined();
    }
    await clinic.desk.quiet();
    expect(await atCentral('select count(*)::int as rows from changes')).toEqual(before);
  });

  test('keeps no password of the database anywhere', async () => {
    const { password } = new URL(medicUrl);
    expect(password).not.toBe('');
    const kept = clinic.desk.replica.statement('select source, error from import_runs').all();
    expect(JSON.stringify(kept)).not.toContain(decodeURIComponent(password));
    expect(JSON.stringify(clinic.imports.all())).not.toContain(decodeURIComponent(password));
  });

  test('says what is missing where it is another kind of database', async () => {
    const other = await freshCentral();
    const started = await clinic.imports.start(
      { userId: null, rights: new Set() },
      { source: { from: 'medic_postgres', url: other.ownerUrl } },
    );
    expect(started).toMatchObject({
      ok: false,
      error: { code: 'import_unreadable', details: { code: 'not_this_kind', where: 'replicated_tables' } },
    });
    await other.drop();
  });
});
