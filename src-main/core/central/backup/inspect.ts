import pg from 'pg';
import { verifyAudit } from '../audit-log.ts';
import { type CentralConnection, connectCentral } from '../connect.ts';
import { readVersion } from '../migrate.ts';
import { CENTRAL_VERSION } from '../push.ts';
import { BackupFault } from './problem.ts';

/** What a restored database was seen to hold. */
export interface Inspected {
  clinics: string[];
  tables: number;
  rows: number;
  /** Clinics whose audit is not whole, as it was when the backup was made. */
  brokenAudits: string[];
}

/**
 * Reads a restored database from end to end, so that a damaged page is found now and not in a year, and checks what desks
 * rely on. Throws `BackupFault` where it is not whole.
 */
export const inspect = async (ownerUrl: string): Promise<Inspected> => {
  const connected = await connectCentral(ownerUrl, {
    application: 'anteroom-backup',
    statementTimeoutMs: 0,
  });
  if (!connected.ok) throw damaged(connected.error.message);
  const connection = connected.value;
  try {
    await checkVersion(connection);
    const read = await readEverything(connection);
    await checkHeads(connection);
    const clinics = await connection.query<{ name: string }>('select name from clinics order by name, id');
    const brokenAudits: string[] = [];
    const verified = await verifyAudit(ownerUrl, undefined, ({ name, verdict }) => {
      if (!verdict.whole) brokenAudits.push(name);
    });
    if (!verified.ok) throw damaged(verified.error.message);
    return { clinics: clinics.map(({ name }) => name), ...read, brokenAudits };
  } catch (fault) {
    if (fault instanceof pg.DatabaseError)
      throw damaged(`Postgres says: ${fault.code} ${fault.routine ?? ''}`);
    throw fault;
  } finally {
    await connection.close();
  }
};

const damaged = (why: string): BackupFault =>
  new BackupFault('damaged', `What the backup holds is not a whole database. ${why}`);

const checkVersion = async (connection: CentralConnection): Promise<void> => {
  const version = await readVersion(connection);
  if (version === null) throw damaged('It has none of the tables of Anteroom.');
  if (version > CENTRAL_VERSION) {
    throw new BackupFault('other_version', 'The backup is of a newer Anteroom. Update this one first.');
  }
};

/** Every value of every row, as text: a scan of an index, or a count alone, would pass pages over. */
const readEverything = async (connection: CentralConnection): Promise<{ tables: number; rows: number }> => {
  await connection.query('set enable_indexscan = off; set enable_indexonlyscan = off');
  const tables = await connection.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'drizzle') order by 1`,
  );
  let rows = 0;
  for (const { name } of tables) {
    const [read] = await connection.query<{ rows: string }>(
      `select count(hashtext(t::text)) as rows from ${name} t`,
    );
    rows += Number(read?.rows);
  }
  return { tables: tables.length, rows };
};

/** No row may be newer than its clinic's head, or desks would miss the next ones. */
const checkHeads = async (connection: CentralConnection): Promise<void> => {
  const tables = await connection.query<{ name: string }>(
    'select quote_ident(name) as name from replicated_tables',
  );
  for (const { name } of tables) {
    const ahead = await connection.query(
      `select from ${name} t left join heads h on h.clinic_id = t.clinic_id
       where t.rev > coalesce(h.seq, 0) limit 1`,
    );
    if (ahead.length > 0) throw damaged(`The table ${name} is ahead of its clinic.`);
  }
};
