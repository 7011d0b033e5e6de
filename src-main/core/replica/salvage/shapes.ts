import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { places } from '../../places.ts';
import { type Shape, WIDEST } from './patchwork.ts';

/** What lies in a replica and nowhere else. */
export const ownTables = [
  'desk_state',
  'outbox',
  'refusals',
  'desk_settings',
  'audit_events',
  'acknowledged',
] as const;
export type OwnTable = (typeof ownTables)[number];

interface Column {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

/** What the rows of the desk's own tables look like in a replica of this version, and in those of earlier ones. */
export const ownShapes = (): Shape[] => {
  const db = new Database(':memory:');
  try {
    migrate(drizzle(db), { migrationsFolder: places.replicaMigrations });
    return ownTables.map((table) => shapeOf(db, table));
  } finally {
    db.close();
  }
};

const shapeOf = (db: Database.Database, table: string): Shape => {
  const columns = db.pragma(`table_info(${table})`) as Column[];
  const number = columns.find(({ pk, type }) => pk === 1 && type.toLowerCase() === 'integer');
  const conditions = columns.map((column, at) => {
    if (column === number) return `c${at} is null`;
    const type = `typeof(c${at})`;
    const wanted = column.type.toLowerCase();
    return column.notnull ? `${type} = '${wanted}'` : `${type} in ('${wanted}', 'null')`;
  });
  if (columns.length < WIDEST) conditions.push(`c${columns.length} is null`);
  return {
    table,
    columns: columns.map(({ name }) => name),
    numberedBy: number?.name ?? null,
    condition: `(${conditions.join(' and ')})`,
  };
};

/** The rows in which SQLite itself keeps what tables and indexes there are. */
export const definitionShape: Shape = {
  table: 'sqlite_schema',
  columns: ['type', 'name', 'tbl_name', 'rootpage', 'sql'],
  numberedBy: null,
  condition: `(c0 in ('table', 'index') and typeof(c1) = 'text' and typeof(c2) = 'text' and typeof(c3) = 'integer'
    and typeof(c4) in ('text', 'null') and c5 is null)`,
};
