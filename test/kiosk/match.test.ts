import { describe, expect, it } from 'vitest';
import { isInTime, isNamed } from '../../src-main/core/kiosk/match.ts';

const maria = { firstName: 'Μαρία Ελένη', lastName: 'Παπαδοπούλου', dateOfBirth: '1980-03-12' };
const types = (
  firstName: string,
  lastName: string,
  dateOfBirth = '1980-03-12',
  owner: typeof maria | null = null,
) => isNamed({ firstName, lastName, dateOfBirth }, { person: maria, owner });

describe('a patient at the kiosk is known', () => {
  it('by name and birth date, in either order, any case, Greek or Latin letters, with one first name of two', () => {
    expect(types('Μαρία', 'Παπαδοπούλου')).toBe(true);
    expect(types('παπαδοπουλου', 'ΜΑΡΙΑ')).toBe(true);
    expect(types('maria eleni', 'papadopoulou')).toBe(true);
  });

  it('not with another birth date, half a name, a part of a word or a word too many', () => {
    expect(types('Μαρία', 'Παπαδοπούλου', '1980-12-03')).toBe(false);
    expect(types('Μαρία', 'Ελένη')).toBe(false);
    expect(types('Μαρία', 'Παπαδοπ')).toBe(false);
    expect(types('Μαρία Άννα', 'Παπαδοπούλου')).toBe(false);
    expect(types('-', '.')).toBe(false);
  });

  it('not without a birth date in the record', () =>
    expect(
      isNamed(
        { firstName: 'Μαρία', lastName: 'Παπαδοπούλου', dateOfBirth: '1980-03-12' },
        { person: { ...maria, dateOfBirth: null }, owner: null },
      ),
    ).toBe(false));

  it('for an animal by its own or its owner’s name and birth date', () => {
    const animal = { firstName: 'Ρεξ', lastName: 'Παππάς', dateOfBirth: null };
    const known = (firstName: string, lastName: string) =>
      isNamed({ firstName, lastName, dateOfBirth: '1980-03-12' }, { person: animal, owner: maria });
    expect(known('Ρεξ', 'Παπαδοπούλου')).toBe(true);
    expect(known('Μαρία', 'Παπαδοπούλου')).toBe(true);
    expect(known('Ρεξ', 'Σμιθ')).toBe(false);
  });
});

it('an appointment can be checked in from an hour before until half an hour after its time', () => {
  const start = Date.parse('2026-11-24T10:00:00Z');
  const at = (minutes: number) => isInTime(start, start + minutes * 60_000);
  expect([-61, -60, 0, 30, 31].map(at)).toEqual([false, true, true, true, false]);
});
