import type { FindingReason } from '../../../../contract/imports.ts';
import type { TextDatabase, TextSelection } from '../../../foreign-rows.ts';
import {
  type MapContext,
  type Mapped,
  type Opened,
  SourceFault,
  type SourceRow,
  type SourceTable,
} from '../source.ts';

/** A table of a known schema: what is read of it, and what a row becomes. */
export interface KnownTable {
  name: string;
  becomes: SourceTable['becomes'];
  leftOut?: FindingReason;
  /** Columns that a table must have to be the one that is meant. */
  needs: readonly string[];
  /** Further columns, read where they are there. */
  also?: readonly string[];
  joined?: TextSelection['joined'];
  /** Whether a database without it is still of this kind. */
  optional?: boolean;
  map?(row: SourceRow, context: MapContext): Mapped;
}

/** A table that only a central of Anteroom has: much like Medic's, and no source. */
const OWN = 'replicated_tables';

/**
 * Holds a database against a schema: `not_this_kind` with the table or column that is missing, else its tables as an
 * import reads them.
 */
export const asKnownTables = async (
  database: TextDatabase,
  schema: readonly KnownTable[],
): Promise<{ ok: true; tables: SourceTable[] } | Extract<Opened, { ok: false }>> => {
  const tables: SourceTable[] = [];
  if ((await database.columnsOf(OWN)).size > 0)
    return { ok: false, error: { code: 'not_this_kind', where: OWN } };
  for (const table of schema) {
    const columns = await database.columnsOf(table.name);
    if (columns.size === 0 && table.optional) continue;
    const missing = table.needs.find((column) => !columns.has(column));
    if (missing !== undefined && !table.optional) {
      const where = columns.size === 0 ? table.name : `${table.name}.${missing}`;
      return { ok: false, error: { code: 'not_this_kind', where } };
    }
    const known: KnownTable =
      missing === undefined ? table : { ...table, becomes: null, leftOut: 'not_taken' };
    tables.push(asSourceTable(database, known, columns));
  }
  return { ok: true, tables };
};

const nothing: Mapped = { drafts: [], findings: [] };

const asSourceTable = (
  database: TextDatabase,
  { name, becomes, leftOut, needs, also = [], joined, map }: KnownTable,
  there: ReadonlySet<string>,
): SourceTable => ({
  name,
  becomes,
  ...(leftOut ? { leftOut } : {}),
  count: () => guarded(database.count(name)),
  read: (after) => {
    const columns = [...needs, ...also.filter((column) => there.has(column))];
    return rowsOf(database, { table: name, key: 'id', columns, ...(joined ? { joined } : {}) }, after);
  },
  map: map ?? (() => nothing),
});

async function* rowsOf(
  database: TextDatabase,
  selection: TextSelection,
  after: string | null,
): AsyncGenerator<SourceRow[]> {
  const pieces = database.read(selection, after)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await guarded(pieces.next());
      if (next.done) return;
      yield next.value.map((values) => ({ id: values['id'] ?? '', place: values['id'] ?? '', values }));
    }
  } finally {
    await pieces.return?.();
  }
}

/** What a driver says of a broken connection or file may quote anything; it is told as one of the known faults. */
const guarded = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof SourceFault) throw fault;
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    const isFile = code.startsWith('SQLITE_');
    throw new SourceFault({ code: isFile ? 'damaged' : 'connection_lost', where: null });
  }
};
