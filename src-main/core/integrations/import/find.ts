import type { ImportMapping } from '../../../contract/imports.ts';
import { digitsOf, fold } from '../../fold.ts';
import { letOthersGo } from '../../let-others-go.ts';
import type { Store } from '../../replica/connection.ts';
import type { Finder } from './source.ts';

/** Finds nobody: for sources that name everybody by an id. */
export const noFinder: Finder = { doctor: () => null, patient: () => null };

/**
 * Looks for people by what a list calls them, in what stands here when it is made. Only a whole name counts, never a part
 * of one or something like it.
 */
export const finderIn = async (store: Store, { doctors }: ImportMapping): Promise<Finder> => {
  const doctorNames = doctorsByName(store);
  const people = await readPeople(store);
  return {
    doctor: (name) => doctors[name] ?? onlyOne(doctorNames.get(nameKey(name))),
    patient: ({ name, phone, email }) => {
      const key = name && nameKey(name);
      const found = email
        ? people.byEmail.get(email.toLowerCase())
        : phone
          ? people.byPhone.get(phoneKey(phone))
          : key && people.byName.get(key);
      if (!found) return null;
      return onlyOne(found.filter((one) => !key || one.key === key).map(({ id }) => id));
    },
  };
};

const titles = new Set(['dr', 'doctor', 'prof', 'professor', 'giatros', 'kathigitis']);

/** The words of a name, in whatever order and script they were written. */
const nameKey = (name: string): string =>
  fold(name)
    .split(' ')
    .filter((word) => !titles.has(word))
    .sort()
    .join(' ');

/** The last ten digits: with and without the country's number alike. */
const phoneKey = (phone: string): string => digitsOf(phone).slice(-10);

const onlyOne = (ids: readonly string[] | undefined): string | null => {
  const distinct = [...new Set(ids)];
  return distinct.length === 1 ? (distinct[0] ?? null) : null;
};

const doctorsByName = (store: Store): Map<string, string[]> => {
  const rows = store
    .statement(
      `select id, first_name first, last_name last from doctors where deleted_at is null
       union select id, coalesce(first_name_el, first_name), coalesce(last_name_el, last_name) from doctors
       where deleted_at is null`,
    )
    .all() as { id: string; first: string; last: string }[];
  const names = new Map<string, string[]>();
  for (const { id, first, last } of rows)
    for (const key of [nameKey(`${first} ${last}`), nameKey(last)]) put(names, key, id);
  return names;
};

interface Person {
  id: string;
  key: string;
}

const SLICE = 1000;

const readPeople = async (store: Store) => {
  const byName = new Map<string, Person[]>();
  const byPhone = new Map<string, Person[]>();
  const byEmail = new Map<string, Person[]>();
  for (let last = 0; ; await letOthersGo()) {
    const rows = store
      .statement(
        `select rowid place, id, first_name first, last_name last, phone, email from patients
         where rowid > ? and deleted_at is null and merged_into_id is null order by rowid limit ${SLICE}`,
      )
      .all(last) as Record<'id' | 'first' | 'last' | 'phone' | 'email', string | null>[];
    for (const { id, first, last: surname, phone, email } of rows) {
      const person = { id: id ?? '', key: nameKey(`${first} ${surname}`) };
      put(byName, person.key, person);
      if (phone) put(byPhone, phoneKey(phone), person);
      if (email) put(byEmail, email.toLowerCase(), person);
    }
    const end = rows.at(-1) as { place?: number } | undefined;
    if (end?.place === undefined) return { byName, byPhone, byEmail };
    last = end.place;
  }
};

const put = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
};
