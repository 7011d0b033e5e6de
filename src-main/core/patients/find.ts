import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { Patient, PatientBrief } from '../../contract/patient.ts';
import { iso, isoOrNull, yearBefore } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { personOf, recordsOfPerson } from '../replica/same-person.ts';
import { searchPatients } from '../replica/search-find.ts';
import { contactDue, fullName } from './patient.ts';

/** Patients by what a person typed, best first. */
export const findPatient = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'findPatient'>,
): CallResult<'findPatient'> =>
  ok(readBriefs(desk, searchPatients(desk.replica, input.text, desk.now().slice(0, 10), input.limit)));

type Text = string | null;
interface Row {
  id: string;
  firstName: string;
  lastName: string;
  dateOfBirth: Text;
  phone: Text;
  email: Text;
  species: Text;
  breed: Text;
  gender: Patient['gender'];
  address: Text;
  city: Text;
  emergencyContact: Text;
  notes: Text;
  contactPreference: Patient['contactPreference'];
  preferredLanguage: Patient['preferredLanguage'];
  contactConfirmedAt: number | null;
  createdAt: number;
  ownerId: Text;
  ownerFirstName: Text;
  ownerLastName: Text;
  ownerPhone: Text;
  ownerAddress: Text;
  ownerContactConfirmedAt: number | null;
}

const SELECT = `
  select p.id, p.first_name firstName, p.last_name lastName, p.date_of_birth dateOfBirth, p.phone, p.email,
    p.species, p.breed, p.gender, p.address, p.city, p.emergency_contact emergencyContact, p.notes,
    p.contact_preference contactPreference, p.preferred_language preferredLanguage,
    p.contact_confirmed_at contactConfirmedAt, p.created_at createdAt,
    o.id ownerId, o.first_name ownerFirstName, o.last_name ownerLastName, o.phone ownerPhone,
    o.address ownerAddress, o.contact_confirmed_at ownerContactConfirmedAt
  from patients p left join patients o on o.id = ${personOf('p.owner_id')}`;

/** What a search result shows of each patient, in the order of `ids`. */
export const readBriefs = ({ replica }: Desk, ids: readonly string[]): PatientBrief[] => {
  const rows = replica
    .statement(`${SELECT} where p.id in (select value from json_each(?))`)
    .all(JSON.stringify(ids)) as Row[];
  const byId = new Map(rows.map((row) => [row.id, briefOf(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

/** A patient's whole record, or undefined; one that was deleted or merged into another is not there. */
export const readPatient = (desk: Desk, id: string): Patient | undefined => {
  const row = desk.replica
    .statement(`${SELECT} where p.id = ? and p.deleted_at is null and p.merged_into_id is null`)
    .get(id) as Row | undefined;
  return row && patientOf(row, yearBefore(Date.parse(desk.now())));
};

/** The animals of an owner, whichever of the owner's records they name, by name. */
export const readAnimals = (desk: Desk, ownerId: string): PatientBrief[] =>
  readBriefs(
    desk,
    desk.replica
      .statement(
        `select id from patients where owner_id in ${recordsOfPerson('?')}
           and deleted_at is null and merged_into_id is null
         order by first_name, id`,
      )
      .pluck()
      .all(ownerId) as string[],
  );

const briefOf = (row: Row): PatientBrief => ({
  id: row.id,
  firstName: row.firstName,
  lastName: row.lastName,
  dateOfBirth: row.dateOfBirth,
  phone: row.phone,
  email: row.email,
  species: row.species,
  breed: row.breed,
  owner:
    row.ownerId === null
      ? null
      : {
          id: row.ownerId,
          name: fullName(row.ownerFirstName ?? '', row.ownerLastName ?? ''),
          phone: row.ownerPhone,
        },
});

const patientOf = (row: Row, since: number): Patient => ({
  ...briefOf(row),
  gender: row.gender,
  address: row.address,
  city: row.city,
  emergencyContact: row.emergencyContact,
  notes: row.notes,
  contactPreference: row.contactPreference,
  preferredLanguage: row.preferredLanguage,
  contactConfirmedAt: isoOrNull(row.contactConfirmedAt),
  contactDue: contactDue(
    row.ownerId === null
      ? row
      : {
          phone: row.ownerPhone,
          address: row.ownerAddress,
          contactConfirmedAt: row.ownerContactConfirmedAt,
        },
    since,
  ),
  createdAt: iso(row.createdAt),
});
