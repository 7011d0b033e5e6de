import type { WireRow } from '../../contract/change.ts';
import { Status } from '../../contract/status.ts';
import type { Desk } from '../desk.ts';
import type { NewChange } from '../replica/outbox.ts';
import type { RefusalEntry } from '../replica/refusals.ts';
import { readRow } from '../replica/rows.ts';
import { fromDriver, replicatedTable } from '../replica/tables.ts';

/** An appointment in central's words: what a refused change wanted it to be, or what stands. */
export interface AppointmentRow {
  id: string;
  doctor_id: string;
  /** Null for a time that is only held. */
  patient_id: string | null;
  room_id: string | null;
  slot_id: string | null;
  visit_type_id: string | null;
  location_id: string | null;
  scheduled_at: string;
  ends_at: string;
  status: Status;
}

/** What the refused change was about. */
export interface Attempt {
  /** The appointment as the change wanted it. */
  tried: AppointmentRow;
  /** As it would be with the changes that were refused with it. */
  wanted: AppointmentRow;
  /** As it stands now; null where central never had it. */
  current: AppointmentRow | null;
}

/** A stored row in central's words, or null. */
export const readWire = ({ replica }: Desk, table: string, id: string): WireRow | null => {
  const stored = readRow(replica, table, id);
  if (!stored) return null;
  const { columns } = replicatedTable(table);
  return Object.fromEntries([...columns].map(([name, column]) => [name, fromDriver(column, stored[name])]));
};

/** The attempt on an appointment, or null where the change touched none that can still be told. */
export const readAttempt = (desk: Desk, { changes }: RefusalEntry): Attempt | null => {
  const id = changes[0]?.rows.find(({ table }) => table === 'appointments')?.id;
  if (id === undefined) return null;
  const current = readWire(desk, 'appointments', id);
  const tried = asAppointment(layer(current, id, changes.slice(0, 1)));
  const wanted = asAppointment(layer(current, id, changes));
  return tried && wanted && { tried, wanted, current: asAppointment(current) };
};

const layer = (row: WireRow | null, id: string, changes: readonly NewChange[]): WireRow | null => {
  for (const change of changes.flatMap(({ rows }) => rows)) {
    if (change.table !== 'appointments' || change.id !== id) continue;
    if ('insert' in change) row = { ...change.insert, id };
    else if (row) row = { ...row, ...change.set };
  }
  return row;
};

/** A row of central as an appointment, its instants in the desk's form; null where it is none. */
export const asAppointment = (row: WireRow | null | undefined): AppointmentRow | null => {
  const status = Status.safeParse(row?.['status']);
  if (!row || !status.success) return null;
  const text = (name: string) => String(row[name]);
  const textOrNull = (name: string) => (row[name] == null ? null : text(name));
  return {
    id: text('id'),
    doctor_id: text('doctor_id'),
    patient_id: textOrNull('patient_id'),
    room_id: textOrNull('room_id'),
    slot_id: textOrNull('slot_id'),
    visit_type_id: textOrNull('visit_type_id'),
    location_id: textOrNull('location_id'),
    scheduled_at: new Date(text('scheduled_at')).toISOString(),
    ends_at: new Date(text('ends_at')).toISOString(),
    status: status.data,
  };
};
