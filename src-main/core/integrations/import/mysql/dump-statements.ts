import { SourceFault } from '../source.ts';
import type { DumpText } from './dump-text.ts';
import { endOfQuoted, readRow, skipBlank } from './dump-values.ts';

/** What a dump says, as far as an import cares. */
export type DumpPart =
  /** A table is made: its columns in order, with their types in lower case. */
  | { kind: 'table'; table: string; columns: [name: string, type: string][] }
  /** Rows of a table; `columns` where the INSERT names them, `from` and `to` where in the dump its statement stands so far. */
  | {
      kind: 'rows';
      table: string;
      columns: string[] | null;
      rows: (string | null)[][];
      from: number;
      to: number;
    }
  /** `time_zone` or `names`, as the dump sets it. */
  | { kind: 'setting'; name: string; value: string }
  /** mysqldump says at the beginning that it is one, and at the end that nothing is missing. */
  | { kind: 'began' }
  | { kind: 'completed' };

/** Rows that are passed on at a time. */
const ROWS_AT_ONCE = 200;

const NAME = '(?:`((?:[^`]|``)+)`|"((?:[^"]|"")+)"|([\\w$]+))';
const QUALIFIED = `(?:${NAME}\\s*\\.\\s*)?${NAME}`;
const INSERT = new RegExp(
  `^(?:INSERT|REPLACE)\\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|INTO)\\s+)*${QUALIFIED}\\s*(\\([^)]*\\))?\\s*VALUES?\\s*(?=\\()`,
  'i',
);
const CREATE = new RegExp(`^CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${QUALIFIED}\\s*\\(`, 'i');
const SETTING = /\b(TIME_ZONE|NAMES)\b\s*=?\s*(?:'([^']*)'|"([^"]*)"|(\w+))/gi;
/** The beginning of an INSERT is shorter than this. */
const LONGEST_HEAD = 64 * 1024;

/** Reads a dump as mysqldump, mariadb-dump and their like write it. Throws `SourceFault` where it is damaged. */
export async function* readDump(dump: DumpText): AsyncGenerator<DumpPart> {
  let delimiter = ';';
  for (;;) {
    const start = skipBlank(dump.text, 0);
    dump.pass(start);
    if (dump.text.length < 64 && !dump.ended) {
      await dump.more();
      continue;
    }
    if (dump.text === '') return;
    if (/^(--|#)/.test(dump.text)) {
      const line = await lineOf(dump);
      if (/^-- (MySQL|MariaDB) dump/.test(line)) yield { kind: 'began' };
      if (line.startsWith('-- Dump completed')) yield { kind: 'completed' };
    } else if (dump.text.startsWith('/*')) {
      yield* settingsIn(await commentOf(dump));
    } else if (/^DELIMITER\s/i.test(dump.text)) {
      delimiter = (await lineOf(dump)).slice('DELIMITER'.length).trim() || ';';
    } else if (/^(INSERT|REPLACE)\s/i.test(dump.text)) {
      yield* readInsert(dump, delimiter);
    } else {
      const statement = await statementOf(dump, delimiter);
      yield* settingsIn(statement);
      const table = CREATE.exec(statement);
      if (table)
        yield { kind: 'table', table: lastName(table, 3), columns: columnsIn(statement, table[0].length) };
    }
  }
}

const damaged = (dump: DumpText): SourceFault =>
  new SourceFault({ code: 'damaged', where: `byte ${dump.place}` });

/** The name that a match of NAME found, from its first group on. */
const lastName = (found: RegExpExecArray, from: number): string =>
  found[from + 1]?.replaceAll('``', '`') ?? found[from + 2]?.replaceAll('""', '"') ?? found[from + 3] ?? '';

const lineOf = async (dump: DumpText): Promise<string> => {
  while (!dump.text.includes('\n') && !dump.ended) await dump.more();
  const end = dump.text.indexOf('\n');
  const line = end < 0 ? dump.text : dump.text.slice(0, end);
  dump.pass(end < 0 ? line.length : end + 1);
  return line.trimEnd();
};

/** A comment, also one that a server would run: /*!40103 SET TIME_ZONE='+00:00' *\/. */
const commentOf = async (dump: DumpText): Promise<string> => {
  while (!dump.text.includes('*/') && !dump.ended) await dump.more();
  const end = dump.text.indexOf('*/');
  if (end < 0) throw damaged(dump);
  const comment = dump.text.slice(0, end);
  dump.pass(end + 2);
  return comment;
};

/** A statement up to its delimiter. */
const statementOf = async (dump: DumpText, delimiter: string): Promise<string> => {
  for (let at = 0; ; ) {
    const end = endOfStatement(dump.text, delimiter);
    if (end >= 0) {
      const statement = dump.text.slice(0, end);
      dump.pass(Math.min(end + delimiter.length, dump.text.length));
      return statement;
    }
    if (dump.ended) {
      // The last one needs no delimiter; an open quote or comment is not an end.
      if (end === OPEN) throw damaged(dump);
      const statement = dump.text;
      dump.pass(statement.length);
      return statement;
    }
    at = dump.text.length;
    // A long statement is looked at again from its beginning: more at once each time.
    while (dump.text.length < at * 2 && !dump.ended) await dump.more();
  }
};

const OPEN = -2;

/** Where a statement ends; -1 where it may go on, OPEN where a quote or a comment does. */
const endOfStatement = (text: string, delimiter: string): number => {
  const marks = new RegExp(
    `['"\`]|--\\s|#|/\\*|${delimiter.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&')}`,
    'g',
  );
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const [mark] = found;
    const from = found.index + mark.length;
    if (mark === delimiter) return found.index;
    const end =
      mark === '/*'
        ? endAfter(text, '*/', from)
        : /^(--|#)/.test(mark)
          ? endAfter(text, '\n', found.index)
          : endOfQuoted(text, from, mark);
    if (end < 0) return OPEN;
    marks.lastIndex = end;
  }
  return -1;
};

const endAfter = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
};

function* settingsIn(statement: string): Generator<DumpPart> {
  if (!/^(\/\*!\d*\s*)?SET\s/i.test(statement)) return;
  for (const [, name = '', single, double, word] of statement.matchAll(SETTING)) {
    // The setting that a dump puts back at its end is a variable, and none of its own.
    yield { kind: 'setting', name: name.toLowerCase(), value: single ?? double ?? word ?? '' };
  }
}

/** The columns of a CREATE TABLE: what begins with a name and a type, between commas outside of brackets and quotes. */
const columnsIn = (statement: string, from: number): [string, string][] => {
  const columns: [string, string][] = [];
  const marks = /['"`(),]/g;
  let depth = 0;
  let start = from;
  marks.lastIndex = from;
  for (let found = marks.exec(statement); found && depth >= 0; found = marks.exec(statement)) {
    const [mark] = found;
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (mark !== ',') {
      const end = endOfQuoted(statement, found.index + 1, mark);
      if (end < 0) return columns;
      marks.lastIndex = end;
    }
    if ((mark === ',' && depth === 0) || depth < 0) {
      const column = new RegExp(`^\\s*${NAME}\\s+([a-z]+)`, 'i').exec(statement.slice(start, found.index));
      if (column && !isKey(column)) columns.push([lastName(column, 0), column[4]?.toLowerCase() ?? '']);
      start = found.index + 1;
    }
  }
  return columns;
};

/** `PRIMARY KEY (…)` and its like have no quotes around their first word. */
const isKey = (column: RegExpExecArray): boolean =>
  /^(primary|unique|key|index|constraint|foreign|fulltext|spatial|check|period)$/i.test(column[3] ?? '');

async function* readInsert(dump: DumpText, delimiter: string): AsyncGenerator<DumpPart> {
  const from = dump.place;
  let head = INSERT.exec(dump.text);
  while (!head && dump.text.length < LONGEST_HEAD && !dump.ended) {
    await dump.more();
    head = INSERT.exec(dump.text);
  }
  // INSERT … SELECT and its like say nothing that could be read.
  if (!head) throw damaged(dump);
  const table = lastName(head, 3);
  const columns = head[7]?.slice(1, -1).split(',').map(bareName) ?? null;
  dump.pass(head[0].length);
  let rows: (string | null)[][] = [];
  for (let at = 0; ; ) {
    const read = readRow(dump.text, skipBlank(dump.text, at));
    const next = read && read.end >= 0 ? skipBlank(dump.text, read.end) : -1;
    if (read && read.end < 0) throw damaged(dump);
    if (!read || next === dump.text.length) {
      if (dump.ended) throw damaged(dump);
      dump.pass(at);
      at = 0;
      await dump.more();
      continue;
    }
    rows.push(read.value);
    const goesOn = dump.text[next] === ',';
    // What may follow the last row: the end, or ON DUPLICATE KEY UPDATE and the alias that it may take.
    if (
      !goesOn &&
      !dump.text.startsWith(delimiter, next) &&
      !/^(ON|AS)\s/i.test(dump.text.slice(next, next + 3))
    )
      throw damaged(dump);
    at = goesOn ? next + 1 : next;
    if (goesOn && rows.length < ROWS_AT_ONCE) continue;
    dump.pass(at);
    at = 0;
    yield { kind: 'rows', table, columns, rows, from, to: dump.place };
    rows = [];
    if (goesOn) continue;
    await statementOf(dump, delimiter);
    return;
  }
}

const bareName = (text: string): string => text.trim().replaceAll(/^[`"]|[`"]$/g, '');
