import type { CentralConnection } from './connect.ts';
import { columnSql, type PulledTable } from './pull.ts';

/** The commit that last touched a row, and when that was, in epoch milliseconds. */
export interface Stamp {
  rev: number;
  updatedAt: number;
}

/** The stamp of a row, and which row it is. */
export interface RowStamp extends Stamp {
  table: string;
  id: string;
}

const updatedAtSql = columnSql({ name: 'updated_at', kind: 'instant' });

/** The stamp that a row has at central; null where it has no such row. */
export const stampOf = async (
  central: CentralConnection,
  table: PulledTable,
  clinicId: string,
  id: string,
): Promise<Stamp | null> => {
  const [row] = await central.query<{ rev: string; at: string }>(
    `select rev, ${updatedAtSql} as at from ${table.name} where clinic_id = $1 and id = $2`,
    [clinicId, id],
  );
  return row ? { rev: Number(row.rev), updatedAt: Number(row.at) } : null;
};

/** The stamps of the rows that commits `after` < `rev` <= `upTo` touched last, at most `limit` of them, newest first. */
export const stampsBetween = async (
  central: CentralConnection,
  tables: readonly PulledTable[],
  clinicId: string,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<RowStamp[]> => {
  const [news] = await central.query<{ tables: string[] }>(`select news($1)->'tables' as tables`, [after]);
  const changed = tables.filter(({ name }) => news?.tables.includes(name));
  if (changed.length === 0) return [];
  const branches = changed.map(
    ({ name }) => `(select '${name}' as "table", id, rev, ${updatedAtSql} as at from ${name}
      where clinic_id = $1 and rev > $2 and rev <= $3 order by rev desc limit $4)`,
  );
  const rows = await central.query<{ table: string; id: string; rev: string; at: string }>(
    `select * from (${branches.join(' union all ')}) stamps order by rev desc limit $4`,
    [clinicId, after, upTo, limit],
  );
  return rows.map(({ table, id, rev, at }) => ({ table, id, rev: Number(rev), updatedAt: Number(at) }));
};
