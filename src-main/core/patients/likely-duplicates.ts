import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { DuplicateCandidate, PatientBrief } from '../../contract/patient.ts';
import type { Desk, Session } from '../desk.ts';
import { recordsOf } from '../replica/same-person.ts';
import { searchAlike } from '../replica/search-alike.ts';
import { type Comparison, compareKeys, type Identity, isLikely, type Keys, keysOf } from './duplicate.ts';
import { readBriefs } from './find.ts';

/** More than these nobody reads. */
const SHOWN = 5;

/** Patients much like the one being typed, most alike first. */
export const likelyDuplicates = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'likelyDuplicates'>,
): CallResult<'likelyDuplicates'> => ok(findDuplicates(desk, input));

/**
 * Patients much like `identity`, most alike first; for an animal, the owner's phone is looked at too. A person of several
 * records is as much like it as the likest of them.
 */
export const findDuplicates = (
  desk: Desk,
  identity: Identity & { ownerId?: string | null | undefined },
): DuplicateCandidate[] => {
  const [owner] = identity.ownerId ? readBriefs(desk, [identity.ownerId]) : [];
  const sought = keysOf({ ...identity, phone: identity.phone || (owner?.phone ?? null) });
  return readBriefs(desk, searchAlike(desk.replica, { ...identity, phone: sought.phone }))
    .map((patient) => ({ patient, ...likest(desk, patient, sought) }))
    .filter(isLikely)
    .sort((a, b) => b.score - a.score || (a.patient.id < b.patient.id ? -1 : 1))
    .slice(0, SHOWN);
};

const likest = (desk: Desk, patient: PatientBrief, sought: Keys): Comparison => {
  const merged = recordsOf(desk.replica, patient.id).filter((id) => id !== patient.id);
  return [patient, ...readBriefs(desk, merged)]
    .map((record) => compareKeys(sought, keysOf({ ...record, phone: record.phone ?? record.owner?.phone })))
    .reduce((best, one) => (one.score > best.score ? one : best));
};
