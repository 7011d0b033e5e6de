import pg from 'pg';
import { type TextDatabase, type TextRow, textSelect } from '../foreign-rows.ts';
import { type CentralConnection, connectCentral } from './connect.ts';

/** Why another program's database is not open. */
export type ForeignFault = 'cannot_connect' | 'refused_login' | 'untrusted' | 'no_such_database';

const PIECE = 200;

/**
 * Opens another program's Postgres for reading: one read-only transaction, so that all is read as it stood at one moment.
 * TLS as for central: verified, but for this computer itself.
 */
export const openForeignDatabase = async (
  url: string,
  signal: AbortSignal,
): Promise<{ ok: true; value: TextDatabase } | { ok: false; error: ForeignFault }> => {
  const connected = await connectCentral(url, {
    application: 'anteroom-import',
    statementTimeoutMs: 0,
    signal,
  });
  if (!connected.ok) return { ok: false, error: faultOf(connected.error) };
  const connection = connected.value;
  const cut = () => connection.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    await connection.query(`set time zone 'UTC'`);
    await connection.query(`set datestyle to 'ISO'`);
    await connection.query('begin transaction isolation level repeatable read, read only');
  } catch {
    connection.destroy();
    return { ok: false, error: 'cannot_connect' };
  }
  return {
    ok: true,
    value: databaseOn(connection, nameOf(url), () => signal.removeEventListener('abort', cut)),
  };
};

const faultOf = ({ code, message }: { code: string; message: string }): ForeignFault => {
  if (code === 'untrusted') return 'untrusted';
  if (code !== 'refused_login') return 'cannot_connect';
  return /database .* does not exist/.test(message) ? 'no_such_database' : 'refused_login';
};

/** `clinic at db.example`. */
const nameOf = (text: string): string => {
  const url = new URL(text);
  return `${decodeURIComponent(url.pathname.slice(1))} at ${url.hostname}`;
};

const databaseOn = (connection: CentralConnection, name: string, atEnd: () => void): TextDatabase => ({
  name,
  columnsOf: async (table) => {
    const rows = await connection.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
      [table],
    );
    return new Set(rows.map((row) => row.name));
  },
  count: async (table) => {
    const [row] = await connection.query<{ count: string }>(
      `select count(*) as count from ${pg.escapeIdentifier(table)}`,
    );
    return Number(row?.count ?? 0);
  },
  read: (selection, after) =>
    fetched(connection, textSelect(selection, { after: '$1::text', binary: ' collate "C"' }), after),
  close: async () => {
    atEnd();
    if (!connection.closed) await connection.close();
  },
});

let cursors = 0;

async function* fetched(
  connection: CentralConnection,
  select: string,
  after: string | null,
): AsyncGenerator<TextRow[]> {
  cursors += 1;
  const cursor = `anteroom_${cursors}`;
  await connection.query(`declare ${cursor} no scroll cursor for ${select}`, [after]);
  try {
    for (;;) {
      const rows = await connection.query<TextRow>(`fetch ${PIECE} from ${cursor}`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    if (!connection.closed) await connection.query(`close ${cursor}`);
  }
}
