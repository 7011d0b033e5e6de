import type { Replica } from '../../src-main/core/replica/open.ts';
import { columnKind, type ReplicatedTable } from '../../src-main/core/replica/tables.ts';

type Row = Record<string, unknown>;

/** What differs between central's rows of a table, as JSON of Postgres, and a replica's. Empty when equal. */
export const compareTable = (replica: Replica, table: ReplicatedTable, rows: readonly Row[]): string[] => {
  const { name, columns } = table;
  const list = [...columns.keys()].join(', ');
  const central = rows.map((row) => {
    const plain: Row = {};
    for (const [column, description] of columns) {
      const value = row[column];
      const instant = columnKind(description) === 'instant' && value !== null;
      plain[column] = instant ? Date.parse(String(value)) : value;
    }
    return canonical(plain);
  });
  const stored = replica.db.prepare(`select ${list} from ${name}`).all() as Row[];
  const local = stored.map((row) => {
    const plain: Row = {};
    for (const [column, description] of columns) {
      const value = row[column];
      const kind = columnKind(description);
      if (kind === 'json' && value !== null) plain[column] = JSON.parse(String(value));
      else plain[column] = kind === 'boolean' && value !== null ? value === 1 : value;
    }
    return canonical(plain);
  });
  const [a, b] = [new Set(central), new Set(local)];
  return [
    ...[...a].filter((row) => !b.has(row)).map((row) => `central ${name} ${row}`),
    ...[...b].filter((row) => !a.has(row)).map((row) => `replica ${name} ${row}`),
  ];
};

/** JSON whose objects have their names in order. */
export const canonical = (row: unknown): string => JSON.stringify(row, (_, value: unknown) => sorted(value));

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
