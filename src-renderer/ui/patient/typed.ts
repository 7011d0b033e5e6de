import { parseDay } from './parse-day.ts';

/** What a search text says of a person who was not found. */
export interface TypedPatient {
  firstName: string;
  lastName: string;
  phone: string;
  /** ISO day, or empty. */
  dateOfBirth: string;
}

const capitalised = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1);
const isPhone = (text: string): boolean =>
  /^[+()\d\s./-]+$/.test(text) && text.replace(/\D/g, '').length >= 3;

/**
 * Sorts what was typed into a search into the fields of a new patient: a date to the birth date, digits to the
 * phone, letters to the names. One word is a last name; `Last, First` is understood. `today` is an ISO day.
 */
export const readTyped = (typed: string, today: string): TypedPatient => {
  const patient: TypedPatient = { firstName: '', lastName: '', phone: '', dateOfBirth: '' };
  const words: string[] = [];
  const digits: string[] = [];
  const text = typed.trim();
  const whole = parseDay(text, today);
  if (whole) return { ...patient, dateOfBirth: whole };
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const day = parseDay(word, today);
    if (day) patient.dateOfBirth = day;
    else if (/^[+()\d./-]+$/.test(word)) digits.push(word);
    else words.push(capitalised(word));
  }
  const phone = digits.join(' ');
  if (isPhone(phone)) patient.phone = phone;
  return { ...patient, ...readNames(words) };
};

const readNames = (words: string[]): Pick<TypedPatient, 'firstName' | 'lastName'> => {
  const comma = words.findIndex((word) => word.endsWith(','));
  if (comma >= 0) {
    const last = words.slice(0, comma + 1).join(' ');
    return { lastName: last.replace(/,$/, ''), firstName: words.slice(comma + 1).join(' ') };
  }
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
};
