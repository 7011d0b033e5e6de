import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { TextDecoderStream } from 'node:stream/web';
import { parse } from 'csv-parse';
import type { CsvField, CsvGuess, CsvKind } from '../../../../contract/imports.ts';
import { type Opened, type SourceContext, SourceFault, type SourceRow, unreadable } from '../source.ts';
import { type CsvSource, guessCsv } from './csv-guess.ts';
import { csvMaps, TOO_MANY } from './csv-maps.ts';

/** A record longer than this is an open quote. */
const MAX_RECORD = 1_000_000;
const PIECE = 200;

/**
 * Opens a CSV file whose first line names its columns. A row is known by its column of ids; without one, by what it says
 * of whom or when it is about, so that another order of the lines makes no other rows.
 */
export const openCsv = async (
  source: CsvSource,
  { path, name }: { path: string; name: string },
  { zone }: SourceContext,
): Promise<Opened> => {
  const shape = await guessCsv(source, path, zone).catch(() => null);
  if (shape === 'wrong_encoding') return unreadable('wrong_encoding', source.encoding);
  if (!shape) return unreadable('damaged');
  const fields = shape.columns.map(({ field }) => field);
  const read = (after: string | null) => rowsOf(path, shape, fields, Number(after ?? 0));
  return {
    ok: true,
    reader: {
      identity: 'csv',
      name,
      csv: shape,
      ...(source.kind === 'patients' ? {} : { doctors: () => doctorsIn(read(null), source.kind) }),
      tables: [
        {
          name: source.kind,
          becomes: source.kind,
          count: async () => null,
          read,
          map: (row, context) => csvMaps[source.kind](row, context, shape),
        },
      ],
      close: async () => undefined,
    },
  };
};

/** The lines after number `after`; the first one names the columns. */
async function* rowsOf(
  path: string,
  { encoding, delimiter }: CsvGuess,
  fields: readonly (CsvField | null)[],
  after: number,
): AsyncGenerator<SourceRow[]> {
  const decoded = Readable.toWeb(createReadStream(path)).pipeThrough(new TextDecoderStream(encoding));
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    from: 2,
  });
  // Whichever ends first closes the others, the file among them; what went wrong is told by the parser.
  pipeline(Readable.fromWeb(decoded), parser, () => undefined);
  let line = 1;
  let piece: SourceRow[] = [];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line += 1;
      if (line <= after) continue;
      piece.push({ id: String(line), place: String(line), values: valuesOf(record, fields) });
      if (piece.length < PIECE) continue;
      yield piece;
      piece = [];
    }
  } catch {
    throw new SourceFault({ code: 'damaged', where: String(line + 1) });
  }
  if (piece.length > 0) yield piece;
}

const valuesOf = (record: readonly string[], fields: readonly (CsvField | null)[]) => {
  const values: Record<string, string> = {};
  fields.forEach((field, index) => {
    if (field) values[field] = record[index] ?? '';
  });
  // A delimiter in the middle of a value moves every value after it.
  if (record.slice(fields.length).some((value) => value.trim() !== ''))
    values[TOO_MANY] = String(record.length);
  return values;
};

/** A doctor as a list of doctors, or one of appointments, calls them. */
const calledIn = (values: Record<string, unknown>, kind: CsvKind): { name: string; id: string } => {
  const text = (...columns: CsvField[]) =>
    columns
      .map((column) => String(values[column] ?? '').trim())
      .filter(Boolean)
      .join(' ');
  if (kind === 'appointments') return { name: text('doctor_name'), id: text('doctor_id') };
  return { name: text('full_name') || text('first_name', 'last_name'), id: text('id') };
};

/** Whom a list names as doctors, by the id or else the name that they have there. */
const doctorsIn = async (pieces: AsyncIterable<readonly SourceRow[]>, kind: CsvKind) => {
  const names = new Map<string, string>();
  for await (const piece of pieces) {
    for (const { values } of piece) {
      const { name, id } = calledIn(values, kind);
      const key = id || name;
      if (key && !names.has(key)) names.set(key, name || key);
    }
  }
  return [...names].map(([sourceId, name]) => ({ sourceId, name, email: null }));
};
