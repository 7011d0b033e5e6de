import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { patients } from '../schema/replica/index.ts';
import { readPatient } from './find.ts';
import { findDuplicates } from './likely-duplicates.ts';
import { emailIsInUse, isOwner, typed } from './record.ts';

/**
 * Adds a patient; an animal with its owner, where the owner is new too, in one change. Likely duplicates, of the patient
 * or of the new owner (`of`), are answered with instead, until told to save anyway. Phone and address that were just
 * given count as confirmed.
 */
export const registerPatient = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'registerPatient'>,
): CallResult<'registerPatient'> => {
  const { saveAnyway, owner, ...own } = input;
  const ownerId = owner ? desk.newId() : own.ownerId;
  if (!owner && ownerId && !isOwner(desk, ownerId))
    return refuse('not_found', { what: 'owner', id: ownerId });
  const taken = [own.email, owner?.email].find((email) => email && emailIsInUse(desk, email));
  if (taken) return refuse('email_in_use', { email: taken, of: taken === own.email ? 'patient' : 'owner' });
  const alike = saveAnyway ? undefined : findAlike(desk, owner, own);
  if (alike) return refuse('likely_duplicate', alike);

  const id = desk.newId();
  writeChange(desk, { kind: 'registerPatient', actor: session.userId }, (change) => {
    if (owner && ownerId) change.insert(patients, newRecord(desk, ownerId, owner));
    change.insert(patients, { ...newRecord(desk, id, own), ...(ownerId ? { ownerId } : {}) });
  });
  const saved = readPatient(desk, id);
  return saved ? ok(saved) : refuse('not_found', { what: 'patient', id });
};

type Typed = Omit<ParsedInput<'registerPatient'>, 'saveAnyway' | 'owner'>;

/** A new owner's animals are new as well, so that only the owner may be here already. */
const findAlike = (desk: Desk, owner: Typed | undefined, own: Typed) => {
  const candidates = findDuplicates(desk, owner ?? own);
  return candidates.length > 0 ? { candidates, of: owner ? 'owner' : 'patient' } : undefined;
};

const newRecord = (desk: Desk, id: string, { firstName, lastName, ...rest }: Typed) => {
  const record = typed(rest);
  const contactConfirmedAt = record.phone && record.address ? desk.now() : null;
  return { id, firstName, lastName, ...record, contactConfirmedAt };
};
