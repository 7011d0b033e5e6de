import { z } from 'zod';
import { Id, Instant, TimeZone } from './values.ts';

/** A file that was chosen (the id that `POST /files/import` gave), or an absolute path on the computer of this desk. */
const SourceFile = z.string().trim().min(1).max(1000);

/** Where a database is; its password is kept in memory only, never stored, logged or answered. */
const databaseUrl = (protocol: RegExp) => z.url({ protocol }).max(1000);

/** The encodings that are understood of text files. */
export const TextEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1253', 'windows-1252']);
export type TextEncoding = z.infer<typeof TextEncoding>;

/** What a CSV file lists, one to a line. */
export const CsvKind = z.enum(['patients', 'doctors', 'appointments']);
export type CsvKind = z.infer<typeof CsvKind>;

/** What a column of a CSV file may mean, for each kind of file. */
export const csvFields = {
  patients: [
    'id',
    'first_name',
    'last_name',
    'full_name',
    'email',
    'phone',
    'date_of_birth',
    'gender',
    'address',
    'city',
    'emergency_contact',
    'notes',
    'species',
    'breed',
    'owner_id',
  ],
  doctors: ['id', 'first_name', 'last_name', 'full_name', 'email', 'phone', 'specialization', 'bio'],
  appointments: [
    'id',
    'patient_id',
    'patient_name',
    'patient_phone',
    'patient_email',
    'doctor_id',
    'doctor_name',
    'start',
    'date',
    'time',
    'end',
    'end_time',
    'duration_minutes',
    'status',
    'reason',
    'notes',
  ],
} as const satisfies Record<CsvKind, readonly string[]>;

export const CsvField = z.enum([
  ...new Set([...csvFields.patients, ...csvFields.doctors, ...csvFields.appointments]),
]);
export type CsvField = z.infer<typeof CsvField>;

/** In which order dates such as 3/4/2026 have day, month and year. */
export const DayOrder = z.enum(['dmy', 'mdy', 'ymd']);
export type DayOrder = z.infer<typeof DayOrder>;

export const CsvDelimiter = z.enum([',', ';', '\t', '|']);

/** How a CSV file is to be read. What is left out is guessed from its beginning, the same way each time. */
const csvShape = {
  kind: CsvKind,
  encoding: TextEncoding.optional(),
  delimiter: CsvDelimiter.optional(),
  dayOrder: DayOrder.optional(),
  /** The zone of its times; the clinic's where left out. */
  zone: TimeZone.optional(),
  /** What each column means, in the order of the file; null for one that is not taken. */
  columns: z.array(CsvField.nullable()).max(200).optional(),
};

/** What an import reads from. */
export const ImportSource = z.discriminatedUnion('from', [
  z.object({ from: z.literal('medic_postgres'), url: databaseUrl(/^postgres(ql)?$/) }),
  z.object({ from: z.literal('medic_sqlite'), file: SourceFile }),
  z.object({ from: z.literal('mysql_dump'), file: SourceFile }),
  z.object({ from: z.literal('mysql_server'), url: databaseUrl(/^(mysql|mariadb)$/) }),
  z.object({ from: z.literal('idexx_sync_postgres'), url: databaseUrl(/^postgres(ql)?$/) }),
  z.object({ from: z.literal('csv'), file: SourceFile, ...csvShape }),
  z.object({ from: z.literal('messages'), file: SourceFile }),
]);
export type ImportSource = z.infer<typeof ImportSource>;
export type ImportFrom = ImportSource['from'];

/** The name under which a source's rows are known here: two readings under one name make one row of each. */
export const ImportNamespace = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9_.-]{0,59}$/);

/** What a person decides before an import; what is left out is as the preview says. */
export const ImportMapping = z.object({
  namespace: ImportNamespace.optional(),
  /** Doctors of the source, by their id there, that are doctors here already: ours in place of a new one. */
  doctors: z.record(z.string().max(200), Id).default({}),
  /** Where appointments stand for which the source names no location; none where left out. */
  locationId: Id.optional(),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** Why a row, or something of it, was not taken as it is. */
export const FindingReason = z.enum([
  'overlap',
  'slot_taken',
  'unknown_doctor',
  'unknown_patient',
  'unknown_appointment',
  'unknown_location',
  'email_in_use',
  'ref_in_use',
  'cal_com_uid_in_use',
  'name_in_use',
  'status_unknown',
  'value_unknown',
  'bad_zone',
  'bad_number',
  'too_long',
  'too_much',
  'not_a_date',
  'bad_duration',
  'missing_value',
  'bad_text',
  'bad_row',
  'doubled',
  'differs',
  'unknown_person',
  'password_unknown',
  'not_taken',
  'sealed_elsewhere',
  'single_use',
  'ledger',
  'kept_here',
  'refused_by_central',
]);
export type FindingReason = z.infer<typeof FindingReason>;

/** What was found about one row of the source. */
export const ImportFinding = z.object({
  table: z.string(),
  /** The row's id in the source; the number of its line where it has none. Empty where it is about a whole table. */
  sourceId: z.string(),
  reason: FindingReason,
  /** Whether the row was left out whole; else something of it was changed. */
  leftOut: z.boolean(),
  /** The column it is about, its value, what is in the way … */
  details: z.record(z.string(), z.unknown()),
});
export type ImportFinding = z.infer<typeof ImportFinding>;

/** How many rows of a table of the source were read, taken, known here already, and left out. */
export const ImportCounts = z.object({
  table: z.string(),
  /** How many there are; null where only reading it all would tell. */
  total: z.int().nullable(),
  read: z.int(),
  taken: z.int(),
  known: z.int(),
  leftOut: z.int(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** Why a source cannot be read, or an import stands still. */
export const ImportErrorCode = z.enum([
  'file_missing',
  'cannot_connect',
  'refused_login',
  'untrusted',
  'no_such_database',
  'not_this_kind',
  'damaged',
  'wrong_encoding',
  'password_needed',
  'source_changed',
  'signed_out',
  'needs_central',
  'connection_lost',
  'disk_full',
  'internal',
]);
export type ImportErrorCode = z.infer<typeof ImportErrorCode>;

export const ImportError = z.object({
  code: ImportErrorCode,
  /** The table, column or line it is about; never a value of a row. */
  where: z.string().max(300).nullable(),
});
export type ImportError = z.infer<typeof ImportError>;

/** What an import reads from, as a screen may show it: no password, and of a file only its name. */
export const ImportSourceShown = z.object({
  from: z.enum([
    'medic_postgres',
    'medic_sqlite',
    'mysql_dump',
    'mysql_server',
    'idexx_sync_postgres',
    'csv',
    'messages',
  ]),
  /** The file's name, or `database at host`. */
  name: z.string(),
  kind: CsvKind.nullable(),
});
export type ImportSourceShown = z.infer<typeof ImportSourceShown>;

/** One import at this desk. */
export const ImportRun = z.object({
  id: Id,
  source: ImportSourceShown,
  namespace: z.string(),
  status: z.enum(['running', 'paused', 'completed', 'failed']),
  /** The table under way; null before the first and after the last. */
  table: z.string().nullable(),
  counts: z.array(ImportCounts),
  /** How many findings there are of each reason. */
  findings: z.array(z.object({ reason: FindingReason, count: z.int() })),
  /** Batches of rows that central has not answered yet. */
  waiting: z.int(),
  /** Why it failed or stands still; null for one that was paused by hand. */
  error: ImportError.nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
});
export type ImportRun = z.infer<typeof ImportRun>;

/** A column of a CSV file, with what it seems to mean. */
export const CsvColumn = z.object({
  header: z.string(),
  samples: z.array(z.string()),
  field: CsvField.nullable(),
});
export type CsvColumn = z.infer<typeof CsvColumn>;

/** How a CSV file would be read. */
export const CsvGuess = z.object({
  encoding: TextEncoding,
  delimiter: CsvDelimiter,
  dayOrder: DayOrder,
  zone: TimeZone,
  columns: z.array(CsvColumn),
});
export type CsvGuess = z.infer<typeof CsvGuess>;

/** A table of the source at a look. */
export const ImportTablePreview = z.object({
  table: z.string(),
  /** Null where only reading it all would tell. */
  rows: z.int().nullable(),
  /** What its rows become here: a table of Anteroom; null for a table that is left out whole, with the reason. */
  becomes: z.string().nullable(),
  leftOut: FindingReason.nullable(),
  /** The first rows as they would stand here, by columns of Anteroom. */
  samples: z.array(z.object({ sourceId: z.string(), values: z.record(z.string(), z.unknown()) })),
});
export type ImportTablePreview = z.infer<typeof ImportTablePreview>;

/** A doctor of the source. */
export const ImportDoctor = z.object({
  sourceId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** The doctor here that has the same e-mail address, or that came from this very row before. */
  doctorId: Id.nullable(),
});
export type ImportDoctor = z.infer<typeof ImportDoctor>;

/** A source at a look. */
export const ImportPreview = z.object({
  source: ImportSourceShown,
  /** The name that it would go by; an earlier import of it has the same. */
  namespace: z.string(),
  /** Names of earlier imports at this desk. */
  namespaces: z.array(z.string()),
  tables: z.array(ImportTablePreview),
  doctors: z.array(ImportDoctor),
  /** Null for what is no CSV file. */
  csv: CsvGuess.nullable(),
  /** Findings among the first rows of each table. */
  problems: z.array(ImportFinding),
});
export type ImportPreview = z.infer<typeof ImportPreview>;
