import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { fold } from '../fold.ts';
import { recordsOf, standingRecord } from '../replica/same-person.ts';
import { writeChange } from '../replica/write.ts';
import { patients } from '../schema/replica/index.ts';
import { readAnimals, readPatient } from './find.ts';
import { fullName } from './patient.ts';

/** What a person owes the clinic or is owed by it; the money is another slice's business. */
export type Balance = (
  desk: Desk,
  session: Session,
  input: { patientId: string },
) => CallResult<'patientBalance'>;

/** How long after its end an appointment that nobody closed still counts as one to come, in milliseconds. */
const STILL_OPEN_MS = 24 * 3_600_000;

/**
 * Erases a person for good: every record of theirs, and the animals of an owner, whose family name they bear. Names become
 * "Erased", and what else says who they are goes: contact, birth date, notes. The change carries none of the old values.
 * Central overwrites the rest by a rule of its own when the change comes (reasons and notes of appointments, messages
 * and their files, the audit's before-images), on behalf of every desk; see 0008. Visits and money stay as numbers;
 * prescriptions and cases stay because the law keeps medical records. There is no undo.
 */
export const eraseWith =
  (balance: Balance) =>
  (desk: Desk, session: Session, input: ParsedInput<'erasePatient'>): CallResult<'erasePatient'> => {
    const id = standingRecord(desk.replica, input.patientId);
    const patient = readPatient(desk, id);
    if (!patient) return refuse('not_found', { what: 'patient', id });
    if (fold(input.name) !== fold(fullName(patient.firstName, patient.lastName)))
      return refuse('erase_not_allowed', { reason: 'name' });
    const people = [id, ...readAnimals(desk, id).map((animal) => animal.id)];
    const all = people.flatMap((person) => recordsOf(desk.replica, person));
    if (hasUpcoming(desk, all)) return refuse('erase_not_allowed', { reason: 'upcoming' });
    if (people.some((person) => isOpen(balance(desk, session, { patientId: person }))))
      return refuse('erase_not_allowed', { reason: 'money' });

    const erasedAt = desk.now();
    writeChange(desk, { kind: 'erasePatient', actor: session.userId }, (change) => {
      // Central's rule overwrites the record when it sees this, and takes along those that were merged and owned.
      for (const record of standingFirst(all, id)) {
        change.update(patients, record, { erasedAt });
        change.overwrite(patients, record, { ...nobody, deletedAt: erasedAt });
      }
    });
    return ok({ records: all.length });
  };

const isOpen = (balance: CallResult<'patientBalance'>): boolean =>
  balance.ok && balance.value.balances.some(({ minor }) => minor !== 0);

const standingFirst = (ids: readonly string[], standing: string): string[] => [
  standing,
  ...ids.filter((id) => id !== standing),
];

/** What stands in a record instead of the person. */
const nobody = {
  firstName: 'Erased',
  lastName: '',
  email: null,
  phone: null,
  address: null,
  city: null,
  dateOfBirth: null,
  gender: null,
  emergencyContact: null,
  profileImageUrl: null,
  notes: null,
  contactConfirmedAt: null,
  contactPreference: null,
  preferredLanguage: null,
} as const;

const hasUpcoming = (desk: Desk, patientIds: readonly string[]): boolean =>
  desk.replica
    .statement(
      `select 1 from appointments where patient_id in (select value from json_each(?))
         and status in ('held', 'pending', 'scheduled', 'arrived', 'ready', 'in_room') and ends_at > ?`,
    )
    .get(JSON.stringify(patientIds), Date.parse(desk.now()) - STILL_OPEN_MS) !== undefined;

/** Nothing is left to take an erasure back to. */
export const neverTakenBack = (): Result<never> =>
  refuse('not_undoable', { kind: 'erasePatient', reason: 'never' });
