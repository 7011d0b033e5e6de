import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIdentities, type Identity, isLikely } from '../../src-main/core/patients/duplicate.ts';

const maria = {
  firstName: 'Μαρία',
  lastName: 'Παπαδοπούλου',
  dateOfBirth: '1980-03-12',
  phone: '+30 694 412 3456',
  email: 'maria@example.com',
};
const likely = (a: Identity, b: Identity) => isLikely(compareIdentities(a, b));

describe('two records of one person', () => {
  it.each<[string, Identity]>([
    [
      'the name in Latin letters and the phone without the country',
      { firstName: 'Maria', lastName: 'Papadopoulou', phone: '6944123456' },
    ],
    [
      'first and last name swapped',
      { firstName: 'Παπαδοπούλου', lastName: 'Μαρία', dateOfBirth: '1980-03-12' },
    ],
    [
      'a letter wrong in the name and another phone',
      { ...maria, lastName: 'Παπαδοπόυλυ', phone: '2101112223' },
    ],
    ['a short form of the name', { ...maria, firstName: 'Μαίρη' }],
    ['the name alone', { firstName: 'maria', lastName: 'papadopoulou' }],
  ])('are likely by %s', (_, other) => expect(likely(maria, other)).toBe(true));

  it.each<[string, Identity]>([
    ['a namesake with another phone', { firstName: 'Maria', lastName: 'Papadopoulou', phone: '2101112223' }],
    ['a relative on the same phone', { firstName: 'Giorgos', lastName: 'Papadopoulou', phone: '6944123456' }],
    ['somebody born on the same day', { firstName: 'John', lastName: 'Smith', dateOfBirth: '1980-03-12' }],
    ['nobody at all', {}],
  ])('are not likely by %s', (_, other) => expect(likely(maria, other)).toBe(false));

  it('says on what grounds', () => {
    expect(compareIdentities(maria, maria).grounds).toEqual(['name', 'date_of_birth', 'phone', 'email']);
    expect(compareIdentities(maria, { firstName: 'Maria', lastName: 'Papadopoulou' }).grounds).toEqual([
      'name',
    ]);
  });
});

describe('any two records', () => {
  const text = fc.oneof(
    fc.constantFrom('Μαρία', 'Maria', 'Παπαδόπουλος', 'Smith', 'Smyth', ''),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof(arbitrary, fc.constant(null));
  const identity: fc.Arbitrary<Identity> = fc.record({
    firstName: text,
    lastName: text,
    dateOfBirth: optional(fc.constantFrom('1980-03-12', '1990-01-01')),
    phone: optional(fc.constantFrom('6944123456', '+30 6944123456', '2101112223', '5')),
    email: optional(fc.constantFrom('a@example.com', 'A@example.com', 'b@example.com')),
  });

  it('are compared alike from both sides, between 0 and 1', () =>
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        const there = compareIdentities(a, b);
        expect(compareIdentities(b, a)).toEqual(there);
        expect(there.score).toBeGreaterThanOrEqual(0);
        expect(there.score).toBeLessThanOrEqual(1);
      }),
    ));

  it('a record is wholly like itself, whichever name stands first', () =>
    fc.assert(
      fc.property(identity, (a) => {
        const known = compareIdentities(a, a);
        expect(known.score).toBe(known.grounds.length > 0 ? 1 : 0);
        expect(compareIdentities(a, { ...a, firstName: a.lastName, lastName: a.firstName }).score).toBe(
          known.score,
        );
      }),
    ));
});
