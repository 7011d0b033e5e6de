import { isDeepStrictEqual } from 'node:util';
import type { Desk } from '../../desk.ts';
import { emailIsInUse } from '../../patients/record.ts';
import { standingRecord } from '../../replica/same-person.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { outsideLinks, patients } from '../../schema/replica/index.ts';
import { linkId } from '../link-id.ts';
import { outsideId } from '../outside-id.ts';
import type { NeoPerson, Visit } from './mapping.ts';
import type { Scope } from './scope.ts';

type PersonSet = Partial<Pick<typeof patients.$inferInsert, (typeof FIELDS)[number]>>;

/** What Neo says of a person or an animal, by our columns. */
type Told = Partial<Record<(typeof FIELDS)[number], string | null>>;

const FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'species',
  'breed',
  'dateOfBirth',
] as const satisfies readonly (keyof typeof patients.$inferSelect)[];

/** A record here, and whether the person was erased: then nothing of theirs is written again. */
export interface Known {
  id: string;
  erased: boolean;
}

/**
 * Whose visit it is here: the animal with its owner, or the client alone. Who is not in the clinic's records yet is put
 * there, under an id that follows from Neo's number. Where Neo has nobody on file, the visit gets a record of its own with
 * the name that was written down: nobody is ever matched by a name.
 */
export const takePeople = (scope: Scope, change: ChangeWriter, visit: Visit): Known | null => {
  const owner = visit.client && takePerson(scope, change, 'client', visit.client, {});
  if (visit.animal)
    return takePerson(scope, change, 'patient', visit.animal, owner ? { ownerId: owner.id } : {});
  if (owner) return owner;
  if (visit.personName === null) return null;
  const { appointmentId, personName: firstName, phone, email } = visit;
  const nobody = { externalId: `appointment-${appointmentId}`, firstName, lastName: '', phone, email };
  return takePerson(scope, change, 'client', nobody, {});
};

interface More {
  ownerId?: string;
  species?: string | null;
  breed?: string | null;
  dateOfBirth?: string | null;
}

/**
 * The record of one person or animal. What Neo says later is followed column by column, and only where the clinic has not
 * written something else since. An e-mail address that another record has is left out.
 */
export const takePerson = (
  scope: Scope,
  change: ChangeWriter,
  kind: 'client' | 'patient',
  person: NeoPerson,
  { ownerId, ...more }: More,
): Known => {
  const { externalId, ...names } = person;
  const told: Told =
    kind === 'client' ? names : { firstName: names.firstName, lastName: names.lastName, ...more };
  const link = readLink(scope.desk, kind, externalId);
  const id = link?.patientId ?? outsideId('idexx', scope.clinicId, kind, externalId);
  const row = readPerson(scope.desk, id);
  if (row?.erased) return { id, erased: true };
  if (!row) change.insert(patients, { ...newRecord(scope.desk, id, told), ...(ownerId ? { ownerId } : {}) });
  else if (link) change.update(patients, row.id, followed(scope.desk, row, told, link.seen));
  if (row && ownerId && isHandedOver(row, ownerId, link)) change.update(patients, row.id, { ownerId });
  keepLink(scope, change, kind, externalId, {
    link,
    patientId: id,
    told: ownerId ? { ...told, ownerId } : told,
  });
  return { id, erased: false };
};

const newRecord = (desk: Desk, id: string, told: Told) => {
  const { firstName, lastName, email, ...rest } = told;
  const taken = email != null && emailIsInUse(desk, email);
  return {
    id,
    firstName: firstName ?? '',
    lastName: lastName ?? '',
    ...rest,
    email: taken ? null : (email ?? null),
  };
};

/** What of Neo's word goes into a record: what it says anew, where the record still has what it said before, or nothing. */
const followed = (desk: Desk, row: Person, told: Told, seen: Told): PersonSet => {
  const isNew = (field: keyof Told): boolean => {
    const value = told[field];
    const before = seen[field] ?? null;
    if (value === undefined || value === before) return false;
    const here = row[field] || null;
    if (here !== null && here !== (before || null)) return false;
    return field !== 'email' || value === null || !emailIsInUse(desk, value, row.id);
  };
  const set = FIELDS.filter(isNew).map((field) => [field, told[field]]);
  return Object.fromEntries(set) as PersonSet;
};

/** Whether an animal has another owner in Neo than before, and here none but that one. */
const isHandedOver = (row: Person, ownerId: string, link: Link | undefined): boolean => {
  const before = link?.seen.ownerId ?? null;
  return ownerId !== before && row.id !== ownerId && (row.ownerId === null || row.ownerId === before);
};

/** What Neo said last, and whose animal it was then, by our record. */
type Seen = Told & { ownerId?: string };

interface Link {
  id: string;
  patientId: string | null;
  seen: Seen;
}

const readLink = ({ replica }: Desk, kind: string, externalId: string): Link | undefined => {
  const row = replica
    .statement(
      `select id, patient_id patientId, seen from outside_links
       where source = 'idexx' and kind = ? and external_id = ?`,
    )
    .get(kind, externalId) as (Omit<Link, 'seen'> & { seen: string | null }) | undefined;
  return row && { ...row, seen: JSON.parse(row.seen ?? '{}') as Seen };
};

const keepLink = (
  { clinicId }: Scope,
  change: ChangeWriter,
  kind: 'client' | 'patient',
  externalId: string,
  { link, patientId, told }: { link: Link | undefined; patientId: string; told: Seen },
): void => {
  // A calendar says less of an animal than a consultation's page: what it leaves out was said all the same.
  const seen = { ...link?.seen, ...told };
  const name = [told.firstName, told.lastName].filter(Boolean).join(' ') || null;
  const same = isDeepStrictEqual(seen, link?.seen);
  if (link)
    change.update(outsideLinks, link.id, { patientId, name, deletedAt: null, ...(same ? {} : { seen }) });
  else {
    const id = linkId(clinicId, 'idexx', kind, externalId);
    change.insert(outsideLinks, { id, source: 'idexx', kind, externalId, patientId, seen, name });
  }
};

type Person = Told & { id: string; ownerId: string | null; erased: boolean };

/** The record that stands for a person now. */
const readPerson = ({ replica }: Desk, id: string): Person | undefined => {
  const row = replica
    .statement(
      `select id, first_name firstName, last_name lastName, phone, email, species, breed, date_of_birth dateOfBirth,
         owner_id ownerId, erased_at is not null or deleted_at is not null erased
       from patients where id = ?`,
    )
    .get(standingRecord(replica, id)) as (Omit<Person, 'erased'> & { erased: 0 | 1 }) | undefined;
  return row && { ...row, erased: row.erased === 1 };
};
