import { type Connection, createConnection } from 'mysql2/promise';
import type { ImportError } from '../../../../contract/imports.ts';
import type { TextDatabase, TextRow, TextSelection } from '../../../foreign-rows.ts';
import { isLoopback } from '../../../mail/mailer.ts';

/** Rows to a query: a server ends a longer answer that nobody takes for a minute. */
const PIECE = 500;
const CONNECT_MS = 15_000;

type Server = { ok: true; value: TextDatabase } | { ok: false; error: ImportError['code'] };

/**
 * Opens a MySQL or MariaDB database for reading: one read-only transaction, so that all is read as it stood at one moment,
 * and TIMESTAMPs in UTC. Off this computer with TLS and a certificate that verifies, or not at all.
 * @param url `mysql://user:password@host:3306/clinic`.
 */
export const openMysqlServer = async (url: string, signal: AbortSignal): Promise<Server> => {
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  const host = hostname.replace(/^\[|\]$/g, '');
  try {
    const connection = await createConnection({
      host,
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
      charset: 'utf8mb4',
      connectTimeout: CONNECT_MS,
      // Values as the server writes them: no number rounded, no time moved to this computer's zone.
      typeCast: (field) => field.string(),
      ...(isLoopback(host)
        ? {}
        : { ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true } }),
    });
    connection.on('error', () => undefined);
    const cut = () => connection.destroy();
    signal.addEventListener('abort', cut, { once: true });
    await connection.query(`set time_zone = '+00:00', sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')`);
    await connection.query('set transaction isolation level repeatable read');
    await connection.query('start transaction with consistent snapshot, read only');
    const close = async () => {
      signal.removeEventListener('abort', cut);
      await connection.end().catch(() => connection.destroy());
    };
    return { ok: true, value: databaseOn(connection, `${database} at ${hostname}`, close) };
  } catch (fault) {
    return { ok: false, error: faultOf(fault) };
  }
};

const faultOf = (fault: unknown): ImportError['code'] => {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR') return 'refused_login';
  if (code === 'ER_BAD_DB_ERROR') return 'no_such_database';
  return /CERT|SSL|TLS|UNABLE_TO/.test(code) ? 'untrusted' : 'cannot_connect';
};

const databaseOn = (connection: Connection, name: string, close: () => Promise<void>): TextDatabase => ({
  name,
  columnsOf: async (table) => {
    const rows = await textRows(
      connection,
      'select column_name as name from information_schema.columns where table_schema = database() and table_name = ?',
      [table],
    );
    return new Set(rows.flatMap((row) => row['name'] ?? []));
  },
  count: async (table) => {
    const [row] = await textRows(connection, `select count(*) as n from "${table}"`, []);
    return Number(row?.['n'] ?? 0);
  },
  read: (selection, after) => pages(connection, selection, after),
  close,
});

/** Every column is text, since `typeCast` makes it so. */
const textRows = async (connection: Connection, sql: string, values: unknown[]): Promise<TextRow[]> => {
  const [rows] = await connection.query(sql, values);
  return rows as TextRow[];
};

async function* pages(
  connection: Connection,
  selection: TextSelection,
  after: string | null,
): AsyncGenerator<TextRow[]> {
  const { key } = selection;
  for (let last = after; ; ) {
    const rows = await textRows(connection, selectOf(selection, last), last === null ? [] : [last]);
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.[key] ?? null;
  }
}

/** Names are written in code; what varies is a parameter. */
const selectOf = ({ table, key, columns, joined = [] }: TextSelection, last: string | null): string => {
  const names = [
    ...[...new Set([key, ...columns])].map((column) => `t."${column}"`),
    ...joined.flatMap((one, n) =>
      Object.entries(one.columns).map(([as, column]) => `j${n}."${column}" as "${as}"`),
    ),
  ];
  const joins = joined.map(
    (one, n) => ` left join "${one.table}" j${n} on j${n}."${one.key}" = t."${one.by}"`,
  );
  const where = last === null ? '' : ` where t."${key}" > ?`;
  return `select ${names.join(', ')} from "${table}" t${joins.join('')}${where} order by t."${key}" limit ${PIECE}`;
};
