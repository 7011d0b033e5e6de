import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { fold } from '../fold.ts';
import { writeChange } from '../replica/write.ts';
import { doctors, specialties, visitTypes } from '../schema/replica/index.ts';
import { readClinic } from './clinic-settings.ts';
import { isThere, nextPlace } from './rows.ts';

/** Adds a specialty or renames one. Its slug, by which filters know it, stays as it was made. */
export const saveSpecialty = (
  desk: Desk,
  session: Session,
  { id, nameEn, nameEl }: ParsedInput<'saveSpecialty'>,
): CallResult<'saveSpecialty'> => {
  if (id !== undefined && !isThere(desk, 'specialties', id))
    return refuse('not_found', { what: 'specialty', id });
  const slug = slugOf(nameEn);
  const namesake = desk.replica
    .statement('select id from specialties where (slug = ? or name_en = ?) and id is not ?')
    .get(slug, nameEn, id ?? null);
  if (namesake) return refuse('name_in_use', { name: nameEn });
  const saved = id ?? desk.newId();
  const names = { nameEn, nameEl: nameEl || nameEn };
  writeChange(desk, { kind: 'saveSpecialty', actor: session.userId }, (change) =>
    id === undefined
      ? change.insert(specialties, { id: saved, ...names, slug })
      : change.update(specialties, id, names),
  );
  return ok({ id: saved });
};

/** A name for addresses and filters: Latin letters, digits and hyphens. */
const slugOf = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'specialty';

/** Adds what can be booked, or changes it for what is booked from now on. */
export const saveVisitType = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'saveVisitType'>,
): CallResult<'saveVisitType'> => {
  const { id, fee, nameEl, ...rest } = input;
  if (id !== undefined && !isThere(desk, 'visit_types', id))
    return refuse('not_found', { what: 'visitType', id });
  if (rest.specialtyId !== null && !isThere(desk, 'specialties', rest.specialtyId))
    return refuse('not_found', { what: 'specialty', id: rest.specialtyId });
  const row = { ...rest, nameEl: nameEl || rest.nameEn, feeMinor: fee.minor, feeCurrency: fee.currency };
  const saved = id ?? desk.newId();
  writeChange(desk, { kind: 'saveVisitType', actor: session.userId }, (change) => {
    if (id !== undefined) return change.update(visitTypes, id, row);
    const sortOrder = nextPlace(desk, 'select max(sort_order) from visit_types');
    change.insert(visitTypes, { id: saved, ...row, sortOrder });
  });
  return ok({ id: saved });
};

/** Adds a doctor or changes a profile. A clinic may not know an e-mail address: one that leads nowhere stands for it. */
export const saveDoctor = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'saveDoctor'>,
): CallResult<'saveDoctor'> => {
  const { id, specialtyId, locationId } = input;
  if (id !== undefined && !isThere(desk, 'doctors', id)) return refuse('not_found', { what: 'doctor', id });
  if (specialtyId !== null && !isThere(desk, 'specialties', specialtyId))
    return refuse('not_found', { what: 'specialty', id: specialtyId });
  if (locationId !== null && !isThere(desk, 'clinic_locations', locationId))
    return refuse('not_found', { what: 'location', id: locationId });
  if (emailTaken(desk, input.email, id)) return refuse('email_in_use', { email: input.email });
  const saved = id ?? desk.newId();
  const row = doctorRow(desk, saved, input);
  writeChange(desk, { kind: 'saveDoctor', actor: session.userId }, (change) => {
    if (id !== undefined) return change.update(doctors, id, row);
    const sortOrder = nextPlace(desk, 'select max(sort_order) from doctors');
    change.insert(doctors, { id: saved, ...row, isActive: true, sortOrder });
  });
  return ok({ id: saved });
};

/** The domain of addresses that nobody has (RFC 2606). */
const NO_MAIL = '@doctor.invalid';

/** The e-mail address as it is shown: none for the one that stands for none. */
export const shownEmail = (email: string): string => (email.endsWith(NO_MAIL) ? '' : email);

const emailTaken = ({ replica }: Desk, email: string, id: string | undefined): boolean =>
  replica
    .statement('select 1 from doctors where lower(email) = lower(?) and id is not ?')
    .get(email, id ?? null) !== undefined;

const doctorRow = (desk: Desk, id: string, input: ParsedInput<'saveDoctor'>) => ({
  firstName: input.firstName,
  lastName: input.lastName,
  firstNameEl: input.firstNameEl || null,
  lastNameEl: input.lastNameEl || null,
  email: input.email || `${id}${NO_MAIL}`,
  phone: input.phone || null,
  specialtyId: input.specialtyId,
  locationId: input.locationId,
  specialization: input.specialization || specialtyName(desk, input.specialtyId),
  bio: input.bio || null,
  bioEl: input.bioEl || null,
  city: input.city || null,
  consultationFee: input.fee?.minor ?? null,
  consultationFeeCurrency: input.fee?.currency ?? readClinic(desk).currency,
});

const specialtyName = ({ replica }: Desk, id: string | null): string =>
  (replica.statement('select name_en from specialties where id = ?').pluck().get(id) as string | undefined) ??
  '';
