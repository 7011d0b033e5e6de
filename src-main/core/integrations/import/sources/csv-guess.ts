import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { CsvField, CsvGuess, ImportSource, TextEncoding } from '../../../../contract/imports.ts';
import { guessField } from './csv-words.ts';

export type CsvSource = Extract<ImportSource, { from: 'csv' }>;

/** How much of a file is looked at. */
const LOOK_BYTES = 65_536;
const LOOK_LINES = 200;
const SAMPLES = 3;

const delimiters = [',', ';', '\t', '|'] as const;
const dates: readonly CsvField[] = ['date', 'start', 'end', 'date_of_birth'];

/**
 * How a CSV file is to be read: what the person said, and for the rest what its beginning looks like. Null where it has
 * no line of names. `wrong_encoding` where it is not in the encoding that was said.
 */
export const guessCsv = async (
  source: CsvSource,
  path: string,
  clinicZone: string,
): Promise<CsvGuess | 'wrong_encoding' | null> => {
  const bytes = await beginningOf(path);
  const encoding = source.encoding ?? guessEncoding(bytes);
  const text = decode(bytes, encoding);
  if (text === null) return 'wrong_encoding';
  const delimiter = source.delimiter ?? guessDelimiter(text);
  const [headers, ...lines] = linesOf(text, delimiter);
  if (!headers || headers.every((name) => name.trim() === '')) return null;
  const columns = headers.map((header, index) => ({
    header,
    samples: lines.flatMap((line) => line[index]?.trim() || []).slice(0, SAMPLES),
    field: source.columns ? (source.columns[index] ?? null) : guessField(source.kind, header),
  }));
  onlyOnce(source, columns);
  const written = lines.flatMap((line) =>
    columns.flatMap(({ field }, index) => (field && dates.includes(field) ? (line[index] ?? '') : [])),
  );
  return {
    encoding,
    delimiter,
    columns,
    dayOrder: source.dayOrder ?? guessDayOrder(written),
    zone: source.zone ?? clinicZone,
  };
};

const beginningOf = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** What is no UTF-8 is of one byte to a letter: Greek where such letters stand side by side, as words, else Western. */
export const guessEncoding = (bytes: Buffer): TextEncoding => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 1].map((odd) => bytes.filter((byte, at) => byte === 0 && at % 2 === odd).length);
  if ((zeros[1] ?? 0) > bytes.length / 8) return 'utf-16le';
  if ((zeros[0] ?? 0) > bytes.length / 8) return 'utf-16be';
  if (decode(bytes, 'utf-8') !== null) return 'utf-8';
  const high = bytes.filter((byte) => byte >= 0xc0).length;
  const beside = bytes.filter((byte, at) => byte >= 0xc0 && (bytes[at + 1] ?? 0) >= 0xc0).length;
  return beside * 3 > high ? 'windows-1253' : 'windows-1252';
};

/** Text of the beginning of a file, whose last letter may be cut; null where it is not in that encoding. */
const decode = (bytes: Buffer, encoding: TextEncoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
};

/** The one that most often stands in the line of names, outside quotes. */
export const guessDelimiter = (text: string): CsvGuess['delimiter'] => {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const counted = delimiters.map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
};

/** The whole lines of a beginning; the last may be cut. */
const linesOf = (text: string, delimiter: string): string[][] => {
  const whole = text.length < LOOK_BYTES / 4 ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  return parse(whole, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    to: LOOK_LINES + 1,
  });
};

/** Two columns that look like the same thing: the first one is taken for it. */
const onlyOnce = ({ columns: said }: CsvSource, columns: CsvGuess['columns']): void => {
  if (said) return;
  const seen = new Set<CsvField>();
  for (const column of columns) {
    if (column.field && seen.has(column.field)) column.field = null;
    if (column.field) seen.add(column.field);
  }
};

/** A number above 12 is a day. Where none says more, days come first, as everywhere but in America. */
const guessDayOrder = (written: readonly string[]): CsvGuess['dayOrder'] => {
  const parts = written.flatMap((text) => {
    const found = /^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})/.exec(text);
    return found ? [{ first: found[1] ?? '', second: found[2] ?? '' }] : [];
  });
  if (parts.length > 0 && parts.every(({ first }) => first.length === 4)) return 'ymd';
  const dayFirst = parts.filter(({ first, second }) => isDayOnly(first) && isMonth(second)).length;
  const monthFirst = parts.filter(({ first, second }) => isMonth(first) && isDayOnly(second)).length;
  return monthFirst > dayFirst ? 'mdy' : 'dmy';
};

const isMonth = (text: string): boolean => Number(text) >= 1 && Number(text) <= 12;
const isDayOnly = (text: string): boolean => Number(text) > 12 && Number(text) <= 31;
