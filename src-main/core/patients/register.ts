import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { patients } from '../schema/replica/index.ts';
import { readPatient } from './find.ts';
import { findDuplicates } from './likely-duplicates.ts';
import { emailIsInUse, isOwner, typed } from './record.ts';

/**
 * Adds a patient. Likely duplicates are answered with instead, until told to save anyway. Phone and address that were
 * just given count as confirmed.
 */
export const registerPatient = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'registerPatient'>,
): CallResult<'registerPatient'> => {
  const { saveAnyway, firstName, lastName, ...rest } = input;
  const record = typed(rest);
  if (record.ownerId && !isOwner(desk, record.ownerId))
    return refuse('not_found', { what: 'owner', id: record.ownerId });
  if (record.email && emailIsInUse(desk, record.email))
    return refuse('email_in_use', { email: record.email });
  const duplicates = saveAnyway ? [] : findDuplicates(desk, input);
  if (duplicates.length > 0) return refuse('likely_duplicate', { candidates: duplicates });

  const id = desk.newId();
  const contactConfirmedAt = record.phone && record.address ? desk.now() : null;
  writeChange(desk, { kind: 'registerPatient', actor: session.userId }, (change) =>
    change.insert(patients, { id, firstName, lastName, ...record, contactConfirmedAt }),
  );
  const saved = readPatient(desk, id);
  return saved ? ok(saved) : refuse('not_found', { what: 'patient', id });
};
