import { setTimeout as pause } from 'node:timers/promises';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { places } from '../places.ts';
import { type CentralConnection, type ConnectCode, connectCentral } from './connect.ts';
import { CENTRAL_VERSION } from './push.ts';

export type MigrateCode = ConnectCode | 'too_new';

export type Migrated = { ok: true } | { ok: false; error: { code: MigrateCode; message: string } };

/** Held while migrating, so that two programs that start at once do not both do it. */
const migrationLock = 4_771_236_002;

/** Brings a central database to this program's schema. One that a newer program has migrated is left alone. */
export const migrateCentral = async (ownerUrl: string): Promise<Migrated> => {
  const connected = await connectCentral(ownerUrl, {
    application: 'anteroom-migrate',
    statementTimeoutMs: 0,
  });
  if (!connected.ok) return connected;
  const connection = connected.value;
  try {
    await connection.query('select pg_advisory_lock($1)', [migrationLock]);
    const found = await readVersion(connection);
    if (found !== null && found > CENTRAL_VERSION) {
      return { ok: false, error: { code: 'too_new', message: tooNew(found) } };
    }
    await migrateAmongDesks(connection);
    return { ok: true };
  } finally {
    await connection.close();
  }
};

/** How often a migration is begun. */
const tries = 10;

/**
 * Desks go on meanwhile, and read the tables in another order than the migrations change them. Where Postgres ends the
 * migration to undo such a knot, nothing of it was done.
 */
const migrateAmongDesks = async (connection: CentralConnection): Promise<void> => {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await migrate(drizzle(connection.client), { migrationsFolder: places.centralMigrations });
    } catch (fault) {
      if (left === 0 || !isDeadlock(fault)) throw fault;
      await pause(100);
    }
  }
};

/** drizzle wraps what `pg` throws. */
const isDeadlock = (fault: unknown): boolean => {
  const cause = fault instanceof DrizzleQueryError ? fault.cause : fault;
  return cause instanceof pg.DatabaseError && cause.code === '40P01';
};

/** Central's schema version, or null before the first migration. */
export const readVersion = async (connection: CentralConnection): Promise<number | null> => {
  const [made] = await connection.query<{ there: boolean }>(
    `select to_regprocedure('public.central_version()') is not null as there`,
  );
  if (!made?.there) return null;
  const [row] = await connection.query<{ version: number }>('select central_version() as version');
  return row?.version ?? null;
};

const tooNew = (found: number): string =>
  `Central has schema version ${found}; this program knows ${CENTRAL_VERSION}. Update Anteroom on this machine.`;
