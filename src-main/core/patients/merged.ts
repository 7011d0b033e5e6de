import type { MergedRecord } from '../../contract/patient.ts';
import { iso } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { recordsOfPerson } from '../replica/same-person.ts';
import { readBriefs } from './find.ts';

/** A merge that stands. */
export interface Merge {
  id: string;
  keptId: string;
  mergedId: string;
  mergedAt: number;
  mergedBy: string | null;
  /** The columns that it set, in central's words. */
  moved: { table: string; id: string; column: string; was: unknown; now: unknown }[];
}

const MERGES = `
  select m.id, m.kept_id keptId, m.merged_id mergedId, m.merged_at mergedAt, u.display_name mergedBy, m.moved
  from patient_merges m left join users u on u.id = m.merged_by where m.undone_at is null`;

const mergeOf = (row: unknown): Merge => {
  const stored = row as Merge & { moved: unknown };
  return { ...stored, moved: JSON.parse(String(stored.moved)) as Merge['moved'] };
};

/** The merge by which a record was merged, or undefined. */
export const readMerge = ({ replica }: Desk, mergedId: string): Merge | undefined => {
  const row = replica.statement(`${MERGES} and m.merged_id = ?`).get(mergedId);
  return row === undefined ? undefined : mergeOf(row);
};

/** The records that were merged into a person's, the last merge first. */
export const readMerged = (desk: Desk, patientId: string): MergedRecord[] => {
  const merges = desk.replica
    .statement(`${MERGES} and m.kept_id in ${recordsOfPerson('?')} order by m.merged_at desc, m.id`)
    .all(patientId)
    .map(mergeOf);
  const briefs = readBriefs(
    desk,
    merges.map(({ mergedId }) => mergedId),
  );
  return merges.flatMap(({ mergedId, mergedAt, mergedBy }) => {
    const patient = briefs.find(({ id }) => id === mergedId);
    return patient ? [{ patient, mergedAt: iso(mergedAt), mergedBy }] : [];
  });
};
