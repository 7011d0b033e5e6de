import { describe, expect, test } from 'vitest';
import { matchedName, matchedPhone } from '../../src-renderer/ui/patient/matched.ts';
import { parseDay } from '../../src-renderer/ui/patient/parse-day.ts';
import { readTyped } from '../../src-renderer/ui/patient/typed.ts';

const TODAY = '2026-11-24';

describe('a birth date', () => {
  test.each([
    ['3/4/1985', '1985-04-03'],
    ['03.04.85', '1985-04-03'],
    ['3-4-1985', '1985-04-03'],
    ['3 4 1985', '1985-04-03'],
    ['1985-04-03', '1985-04-03'],
    ['24/11/26', '2026-11-24'],
    ['25/11/26', null],
    ['1/1/27', '1927-01-01'],
    ['29/2/2023', null],
    ['31/4/1985', null],
    ['6900000000', null],
  ])('typed as %s is read as %s', (typed, day) => {
    expect(parseDay(typed, TODAY)).toBe(day);
  });
});

describe('a search that found nobody fills the registration', () => {
  test.each([
    ['papadaki', { firstName: '', lastName: 'Papadaki' }],
    ['maria papadaki', { firstName: 'Maria', lastName: 'Papadaki' }],
    ['Παπαδάκη, Μαρία', { firstName: 'Μαρία', lastName: 'Παπαδάκη' }],
    ['maria papadaki 3/4/1985', { lastName: 'Papadaki', dateOfBirth: '1985-04-03' }],
    ['+30 690 000 1234', { lastName: '', phone: '+30 690 000 1234' }],
    ['papadaki 6900001234', { lastName: 'Papadaki', phone: '6900001234' }],
    ['3 4 1985', { phone: '', dateOfBirth: '1985-04-03' }],
  ])('%s', (typed, expected) => {
    expect(readTyped(typed, TODAY)).toMatchObject(expected);
  });
});

describe('what a search matched is marked', () => {
  const marked = (pieces: { text: string; hit: boolean }[]): string =>
    pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
  test.each([
    ['Ελένη Παπαδοπούλου', 'papad', 'Ελένη [Παπαδ]οπούλου'],
    ['Ελένη Παπαδοπούλου', 'παπαδοπουλου ελενη', '[Ελένη] [Παπαδοπούλου]'],
    ['Ξανθή Ψαρρού', 'ps', 'Ξανθή [Ψ]αρρού'],
    ['José Fernández', 'fernandez', 'José [Fernández]'],
    ['John Smith', 'maria', 'John Smith'],
  ])('in the name %s by %s', (name, search, shown) => {
    expect(marked(matchedName(name, search))).toBe(shown);
  });
  test.each([
    ['+30 210 555 0142', '0142', '+30 210 555 [0142]'],
    ['+30 210 555 0142', '5550142', '+30 210 [555 0142]'],
    ['+30 210 555 0142', '999', '+30 210 555 0142'],
  ])('in the phone %s by %s', (phone, search, shown) => {
    expect(marked(matchedPhone(phone, search))).toBe(shown);
  });
});
