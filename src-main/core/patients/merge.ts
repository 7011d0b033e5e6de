import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import type { ChangeRow } from '../../contract/change.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { MergeField, Patient } from '../../contract/patient.ts';
import type { Desk, Session } from '../desk.ts';
import { type ChangeWriter, writeChange } from '../replica/write.ts';
import { patientMerges, patients } from '../schema/replica/index.ts';
import { readPatient } from './find.ts';
import { type Merge, readMerge } from './merged.ts';
import { emailIsInUse } from './record.ts';

/** The columns that a merge may set, by the names of the record. */
const columns = {
  firstName: 'first_name',
  lastName: 'last_name',
  phone: 'phone',
  email: 'email',
  dateOfBirth: 'date_of_birth',
  gender: 'gender',
  address: 'address',
  city: 'city',
  emergencyContact: 'emergency_contact',
  notes: 'notes',
  species: 'species',
  breed: 'breed',
  ownerId: 'owner_id',
  contactPreference: 'contact_preference',
  preferredLanguage: 'preferred_language',
  contactConfirmedAt: 'contact_confirmed_at',
} as const satisfies Record<MergeField | 'contactConfirmedAt', string>;
type Field = keyof typeof columns;

type Values = { [F in Field]: F extends 'ownerId' ? string | null : Patient[F & keyof Patient] };

const valuesOf = (patient: Patient): Values => ({ ...patient, ownerId: patient.owner?.id ?? null });

/**
 * Merges one record into another. Nothing that names the merged record is moved: it points at the kept one from now on, and
 * whoever reads goes by the person. So a booking that another desk makes for it in the meantime is in the right place,
 * and a merge can be taken apart whole. The kept record takes over the fields named in `take`; an e-mail address goes
 * over and does not stay behind, since the clinic has each only once.
 */
export const mergePatients = (
  desk: Desk,
  session: Session,
  { keptId, mergedId, take }: ParsedInput<'mergePatients'>,
): CallResult<'mergePatients'> => {
  const [kept, merged] = [readPatient(desk, keptId), readPatient(desk, mergedId)];
  if (!kept || !merged) return refuse('not_found', { what: 'patient', id: kept ? mergedId : keptId });
  const reason = whyNotOne(kept, merged);
  if (reason) return refuse('merge_not_allowed', { reason });

  const [before, other] = [valuesOf(kept), valuesOf(merged)];
  const confirmed: Field[] = take.includes('phone') || take.includes('address') ? ['contactConfirmedAt'] : [];
  const fields = [...new Set<Field>([...take, ...confirmed])].filter(
    (field) => before[field] !== other[field],
  );
  const emailGoes = fields.includes('email') && merged.email !== null;
  const moved = [
    ...fields.map((field) => movedOf(keptId, columns[field], before[field], other[field])),
    movedOf(mergedId, 'merged_into_id', null, keptId),
    ...(emailGoes ? [movedOf(mergedId, 'email', merged.email, null)] : []),
  ];
  writeChange(desk, { kind: 'mergePatients', actor: session.userId }, (change) => {
    const by = { mergedAt: desk.now(), mergedBy: session.userId };
    change.insert(patientMerges, { id: desk.newId(), keptId, mergedId, moved, ...by });
    change.update(patients, mergedId, { mergedIntoId: keptId, ...(emailGoes ? { email: null } : {}) });
    change.update(patients, keptId, Object.fromEntries(fields.map((field) => [field, other[field]])));
  });
  const saved = readPatient(desk, keptId);
  return saved ? ok(saved) : refuse('not_found', { what: 'patient', id: keptId });
};

const movedOf = (id: string, column: string, was: unknown, now: unknown): Merge['moved'][number] => ({
  table: 'patients',
  id,
  column,
  was,
  now,
});

/** Why two records cannot be of one, or undefined: an animal is no person, and has one owner. */
const whyNotOne = (kept: Patient, merged: Patient): string | undefined => {
  if (kept.id === merged.id) return 'itself';
  const isAnimal = ({ species, owner }: Patient): boolean => species !== null || owner !== null;
  if (isAnimal(kept) !== isAnimal(merged)) return 'animal_and_person';
  const otherOwner = kept.owner && merged.owner && kept.owner.id !== merged.owner.id;
  return otherOwner ? 'other_owner' : undefined;
};

/**
 * Takes a merge apart. The merged record stands again with everything that names it; the kept one gets back what the
 * merge set, but for what somebody has changed since.
 */
export const undoMerge = (
  desk: Desk,
  session: Session,
  { mergedId }: ParsedInput<'undoMerge'>,
): CallResult<'undoMerge'> => {
  const merge = readMerge(desk, mergedId);
  if (!merge) return refuse('not_found', { what: 'merge', id: mergedId });
  const kept = readPatient(desk, merge.keptId);
  if (!kept) return refuse('merge_not_allowed', { reason: 'built_on' });
  const email = merge.moved.find(({ id, column }) => id === mergedId && column === 'email')?.was;
  if (typeof email === 'string' && emailIsInUse(desk, email, kept.id))
    return refuse('email_in_use', { email });

  const before = valuesOf(kept);
  const back = fieldsOf(merge, kept.id).filter(({ field, now }) => before[field] === now);
  writeChange(desk, { kind: 'undoMerge', actor: session.userId }, (change) => {
    change.update(patientMerges, merge.id, { undoneAt: desk.now(), undoneBy: session.userId });
    change.update(patients, kept.id, Object.fromEntries(back.map(({ field, was }) => [field, was])));
    standAgain(change, mergedId, typeof email === 'string' ? email : undefined);
  });
  const saved = readPatient(desk, mergedId);
  return saved ? ok(saved) : refuse('not_found', { what: 'patient', id: mergedId });
};

const standAgain = (change: ChangeWriter, id: string, email: string | undefined): void =>
  change.update(patients, id, { mergedIntoId: null, ...(email === undefined ? {} : { email }) });

/** What a merge set on a record, by field. */
const fieldsOf = ({ moved }: Merge, id: string) =>
  moved.flatMap((one) => {
    const field = (Object.keys(columns) as Field[]).find((known) => columns[known] === one.column);
    return field && one.id === id ? [{ field, was: one.was, now: one.now }] : [];
  });

/** Takes back the merge that a change made: what Ctrl+Z does. */
export const takeBackMerge = (desk: Desk, session: Session, change: { rows: readonly ChangeRow[] }) => {
  const row = change.rows.find(({ table }) => table === 'patient_merges');
  const mergedId = row && 'insert' in row ? String(row.insert['merged_id']) : '';
  return undoMerge(desk, session, { mergedId });
};
