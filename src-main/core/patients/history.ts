import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { readAppointments } from '../appointments/view.ts';
import type { Desk, Session } from '../desk.ts';
import { recordsOfPerson, standingRecord } from '../replica/same-person.ts';
import { readConsents } from './consents.ts';
import { readAnimals, readPatient } from './find.ts';
import { readMerged } from './merged.ts';

/** A patient's record and history; a merged record answers as the one that it was merged into. */
export const patient = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'patient'>,
): CallResult<'patient'> => {
  const found = readPatient(desk, standingRecord(desk.replica, input.patientId));
  if (!found) return refuse('not_found', { what: 'patient', id: input.patientId });
  const where = `where a.patient_id in ${recordsOfPerson('?')} and a.status <> 'held'
    order by a.scheduled_at desc, a.id`;
  return ok({
    patient: found,
    appointments: readAppointments(desk, where, found.id),
    animals: readAnimals(desk, found.id),
    consents: readConsents(desk, found.id),
    merged: readMerged(desk, found.id),
  });
};
