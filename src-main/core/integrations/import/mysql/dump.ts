import { Temporal } from 'temporal-polyfill';
import type { Joined, TextDatabase, TextRow, TextSelection } from '../../../foreign-rows.ts';
import { SourceFault } from '../source.ts';
import { readDump } from './dump-statements.ts';
import { DumpText } from './dump-text.ts';

/** A table of a dump: what it has, and where its rows stand. */
interface DumpTable {
  columns: string[];
  /** Its columns of the type TIMESTAMP, which a dump writes by its own time zone. */
  stamps: ReadonlySet<string>;
  rows: number;
  /** The bytes of the plain text between which its INSERTs stand. */
  from: number;
  to: number;
}

interface DumpIndex {
  tables: Map<string, DumpTable>;
  /** An offset such as `+00:00`, or the name of a zone. */
  zone: string;
  decode: (bytes: string) => string;
}

const PIECE = 200;

/**
 * Opens a dump of a MySQL database as one to read from, and looks through all of it once: a dump that stops in the middle
 * is told before anything of it is taken.
 * @param name the file's; @param zone the clinic's, for times of a dump that does not say its own.
 * @throws `SourceFault`
 */
export const openMysqlDump = async (path: string, name: string, zone: string): Promise<TextDatabase> => {
  const index = await indexOf(path, zone);
  return {
    name,
    columnsOf: async (table) => new Set(index.tables.get(table)?.columns),
    count: async (table) => index.tables.get(table)?.rows ?? 0,
    read: (selection, after) => selected(path, index, selection, after),
    close: async () => undefined,
  };
};

const indexOf = async (path: string, zone: string): Promise<DumpIndex> => {
  const index: DumpIndex = { tables: new Map(), zone, decode: decoderOf('utf8mb4') };
  const ends = { began: false, completed: false };
  const dump = await DumpText.open(path);
  try {
    for await (const part of readDump(dump)) {
      if (part.kind === 'table') addTable(index, part);
      else if (part.kind === 'rows') addRows(index, part);
      else if (part.kind !== 'setting') ends[part.kind] = true;
      else if (part.name === 'names') index.decode = decoderOf(part.value);
      else if (index.tables.size === 0 && part.value.toUpperCase() !== 'SYSTEM') index.zone = part.value;
    }
  } finally {
    await dump.close();
  }
  if (ends.began && !ends.completed) throw new SourceFault({ code: 'damaged', where: `byte ${dump.place}` });
  return index;
};

/** Two of one name are tables of two databases, and nothing says which one is meant. */
const addTable = (
  { tables }: DumpIndex,
  { table, columns }: { table: string; columns: [string, string][] },
): void => {
  if (tables.has(table)) throw new SourceFault({ code: 'not_this_kind', where: table });
  tables.set(table, {
    columns: columns.map(([column]) => column),
    stamps: new Set(columns.flatMap(([column, type]) => (type === 'timestamp' ? [column] : []))),
    rows: 0,
    from: 0,
    to: 0,
  });
};

const addRows = (
  { tables }: DumpIndex,
  part: { table: string; columns: string[] | null; rows: unknown[]; from: number; to: number },
): void => {
  // A dump without its CREATE TABLEs names the columns in each INSERT, or cannot be understood.
  const table = tables.get(part.table) ?? {
    columns: part.columns ?? [],
    stamps: new Set(),
    rows: 0,
    from: 0,
    to: 0,
  };
  tables.set(part.table, table);
  if (table.rows === 0) table.from = part.from;
  table.rows += part.rows.length;
  table.to = part.to;
};

/** The character sets that dumps are made in, as the web's encodings are called. */
const encodings: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  utf8mb3: 'utf-8',
  utf8mb4: 'utf-8',
  latin1: 'windows-1252',
  greek: 'iso-8859-7',
  cp1253: 'windows-1253',
};

const decoderOf = (charset: string): DumpIndex['decode'] => {
  const encoding = encodings[charset.toLowerCase()];
  if (!encoding) throw new SourceFault({ code: 'wrong_encoding', where: charset.slice(0, 40) });
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => (/[\x80-\xff]/.test(bytes) ? decoder.decode(Buffer.from(bytes, 'latin1')) : bytes);
};

async function* selected(
  path: string,
  index: DumpIndex,
  { table, key, columns, joined = [] }: TextSelection,
  after: string | null,
): AsyncGenerator<TextRow[]> {
  const besides: [Joined, Map<string, TextRow>][] = [];
  for (const one of joined) besides.push([one, await lookUp(path, index, one)]);
  const wanted = new Set([key, ...columns, ...joined.map(({ by }) => by)]);
  let isPast = after === null;
  let piece: TextRow[] = [];
  for await (const row of rowsOf(path, index, table, wanted)) {
    if (!isPast) {
      isPast = row[key] === after;
      continue;
    }
    for (const [{ by, columns: names }, rows] of besides) {
      const found = rows.get(row[by] ?? '');
      for (const as of Object.keys(names)) row[as] = found?.[as] ?? null;
    }
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** What is wanted of a table beside the one that is read, by its key. */
const lookUp = async (
  path: string,
  index: DumpIndex,
  { table, key, columns }: Joined,
): Promise<Map<string, TextRow>> => {
  const found = new Map<string, TextRow>();
  const names = Object.entries(columns);
  for await (const row of rowsOf(path, index, table, new Set([key, ...Object.values(columns)])))
    found.set(row[key] ?? '', Object.fromEntries(names.map(([as, column]) => [as, row[column] ?? null])));
  return found;
};

/** The rows of a table as they stand in the dump, of each the columns that are wanted. */
async function* rowsOf(
  path: string,
  index: DumpIndex,
  name: string,
  wanted: ReadonlySet<string>,
): AsyncGenerator<TextRow> {
  const table = index.tables.get(name);
  if (!table || table.rows === 0) return;
  const dump = await DumpText.open(path, table.from);
  try {
    for await (const part of readDump(dump)) {
      if (part.kind !== 'rows' || part.table !== name) continue;
      const columns = part.columns ?? table.columns;
      for (const row of part.rows) {
        if (row.length !== columns.length) throw new SourceFault({ code: 'damaged', where: name });
        yield asTexts(index, table, columns, row, wanted);
      }
      if (part.to >= table.to) return;
    }
  } finally {
    await dump.close();
  }
}

const asTexts = (
  { decode, zone }: DumpIndex,
  { stamps }: DumpTable,
  columns: readonly string[],
  row: readonly (string | null)[],
  wanted: ReadonlySet<string>,
): TextRow => {
  const texts: TextRow = {};
  for (const [at, column] of columns.entries()) {
    if (!wanted.has(column)) continue;
    const value = row[at] ?? null;
    texts[column] = value && (stamps.has(column) ? inUtc(value, zone) : decoded(decode, value, column));
  }
  return texts;
};

const decoded = (decode: DumpIndex['decode'], value: string, column: string): string => {
  try {
    return decode(value);
  } catch {
    throw new SourceFault({ code: 'wrong_encoding', where: column });
  }
};

/** A time by the dump's zone, in UTC and without a word of it; what is none, such as `0000-00-00 00:00:00`, as it is. */
const inUtc = (local: string, zone: string): string => {
  if (zone === '+00:00' || zone === 'UTC') return local;
  try {
    const time = Temporal.PlainDateTime.from(local.replace(' ', 'T'))
      .toZonedDateTime(zone)
      .withTimeZone('UTC');
    return time.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
  } catch {
    return local;
  }
};
