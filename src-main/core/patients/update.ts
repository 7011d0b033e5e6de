import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { standingRecord } from '../replica/same-person.ts';
import { writeChange } from '../replica/write.ts';
import { patients } from '../schema/replica/index.ts';
import { readPatient } from './find.ts';
import { emailHolders, emailIsInUse, isOwner, typed } from './record.ts';

/**
 * Sets the named fields of a patient; an empty text clears its field. `confirmContact` stamps phone and address as
 * confirmed now, for an animal on its owner's record, since that is where they stand. An e-mail address that a record
 * has which was merged into this one comes over from it.
 */
export const updatePatient = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'updatePatient'>,
): CallResult<'updatePatient'> => {
  const id = standingRecord(desk.replica, input.patientId);
  const before = readPatient(desk, id);
  if (!before) return refuse('not_found', { what: 'patient', id });
  const set = typed(input.set);
  if (set.ownerId && (set.ownerId === id || !isOwner(desk, set.ownerId)))
    return refuse('not_found', { what: 'owner', id: set.ownerId });
  if (set.email && emailIsInUse(desk, set.email, id)) return refuse('email_in_use', { email: set.email });

  const ownerId = set.ownerId === undefined ? before.owner?.id : set.ownerId;
  const confirmed = input.confirmContact ? { contactConfirmedAt: desk.now() } : {};
  writeChange(desk, { kind: 'updatePatient', actor: session.userId }, (change) => {
    if (set.email) {
      for (const holder of emailHolders(desk, set.email))
        if (holder.id !== id) change.update(patients, holder.id, { email: null });
    }
    change.update(patients, id, ownerId ? set : { ...set, ...confirmed });
    if (ownerId) change.update(patients, ownerId, confirmed);
  });
  const saved = readPatient(desk, id);
  return saved ? ok(saved) : refuse('not_found', { what: 'patient', id });
};
