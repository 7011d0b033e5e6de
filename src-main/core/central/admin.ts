import pg from 'pg';
import { v7 as newId } from 'uuid';
import { type CentralConnection, connectCentral } from './connect.ts';
import { type MigrateCode, migrateCentral } from './migrate.ts';
import { randomPassword, scramVerifier } from './own-password.ts';

/** Why an administrator's command did nothing. */
export type AdminCode =
  | MigrateCode
  | 'not_initialised'
  | 'no_such_clinic'
  | 'no_such_desk'
  | 'no_such_account'
  | 'name_in_use'
  | 'invalid'
  | 'not_owner';

export type AdminResult<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: AdminCode; message: string } };

export interface NewClinic {
  name: string;
  nameEl?: string;
  kind?: 'human' | 'veterinary';
  /** IANA name, such as `Europe/Athens`. */
  timezone: string;
  /** ISO 4217. */
  currency?: string;
  /** ISO 8601: 1 is Monday. */
  firstWeekday?: number;
  isSample?: boolean;
}

export interface AddedDesk {
  deskId: string;
  /** The desk's own connection URL, with its password: shown once, to be kept in the desk's keychain. */
  url: string;
}

/** Migrates an empty or older database to this program's schema. */
export const initCentral = async (ownerUrl: string): Promise<AdminResult<null>> => {
  const migrated = await migrateCentral(ownerUrl);
  return migrated.ok ? { ok: true, value: null } : migrated;
};

/** Adds a clinic. Answers its id. */
export const addClinic = (ownerUrl: string, clinic: NewClinic): Promise<AdminResult<string>> =>
  asOwner(ownerUrl, async (connection) => {
    const zones = await connection.query('select from pg_timezone_names where name = $1', [clinic.timezone]);
    if (zones.length === 0) return refuse('invalid', `${clinic.timezone} is no IANA time zone.`);
    const id = newId();
    await connection.query(
      `insert into clinics (clinic_id, id, name, name_el, kind, timezone, currency, first_weekday, is_sample)
       values ($1, $1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        clinic.name,
        clinic.nameEl ?? null,
        clinic.kind ?? 'human',
        clinic.timezone,
        clinic.currency ?? 'EUR',
        clinic.firstWeekday ?? 1,
        clinic.isSample ?? false,
      ],
    );
    return { ok: true, value: id };
  });

/** The clinics of a central database, by name. */
export const listClinics = (
  ownerUrl: string,
): Promise<AdminResult<{ id: string; name: string; isSample: boolean }[]>> =>
  asOwner(ownerUrl, async (connection) => ({
    ok: true,
    value: await connection.query('select id, name, is_sample as "isSample" from clinics order by name, id'),
  }));

/**
 * Adds a desk: its own login role, which sees one clinic, and the receptionist's account that it acts as while
 * nobody is signed in.
 */
export const addDesk = (
  ownerUrl: string,
  desk: { clinicId: string; name: string },
): Promise<AdminResult<AddedDesk>> =>
  asOwner(ownerUrl, (connection) =>
    connection.transaction(async () => {
      const clinics = await connection.query('select from clinics where clinic_id = $1', [desk.clinicId]);
      if (clinics.length === 0) return refuse('no_such_clinic', `There is no clinic ${desk.clinicId}.`);
      const deskId = newId();
      const role = `desk_${deskId.replaceAll('-', '')}`;
      const password = randomPassword();
      await createLogin(connection, role, password);
      await insertDesk(connection, { ...desk, deskId, role });
      return { ok: true, value: { deskId, url: withLogin(ownerUrl, role, password) } };
    }),
  );

/** A role of its own, with no right but those of the group `anteroom_desk`. The password itself stands in no statement. */
const createLogin = async (connection: CentralConnection, role: string, password: string): Promise<void> => {
  const verifier = pg.escapeLiteral(await scramVerifier(password));
  await connection.query(
    `create role ${pg.escapeIdentifier(role)} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
     connection limit 20 password ${verifier} in role anteroom_desk`,
  );
};

const insertDesk = async (
  connection: CentralConnection,
  desk: { clinicId: string; deskId: string; name: string; role: string },
): Promise<void> => {
  const userId = newId();
  // No password fits `!`: nobody signs in with this account.
  await connection.query(
    `insert into users (clinic_id, id, email, display_name, hashed_password, role)
     values ($1, $2, $3, $4, '!', 'receptionist')`,
    [desk.clinicId, userId, `${desk.role}@desk.invalid`, desk.name],
  );
  await connection.query(
    'insert into desks (clinic_id, id, name, role, user_id) values ($1, $2, $3, $4, $5)',
    [desk.clinicId, desk.deskId, desk.name, desk.role, userId],
  );
};

const withLogin = (ownerUrl: string, role: string, password: string): string => {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
};

const refuse = (code: AdminCode, message: string): AdminResult<never> => ({
  ok: false,
  error: { code, message },
});

/**
 * Runs an owner's statements on a connection of their own; what the data forbids becomes a refusal. No statement runs longer
 * than `statementTimeoutMs`, 30 seconds unless told otherwise; 0 sets no limit.
 */
export const asOwner = async <T>(
  ownerUrl: string,
  work: (connection: CentralConnection) => Promise<AdminResult<T>>,
  statementTimeoutMs?: number,
): Promise<AdminResult<T>> => {
  const connected = await connectCentral(ownerUrl, {
    application: 'anteroom-admin',
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  });
  if (!connected.ok) return refuse(connected.error.code, connected.error.message);
  try {
    return await work(connected.value);
  } catch (fault) {
    const refusal = fault instanceof pg.DatabaseError ? known(fault) : null;
    if (!refusal) throw fault;
    return refusal;
  } finally {
    await connected.value.close();
  }
};

const known = (fault: pg.DatabaseError): AdminResult<never> | null => {
  if (fault.code === '42P01') {
    return refuse('not_initialised', 'This database holds no Anteroom tables yet. Run: central init --url …');
  }
  if (fault.code === '42501') return refuse('not_owner', 'This URL is not that of the database owner.');
  if (fault.code === '23505') return refuse('name_in_use', 'That name is in use already.');
  if (/^2[23]/.test(fault.code ?? '')) return refuse('invalid', fault.message);
  return null;
};
