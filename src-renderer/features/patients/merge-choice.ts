import {
  type MergeField,
  MergeField as mergeFields,
  type Patient,
} from '../../../src-main/contract/patient.ts';

/** Which of two records a value comes from. */
export type Side = 0 | 1;
/** For each field that differs, whose value is kept. */
export type Chosen = Partial<Record<MergeField, Side>>;

/** A field's value as text; empty where nothing is known. */
export const fieldText = (patient: Patient, field: MergeField): string =>
  field === 'ownerId' ? (patient.owner?.id ?? '') : (patient[field] ?? '');

/** The fields in which two records differ, in the order of the form. */
export const differing = (both: readonly [Patient, Patient]): MergeField[] =>
  mergeFields.options.filter((field) => fieldText(both[0], field) !== fieldText(both[1], field));

/** The kept record's values, and the other's where the kept one has none. */
export const usualChoice = (both: readonly [Patient, Patient], kept: Side): Chosen =>
  Object.fromEntries(
    differing(both).map((field) => [field, fieldText(both[kept], field) === '' ? other(kept) : kept]),
  );

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** The fields that the kept record takes over from the other one. */
export const takenOver = (both: readonly [Patient, Patient], kept: Side, chosen: Chosen): MergeField[] =>
  differing(both).filter((field) => chosen[field] === other(kept));
