import type { PaperPatient } from '../../contract/printing.ts';
import type { Bilingual } from '../../contract/values.ts';
import { fullName } from '../patients/patient.ts';

/** A patient `p` and the owner `o` as a sheet's statement reads them. An animal is reached by its owner. */
export const PATIENT_COLUMNS = `p.id patientId, p.first_name firstName, p.last_name lastName,
  p.date_of_birth dateOfBirth, coalesce(p.phone, o.phone) phone,
  coalesce(p.address, o.address) address, coalesce(p.city, o.city) city, p.species, p.breed,
  o.first_name ownerFirst, o.last_name ownerLast, coalesce(p.preferred_language, o.preferred_language) language`;

export interface PatientRow {
  patientId: string | null;
  firstName: string | null;
  lastName: string | null;
  dateOfBirth: string | null;
  phone: string | null;
  address: string | null;
  city: string | null;
  species: string | null;
  breed: string | null;
  ownerFirst: string | null;
  ownerLast: string | null;
  language: 'en' | 'el' | null;
}

/** The patient of a row as paper names them; null where there is none. */
export const paperPatient = (row: PatientRow): PaperPatient | null =>
  row.patientId === null
    ? null
    : {
        name: fullName(row.firstName ?? '', row.lastName ?? ''),
        dateOfBirth: row.dateOfBirth,
        phone: row.phone,
        address: [row.address, row.city].filter(Boolean).join(', ') || null,
        species: [row.species, row.breed].filter(Boolean).join(', ') || null,
        owner: row.ownerFirst === null ? null : fullName(row.ownerFirst, row.ownerLast ?? ''),
      };

/** A name in both languages, or null where there is none. */
export const bilingual = (en: string | null, el: string | null): Bilingual | null =>
  en === null ? null : { en, el: el ?? en };
