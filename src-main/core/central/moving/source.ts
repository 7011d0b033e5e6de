import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Explained } from '../../explained.ts';
import type { TextDatabase, TextRow } from '../../foreign-rows.ts';
import { openForeignDatabase } from '../foreign-database.ts';
import type { MovingUser } from './plan.ts';

/**
 * Reads who is to move in: from a Postgres with the `users`, and perhaps `doctors` and `specialties`, of medic-schema or
 * idexx-sync-schema, by its URL; or from a CSV file with a heading `email` and perhaps `name`, `role`, `specialty`, `city`
 * and `hours`. Throws Explained where it is neither.
 */
export const readMovingUsers = async (source: string): Promise<MovingUser[]> =>
  /^postgres(ql)?:\/\//.test(source) ? readDatabase(source) : readCsv(source);

const readCsv = async (file: string): Promise<MovingUser[]> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Explained(`There is no file ${file} that can be read.`);
  });
  const lines = parseLines(file, text);
  return lines.map(({ record, info }) => {
    const value = (name: string) => record[name]?.trim() || null;
    const specialization = value('specialty');
    return {
      place: `line ${info.lines}`,
      email: value('email'),
      name: value('name'),
      role: value('role'),
      doctor: specialization ? { firstName: null, lastName: null, specialization } : null,
      city: value('city'),
      hours: value('hours'),
    };
  });
};

const CsvLines = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);
type CsvLine = z.infer<typeof CsvLines>[number];

const parseLines = (file: string, text: string): CsvLine[] => {
  const columns = (heading: string[]) => heading.map((name) => name.trim().toLowerCase());
  const options = { columns, bom: true, delimiter: delimiterOf(text), info: true, skip_empty_lines: true };
  let lines: CsvLine[];
  try {
    lines = CsvLines.parse(parse(text, options));
  } catch (fault) {
    throw new Explained(`${file} is no CSV file: ${fault instanceof Error ? fault.message : ''}`);
  }
  const [first] = lines;
  if (first && !('email' in first.record)) throw new Explained(`${file} has no column "email".`);
  return lines;
};

/** Of comma, semicolon and tab the one that the heading has most of: Greek Excel writes semicolons. */
const delimiterOf = (text: string): string => {
  const [heading = ''] = text.split('\n', 1);
  const often = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].sort((a, b) => often(b) - often(a))[0] ?? ',';
};

const READ_MS = 60_000;

const readDatabase = async (url: string): Promise<MovingUser[]> => {
  const opened = await openForeignDatabase(url, AbortSignal.timeout(READ_MS));
  if (!opened.ok) throw new Explained(`The source could not be opened: ${opened.error}.`);
  const database = opened.value;
  try {
    const users = await rowsOf(database, 'users', ['id', 'email']);
    const doctors = new Map(
      (await rowsOf(database, 'doctors', ['id', 'user_id'])).map((row) => [row['user_id'], row]),
    );
    const specialties = new Map(
      (await rowsOf(database, 'specialties', ['id', 'name_en'])).map((row) => [row['id'], row]),
    );
    if (users.length === 0)
      throw new Explained(`${database.name} has no table users with id and email, or nobody in it.`);
    return users
      .filter((user) => !user['deleted_at'])
      .map((user) => {
        const doctor = doctors.get(user['id'] ?? '');
        return asMovingUser(user, doctor, specialties.get(doctor?.['specialty_id'] ?? ''));
      });
  } finally {
    await database.close();
  }
};

const wanted = [
  'role',
  'name',
  'display_name',
  'full_name',
  'first_name',
  'last_name',
  'username',
  'deleted_at',
  'specialty_id',
  'specialization',
  'city',
];

/** All rows of a table that has these columns, with what else of it is of use; none where there is no such table. */
const rowsOf = async (
  database: TextDatabase,
  table: string,
  needs: readonly string[],
): Promise<TextRow[]> => {
  const there = await database.columnsOf(table);
  if (!needs.every((column) => there.has(column))) return [];
  const columns = [...needs, ...wanted.filter((column) => there.has(column))];
  const rows: TextRow[] = [];
  for await (const piece of database.read({ table, key: 'id', columns }, null)) rows.push(...piece);
  return rows;
};

const asMovingUser = (
  user: TextRow,
  doctor: TextRow | undefined,
  specialty: TextRow | undefined,
): MovingUser => {
  const full = [user['first_name'], user['last_name']].filter(Boolean).join(' ');
  return {
    place: `users ${user['id']}`,
    email: user['email'] ?? null,
    name:
      user['name'] ??
      user['display_name'] ??
      user['full_name'] ??
      (full || (doctor ? null : (user['username'] ?? null))),
    role: user['role'] ?? null,
    doctor: doctor
      ? {
          firstName: doctor['first_name'] ?? null,
          lastName: doctor['last_name'] ?? null,
          specialization: doctor['specialization'] ?? specialty?.['name_en'] ?? null,
        }
      : null,
    city: doctor?.['city'] ?? null,
    hours: null,
  };
};
