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
 * One statement and so one snapshot: the head, and for each table the rows after the cursor. `order by rev
 * limit` in each branch keeps the planner on the index of (clinic_id, rev) whatever it believes of the cursor.
 */
export const pullSql = (tables: readonly PulledTable[]): string => {
  const branches = tables.map(({ name, columns }) => {
    const list = columns.map((column) => `${columnSql(column)} as ${column.name}`).join(', ');
    return `(select '${name}' as name, r.rev, row_to_json(r) as row
      from (select ${list} from ${name} where clinic_id = $1 and rev > $2 order by rev limit ${pullLimit + 1}) r)`;
  });
  return `select '' as name, 0::bigint as rev, head()::json as row
    union all
    (select * from (${branches.join('\nunion all\n')}) rows order by rev limit ${pullLimit + 1})`;
};

/** Reads what is new after `cursor`. `sql` is that of `pullSql`, made once. */
export const pull = async (
  central: CentralConnection,
  sql: string,
  clinicId: string,
  cursor: number,
): Promise<Pulled> => {
  const answer = await central.query<{ name: string; row: Record<string, unknown> }>(
    sql,
    [clinicId, cursor],
    'pull',
  );
  const head = answer.find(({ name }) => name === '')?.row as { epoch: string; seq: number } | undefined;
  if (!head) throw new Error('pull gave no head');
  const rows = answer
    .filter(({ name }) => name !== '')
    .map(({ name, row }) => ({ table: name, rev: Number(row['rev']), row }))
    .sort((a, b) => a.rev - b.rev);
  return {
    epoch: head.epoch,
    seq: Number(head.seq),
    rows: rows.slice(0, pullLimit),
    more: rows.length > pullLimit,
  };
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

/** The `rev` that central has for a row, or null where it has none. */
export const revOf = async (
  central: CentralConnection,
  table: PulledTable,
  clinicId: string,
  id: string,
): Promise<number | null> => {
  const [row] = await central.query<{ rev: string }>(
    `select rev from ${table.name} where clinic_id = $1 and id = $2`,
    [clinicId, id],
  );
  return row ? Number(row.rev) : null;
};
