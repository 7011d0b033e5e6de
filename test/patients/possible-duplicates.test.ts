import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDuplicates } from '../../src-main/core/patients/likely-duplicates.ts';
import { mergePatients, undoMerge } from '../../src-main/core/patients/merge.ts';
import { possibleDuplicates } from '../../src-main/core/patients/possible-duplicates.ts';
import { inLatin } from '../../src-main/core/sample/names.ts';
import { patients } from '../../src-main/core/schema/replica/index.ts';
import { type ClinicDesk, clinicDesk, ids, receptionist } from '../support/clinic.ts';
import { must } from '../support/must.ts';

let desk: ClinicDesk;
beforeEach(() => {
  desk = clinicDesk();
});
afterEach(() => desk.dispose());

let added = 0;
const add = (firstName: string, lastName: string, more = {}): string => {
  added += 1;
  const id = `0192f000-0070-7000-8000-${String(added).padStart(12, '0')}`;
  desk.put(patients, { id, firstName, lastName, ...more });
  desk.replica.announce(new Set(['patients']));
  return id;
};
const pairs = async (from = 0, limit = 25) => {
  const found = must(await possibleDuplicates(desk, receptionist, { from, limit }));
  return found.pairs.map(({ patients: [older, newer] }) => [older.id, newer.id]);
};

describe('the possible duplicates of a clinic', () => {
  it('are none while nobody is much like another', async () => {
    expect(await pairs()).toEqual([]);
  });

  it('come by name and phone, by a misspelt name with the phone, and by name and birth date', async () => {
    const latin = add('Maria', 'Papadopoulou', { phone: '6944123456' });
    const misspelt = add('John', 'Smithe', { phone: '+44 20 7946 0958' });
    const swapped = add('Κωνσταντίνου', 'Νίκος');
    const born = add('Anna', 'Zedonova', { dateOfBirth: '1990-01-01', phone: '2101110000' });
    const again = add('Anna', 'Zedanova', { dateOfBirth: '1990-01-01' });
    const found = await pairs();
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        [ids.maria, latin],
        [ids.john, misspelt],
        [ids.nikos, swapped],
        [born, again],
      ]),
    );
  });

  it('are no relatives, no animals of two owners, and no animal with its owner', async () => {
    add('Γιώργος', 'Παπαδόπουλος', { phone: '6944123456' });
    add('Rex', 'Smith', { species: 'Dog', ownerId: ids.nikos });
    add('John', 'Smith', { species: 'Parrot', ownerId: ids.john });
    expect(await pairs()).toEqual([]);
    const twice = add('Rex', 'Smith', { species: 'Dog', ownerId: ids.john });
    expect(await pairs()).toEqual([[ids.rex, twice]]);
  });

  it('leave the list when they are merged, and come back when taken apart', async () => {
    const twin = add('Maria', 'Papadopoulou', { phone: '6944123456' });
    expect(await pairs()).toEqual([[ids.maria, twin]]);
    must(mergePatients(desk, receptionist, { keptId: ids.maria, mergedId: twin, take: [] }));
    expect(await pairs()).toEqual([]);
    must(undoMerge(desk, receptionist, { mergedId: twin }));
    expect(await pairs()).toEqual([[ids.maria, twin]]);
  });

  it('come page by page, likeliest first', async () => {
    for (let n = 0; n < 4; n += 1) add(`Ada${'bcdf'[n]}`, 'Quill', { phone: `21055500${n}${n}` });
    for (let n = 0; n < 4; n += 1) add(`Ada${'bcdf'[n]}`, 'Quill', { phone: `21055500${n}${n}` });
    const all = await pairs(0, 100);
    expect([...(await pairs(0, 2)), ...(await pairs(2, 100))]).toEqual(all);
    const { total } = must(await possibleDuplicates(desk, receptionist, { from: 0, limit: 1 }));
    expect(total).toBe(all.length);
  });
});

describe('whoever is registered again', () => {
  const names = fc.constantFrom('Μαρία', 'Γιώργος', 'Ευφροσύνη', 'John', 'Zoë', 'Αικατερίνη-Αλεξάνδρα');
  const families = fc.constantFrom('Παπαδοπούλου', 'Γκίκας', "O'Connor", 'Χατζηγεωργίου', 'Łukasz', 'Ng');
  const numbers = fc.integer({ min: 10_000_000, max: 99_999_999 });
  /** The ways in which one name is typed. */
  const typedAs = fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => name.toLowerCase(),
    (name) => name.normalize('NFD').replace(/\p{M}/gu, ''),
    (name) => inLatin(name),
  );

  it('with the same name and phone is shown, however both are written and whatever else differs', () =>
    fc.assert(
      fc.property(
        names,
        families,
        numbers,
        typedAs,
        typedAs,
        fc.boolean(),
        (first, last, digits, one, two, swap) => {
          const id = add(first, last, {
            phone: `+30 21 ${digits}`,
            dateOfBirth: '1980-03-12',
            email: `known${added}@example.com`,
          });
          const [firstName, lastName] = swap ? [two(last), one(first)] : [one(first), two(last)];
          const like = findDuplicates(desk, {
            firstName,
            lastName,
            phone: `21${digits}`,
            dateOfBirth: '1990-01-01',
            email: 'other@example.com',
          });
          expect(like.map(({ patient }) => patient.id)).toContain(id);
        },
      ),
      { numRuns: 60 },
    ));
});
