import type { InferInsertModel } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { CsvGuess, FindingReason, ImportError } from '../../../contract/imports.ts';
import {
  appointments,
  cases,
  clinicLocations,
  doctors,
  doctorTimeSlots,
  messages,
  patients,
  payments,
  prescriptions,
  scheduledDischargeCalls,
  specialties,
} from '../../schema/replica/index.ts';

/** The tables of this desk that imported rows go into, by their names. */
export const targetTables = {
  specialties,
  clinic_locations: clinicLocations,
  doctors,
  patients,
  doctor_time_slots: doctorTimeSlots,
  appointments,
  payments,
  prescriptions,
  messages,
  cases,
  scheduled_discharge_calls: scheduledDischargeCalls,
};
export type TargetTable = keyof typeof targetTables;

/** What goes into central by functions of its own, since desks do not write it: accounts, and the history of syncs. */
export type CentralTarget = 'accounts' | 'idexx_history';

type SetByOthers = 'rev' | 'createdAt' | 'updatedAt' | 'rating' | 'reviewCount' | 'nextAvailableSlot';
/** A row as it is to stand here. Instants are ISO 8601 UTC text with milliseconds. */
export type NewRow<T extends SQLiteTable> = Omit<InferInsertModel<T>, SetByOthers> & { id: string };

type RowDraft = { [T in TargetTable]: { target: T; row: NewRow<(typeof targetTables)[T]> } }[TargetTable];
interface CentralDraft {
  target: CentralTarget;
  /** What the function of central takes for one row; `id` names it there. */
  row: { id: string } & Record<string, unknown>;
}
/** What a row of the source is to become. */
export type Draft = RowDraft | CentralDraft;

/** What the mapping itself found of a row; `leftOut` where it becomes nothing here. */
export interface MappedFinding {
  reason: FindingReason;
  leftOut: boolean;
  details: Record<string, unknown>;
}

export interface Mapped {
  /** Usually one; none where the row is left out, which a finding then says. In order of dependence. */
  drafts: Draft[];
  findings: MappedFinding[];
}

/** One row of a source. */
export interface SourceRow {
  /** What names it in its table: its key, or the number of its line. */
  id: string;
  /** Where it stands in the table's order of reading; `read` goes on after it. */
  place: string;
  /** By the source's own column names; what a driver gave. */
  values: Record<string, unknown>;
}

/** Looks in what stands here. */
export interface Finder {
  /** The doctor whom somebody named as ours for this name, or who has it: in either language and order. */
  doctor(name: string): string | null;
  /** The one patient with this e-mail address, else with this phone number, and in each case with that name if one is told. */
  patient(told: { name: string | null; phone: string | null; email: string | null }): string | null;
}

/** What a mapping knows of where its rows go. */
export interface MapContext {
  /** The id here of a row of the source. Of a doctor whom somebody named as one of ours, that one's. */
  idOf(table: string, sourceId: string): string;
  /** Finds by what people call somebody, where a source has no ids; null where nobody, or more than one, is meant. */
  find: Finder;
  /** The clinic's zone, currency (ISO 4217), and the location of what names none. */
  zone: string;
  currency: string;
  locationId: string | null;
  /** When the run began, ISO 8601 UTC. */
  now: string;
}

/** One table of a source. */
export interface SourceTable {
  name: string;
  /** What its rows become; null where it is left out whole, and then `leftOut` says why and nothing is read. */
  becomes: TargetTable | CentralTarget | null;
  leftOut?: FindingReason;
  /** How many rows there are; null where only reading them all would tell. */
  count(): Promise<number | null>;
  /**
   * Its rows in an order that is the same at each reading, from after `after` (null: all), in pieces of at most some
   * hundred. Large sources stream. Throws `SourceFault` where the source cannot be read on.
   */
  read(after: string | null): AsyncIterable<readonly SourceRow[]>;
  /** What a row becomes. Pure; throws only what is a bug. */
  map(row: SourceRow, context: MapContext): Mapped;
}

/** A source that was opened and is what it says. */
export interface SourceReader {
  /**
   * Names the data by something of its own, so that the same data from another host, file or dump has the same name:
   * lower-case letters, digits, `.`, `_`, `-`. It is the namespace of the rows' ids unless a person says another.
   */
  identity: string;
  /** The file's name, or `database at host`: no password. */
  name: string;
  /** How a CSV file would be read. */
  csv?: CsvGuess;
  /** Its doctors where they are no table of their own. */
  doctors?(): Promise<{ sourceId: string; name: string; email: string | null }[]>;
  /** In order of dependence: what others refer to first. */
  tables: readonly SourceTable[];
  close(): Promise<void>;
}

/** What opening a source needs to know of this desk. */
export interface SourceContext {
  /** The clinic's zone. */
  zone: string;
  /** Where a chosen file lies and what it is called; null where it is not there. */
  fileOf(file: string): { path: string; name: string } | null;
  /** Ends what is under way. */
  signal: AbortSignal;
}

export type Opened = { ok: true; reader: SourceReader } | { ok: false; error: ImportError };

/** A source that stopped in the middle: a connection that broke, a file that is damaged further down. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly error: ImportError;

  constructor(error: ImportError) {
    super(error.code);
    this.error = error;
  }
}

/** A source that is not as it should be. */
export const unreadable = (code: ImportError['code'], where: string | null = null): Opened => ({
  ok: false,
  error: { code, where },
});
