import type { Desk } from '../desk.ts';
import { replicatedTables } from '../replica/tables.ts';

/** By which column a row belongs to a patient, the nearest first. */
const links = ['patient_id', 'kept_id', 'appointment_id'] as const;

/** Whom a row is about, as the replica has it; null where that is nobody, or the row is not here. */
export const patientOf = (
  desk: Desk,
  table: string | null,
  rowId: string | null,
): { id: string; name: string } | null => {
  if (table === null || rowId === null) return null;
  if (table === 'patients') return named(desk, rowId);
  const described = replicatedTables.get(table);
  const link = links.find((column) => described?.columns.has(column));
  if (!described || !link) return null;
  const linked = desk.replica
    .statement(`select ${link} from ${described.name} where id = ?`)
    .pluck()
    .get(rowId) as string | null | undefined;
  if (!linked) return null;
  return link === 'appointment_id' ? patientOf(desk, 'appointments', linked) : named(desk, linked);
};

const named = ({ replica }: Desk, id: string): { id: string; name: string } | null =>
  (replica
    .statement(`select id, trim(first_name || ' ' || last_name) as name from patients where id = ?`)
    .get(id) as { id: string; name: string } | undefined) ?? null;
