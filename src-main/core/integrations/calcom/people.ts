import type { Desk } from '../../desk.ts';
import { compareIdentities } from '../../patients/duplicate.ts';
import { emailHolders, isPatient } from '../../patients/record.ts';
import { standingRecord } from '../../replica/same-person.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { patients } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import { emailOf, nameKey, splitName } from './mapping.ts';
import type { Scope } from './scope.ts';
import type { Attendee, Booking } from './shapes.ts';

const PHONE = 30;

/**
 * Whose visit a booking is: the patient with that e-mail address whose name is alike, else one of Cal.com's own, who is
 * made when the same name first comes with the same address or number. An address that somebody else here has is left out.
 */
export const patientOf = (
  { desk, clinicId }: Scope,
  writer: ChangeWriter,
  { uid }: Booking,
  attendee: Attendee,
): string => {
  const email = emailOf(attendee);
  const holders = email === null ? [] : emailHolders(desk, email);
  const known = holders.find(({ personId }) => isAlike(desk, personId, attendee.name));
  if (known) return known.personId;
  const person = outsideId('cal_com', clinicId, 'patient', reachedBy(attendee), nameKey(attendee.name));
  // A person who was erased or deleted does not come back: who books now is somebody new.
  const id =
    isThere(desk, person) && !isPatient(desk, standingRecord(desk.replica, person))
      ? outsideId('cal_com', clinicId, 'patient', uid)
      : person;
  if (isThere(desk, id)) return standingRecord(desk.replica, id);
  writer.insert(patients, {
    id,
    ...splitName(attendee.name),
    email: holders.length > 0 ? null : email,
    phone: attendee.phoneNumber?.slice(0, PHONE) ?? null,
    preferredLanguage: languageOf(attendee),
  });
  return id;
};

const reachedBy = (attendee: Attendee): string =>
  emailOf(attendee)?.toLowerCase() ?? attendee.phoneNumber ?? attendee.email;

const languageOf = ({ language }: Attendee): 'en' | 'el' | null =>
  language === 'el' || language === 'en' ? language : null;

const isThere = ({ replica }: Desk, id: string): boolean =>
  replica.statement('select 1 from patients where id = ?').get(id) !== undefined;

const isAlike = (desk: Desk, id: string, name: string): boolean => {
  const here = desk.replica
    .statement('select first_name firstName, last_name lastName from patients where id = ?')
    .get(id) as { firstName: string; lastName: string } | undefined;
  return here !== undefined && compareIdentities(here, splitName(name)).grounds.includes('name');
};

/** Whom Cal.com is told of, and how they are reached. */
export interface Contact {
  name: string;
  email?: string;
  phoneNumber?: string;
  language?: string;
}

/**
 * A patient as an attendee, an animal by its owner's address and number; null where there is neither an e-mail address nor
 * a number in international form, since Cal.com takes nobody without.
 */
export const contactOf = ({ replica }: Desk, patientId: string): Contact | null => {
  const row = replica
    .statement(
      `select p.first_name || ' ' || p.last_name name, coalesce(p.email, o.email) email, coalesce(p.phone, o.phone) phone,
         coalesce(p.preferred_language, o.preferred_language) language
       from patients p left join patients o on o.id = p.owner_id where p.id = ?`,
    )
    .get(standingRecord(replica, patientId)) as Record<
    'name' | 'email' | 'phone' | 'language',
    string | null
  >;
  const phone = row.phone?.replace(/[\s().-]+/g, '').replace(/^00/, '+') ?? '';
  const number = /^\+\d{8,15}$/.test(phone) ? phone : undefined;
  if (!row.email && !number) return null;
  return {
    name: row.name?.trim() || '?',
    ...(row.email ? { email: row.email } : {}),
    ...(number ? { phoneNumber: number } : {}),
    ...(row.language ? { language: row.language } : {}),
  };
};
