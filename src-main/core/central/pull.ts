import { createHash } from 'node:crypto';
import type { CentralConnection } from './connect.ts';

/** How a column's value must be turned for the desk's file. */
export type PulledKind = 'instant' | 'boolean' | 'json' | 'plain';

/** A table to read and the columns that the desk holds. Names come from the schema, never from input. */
export interface PulledTable {
  name: string;
  columns: readonly { name: string; kind: PulledKind }[];
}

/** A row of central: instants as epoch milliseconds, booleans as 0 and 1, everything else as JSON has it. */
export interface PulledRow {
  table: string;
  rev: number;
  row: Record<string, unknown>;
}

/** What one snapshot of central held after a cursor. */
export interface Pulled {
  epoch: string;
  /** The clinic's last commit in that snapshot; 0 where this desk may not read. */
  seq: number;
  /** In the order of `rev`; the first `pullLimit` of them. */
  rows: PulledRow[];
  /** More rows than the limit were there. */
  more: boolean;
}

/** A single pull brings at most this many rows. */
export const pullLimit = 20_000;

/** A column in the form of the desk's file. */
export const columnSql = ({ name, kind }: PulledTable['columns'][number]): string => {
  if (kind === 'instant') return `(date_part('epoch', ${name}) * 1000)::bigint`;
  return kind === 'boolean' ? `${name}::int` : name;
};

/**
 * One statement and so one snapshot: the news after the cursor, and the rows of `tables` after it. `order by rev limit`
 * in each branch keeps the planner on the index of (clinic_id, rev) whatever it believes of the cursor.
 */
const pullSql = (tables: readonly PulledTable[]): string => {
  const news = `select '' as name, 0::bigint as rev, news($1)::json as row`;
  if (tables.length === 0) return news;
  const branches = tables.map(({ name, columns }) => {
    const list = columns.map((column) => `${columnSql(column)} as ${column.name}`).join(', ');
    return `(select '${name}' as name, r.rev, row_to_json(r) as row
      from (select ${list} from ${name} where clinic_id = $2 and rev > $1 order by rev limit ${pullLimit + 1}) r)`;
  });
  return `${news} union all
    (select * from (${branches.join('\nunion all\n')}) rows order by rev limit ${pullLimit + 1})`;
};

/** The tables that had rows for this connection when it last got any: most likely the same have some again. */
const lately = new WeakMap<CentralConnection, readonly PulledTable[]>();
/** Statements of more tables are rare and of many kinds, and so not worth keeping prepared. */
const keptTables = 4;

/**
 * Reads what is new after `cursor`. Opening all tables costs more than reading what changed, so those are asked that had
 * rows lately, and asked again with the rest where central's news, of the same snapshot as the rows, names others.
 */
export const pull = async (
  central: CentralConnection,
  tables: readonly PulledTable[],
  clinicId: string,
  cursor: number,
): Promise<Pulled> => {
  let asked = lately.get(central) ?? [];
  for (;;) {
    const { news, rows } = await askFor(central, asked, clinicId, cursor);
    const changed = tables.filter(({ name }) => news.tables.includes(name));
    if (changed.length > 0) lately.set(central, changed);
    if (changed.every((table) => asked.includes(table))) {
      return {
        epoch: news.epoch,
        seq: Number(news.seq),
        rows: rows.slice(0, pullLimit),
        more: rows.length > pullLimit,
      };
    }
    asked = tables.filter((table) => asked.includes(table) || changed.includes(table));
  }
};

/** Postgres tells prepared statements apart by 63 characters. */
const digest = (tables: readonly PulledTable[]): string =>
  createHash('sha1')
    .update(tables.map(({ name }) => name).join())
    .digest('hex');

interface News {
  epoch: string;
  seq: number;
  /** The tables that have rows after the cursor. */
  tables: string[];
}

const askFor = async (
  central: CentralConnection,
  tables: readonly PulledTable[],
  clinicId: string,
  cursor: number,
): Promise<{ news: News; rows: PulledRow[] }> => {
  const answer = await central.query<{ name: string; row: Record<string, unknown> }>(
    pullSql(tables),
    tables.length > 0 ? [cursor, clinicId] : [cursor],
    tables.length <= keptTables ? `pull ${digest(tables)}` : undefined,
  );
  const news = answer.find((row) => row.name === '')?.row as News | undefined;
  if (!news) throw new Error('pull gave no news');
  const rows = answer
    .filter((row) => row.name !== '')
    .map((row) => ({ table: row.name, rev: Number(row.row['rev']), row: row.row }))
    .sort((a, b) => a.rev - b.rev);
  return { news, rows };
};

/** Where central's history stands. */
export const readHead = async (central: CentralConnection): Promise<{ epoch: string; seq: number }> => {
  const [row] = await central.query<{ head: { epoch: string; seq: number } }>(
    'select head() as head',
    [],
    'head',
  );
  if (!row) throw new Error('head gave no row');
  return row.head;
};

/** How many rows the clinic has after `cursor`, of all the tables. */
export const countRows = async (
  central: CentralConnection,
  tables: readonly PulledTable[],
  clinicId: string,
  cursor: number,
): Promise<number> => {
  const counts = tables.map(({ name }) => `(select count(*) from ${name} where clinic_id = $1 and rev > $2)`);
  const [row] = await central.query<{ rows: string }>(`select ${counts.join(' + ')} as rows`, [
    clinicId,
    cursor,
  ]);
  return Number(row?.rows ?? 0);
};
