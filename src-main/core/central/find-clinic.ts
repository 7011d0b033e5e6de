import { digitsOf, wordsOf } from '../fold.ts';
import { type AdminResult, asOwner } from './admin.ts';

/** A clinic as whoever looks for it knows it. */
export interface FoundClinic {
  id: string;
  name: string;
  /** Its other names: in Greek, and those of its locations. */
  otherNames: string[];
  cities: string[];
  phones: string[];
}

/**
 * The clinics of a central database that a text fits, by name: every word begins a word of a name or a city, in whatever
 * case, accents and alphabet it is typed; or it is the end of a phone number, of four digits or more; or it is the id.
 * Without a text, all of them.
 */
export const findClinics = (ownerUrl: string, text: string): Promise<AdminResult<FoundClinic[]>> =>
  asOwner(ownerUrl, async (connection) => {
    const clinics = await connection.query<FoundClinic & Record<string, unknown>>(
      `select c.id, c.name,
         array_remove(array[c.name_el] || array_agg(l.name order by l.id) || array_agg(l.name_el order by l.id), null)
           as "otherNames",
         array_remove(array[c.city::text] || array_agg(l.city::text order by l.id), null) as cities,
         array_remove(array[c.phone::text] || array_agg(l.phone::text order by l.id), null) as phones
       from clinics c left join clinic_locations l on l.clinic_id = c.clinic_id and l.deleted_at is null
       group by c.clinic_id, c.id order by c.name, c.id`,
    );
    return { ok: true, value: clinics.map(withoutRepeats).filter((clinic) => fits(clinic, text)) };
  });

/** The one clinic that a text fits; else a refusal that lists those that it fits. */
export const theClinic = async (ownerUrl: string, text: string): Promise<AdminResult<FoundClinic>> => {
  const found = await findClinics(ownerUrl, text);
  if (!found.ok) return found;
  const [only, ...more] = found.value;
  if (only && more.length === 0) return { ok: true, value: only };
  const message = only
    ? `"${text}" fits more than one clinic:\n${found.value.map(clinicLine).join('\n')}`
    : `There is no clinic "${text}".`;
  return { ok: false, error: { code: 'no_such_clinic', message } };
};

/** How a clinic reads in a list. */
export const clinicLine = ({ id, name, otherNames, cities, phones }: FoundClinic): string =>
  [id, [name, ...otherNames].join(' / '), cities.join(', '), phones.join(', ')].filter(Boolean).join('  ');

/** Whether a text names a clinic. */
export const fits = ({ id, name, otherNames, cities, phones }: FoundClinic, text: string): boolean => {
  if (text.trim().toLowerCase() === id) return true;
  if (/^[\d\s+()./-]+$/.test(text)) {
    const digits = digitsOf(text);
    return digits.length >= 4 && phones.some((phone) => digitsOf(phone).endsWith(digits));
  }
  const known = [name, ...otherNames, ...cities].flatMap(wordsOf);
  return wordsOf(text).every((word) => known.some((one) => one.startsWith(word)));
};

const withoutRepeats = (clinic: FoundClinic): FoundClinic => ({
  ...clinic,
  otherNames: [...new Set(clinic.otherNames)].filter((name) => name !== clinic.name),
  cities: [...new Set(clinic.cities)],
  phones: [...new Set(clinic.phones)],
});
