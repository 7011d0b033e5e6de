import { expect, test } from 'vitest';
import { byName } from '../../src-renderer/features/sign-in/by-name.ts';
import { initialsOf } from '../../src-renderer/ui/face.tsx';

const people = ['Ελένη Παππά', 'Χριστίνα Γεωργίου', 'Dr Maria Adamou', 'Φώτης Ράλλης'].map((name) => ({
  name,
}));
const found = (typed: string): string[] => byName(people, typed).map(({ name }) => name);

test.each([
  ['ele', 'Ελένη Παππά'],
  ['ΠΑΠΠΑ', 'Ελένη Παππά'],
  ['παπ ελ', 'Ελένη Παππά'],
  ['chris', 'Χριστίνα Γεωργίου'],
  ['hris', 'Χριστίνα Γεωργίου'],
  ['μαρι', 'Dr Maria Adamou'],
  ['photis', 'Φώτης Ράλλης'],
])('somebody of the staff is found by %s', (typed, name) => {
  expect(found(typed)).toEqual([name]);
});

test('nothing typed leaves everybody in their order; what fits nobody finds nobody', () => {
  expect(found(' ')).toEqual(people.map(({ name }) => name));
  expect(found('ελένη ράλλη')).toEqual([]);
});

test('initials are of the name and not of the title', () => {
  expect(initialsOf('Dr Maria Adamou')).toBe('MA');
  expect(initialsOf('Ελένη Παππά')).toBe('ΕΠ');
  expect(initialsOf('Όλγα')).toBe('Ο');
});
