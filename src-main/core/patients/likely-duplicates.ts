import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { DuplicateCandidate } from '../../contract/patient.ts';
import type { Desk, Session } from '../desk.ts';
import { searchAlike } from '../replica/search-alike.ts';
import { compareIdentities, type Identity, isLikely } from './duplicate.ts';
import { readBriefs } from './find.ts';

/** More than these nobody reads. */
const SHOWN = 5;

/** Patients much like the one being typed, most alike first. */
export const likelyDuplicates = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'likelyDuplicates'>,
): CallResult<'likelyDuplicates'> => ok(findDuplicates(desk, input));

/** Patients much like `identity`, most alike first; for an animal, the owner's phone is looked at too. */
export const findDuplicates = (
  desk: Desk,
  identity: Identity & { ownerId?: string | null | undefined },
): DuplicateCandidate[] => {
  const [owner] = identity.ownerId ? readBriefs(desk, [identity.ownerId]) : [];
  const sought = { ...identity, phone: identity.phone || (owner?.phone ?? null) };
  return readBriefs(desk, searchAlike(desk.replica, sought))
    .map((patient) => ({
      patient,
      ...compareIdentities(sought, { ...patient, phone: patient.phone ?? patient.owner?.phone ?? null }),
    }))
    .filter(isLikely)
    .sort((a, b) => b.score - a.score || (a.patient.id < b.patient.id ? -1 : 1))
    .slice(0, SHOWN);
};
