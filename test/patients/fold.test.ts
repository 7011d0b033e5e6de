import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeBirthDate } from '../../src-main/core/birth-date.ts';
import { fold } from '../../src-main/core/fold.ts';
import { soundOf, soundPrefixesOf, soundsOf } from '../../src-main/core/sound.ts';

describe('folding', () => {
  it.each([
    ['Παπαδόπουλος', 'papadopoulos'],
    ['ΜΑΡΊΑ', 'maria'],
    ['Αγγελική', 'angeliki'],
    ['Ευάγγελος Ξένος', 'evangelos xenos'],
    ['Ψαρρός', 'psarros'],
    ['Müller-Lüdenscheidt', 'muller ludenscheidt'],
    ["O'Brien", 'o brien'],
    ['Øster Łódź Straße', 'oster lodz strasse'],
    ['  ', ''],
  ])('%s is written %s', (name, folded) => expect(fold(name)).toBe(folded));

  it('is blind to case and accents, and folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
    );
    expect(fold('γιώργος')).toBe(fold('ΓΙΩΡΓΟΣ'));
  });
});

describe('the sound of a name', () => {
  it.each([
    ['Παπαδόπουλος', 'papadopulos', 'papadopoylos'],
    ['Γιώργος', 'giorgos', 'yiorgos', 'giwrgos'],
    ['Γεωργίου', 'georgiou', 'yeoryiou', 'georgioy'],
    ['Αγγελική', 'angeliki', 'aggeliki'],
    ['Μπάμπης', 'babis', 'mpampis', 'bambis'],
    ['Κωνσταντίνος', 'konstantinos', 'konstadinos', 'constantinos'],
    ['Ευάγγελος', 'evangelos', 'eyaggelos', 'euaggelos'],
    ['Ξένια', 'xenia', 'ksenia'],
    ['Ελευθερία', 'eleftheria', 'eleutheria', 'elevtheria'],
    ['Βασίλης', 'vasilis', 'basilis', 'vassilis'],
    ['Φίλιππος', 'filippos', 'philippos', 'filipos'],
    ['Δημήτρης', 'dimitris', 'dhmhtrhs'.replaceAll('h', 'i')],
    ['Τζαβέλλας', 'tzavellas', 'tzavelas'],
    ['Παύλος', 'pavlos', 'paulos', 'paylos'],
  ])('%s is found however it is spelt: %s %s', (name, ...spellings) => {
    for (const spelling of spellings) expect(soundOf(fold(spelling))).toBe(soundOf(fold(name)));
  });

  it('χ is found as ch, h and x', () => {
    for (const spelling of ['Christos', 'hristos', 'xristos'])
      expect(soundsOf(fold('Χρήστος'))).toContain(soundOf(fold(spelling)));
  });

  it('whatever has been typed so far of a name, one of its beginnings begins the sound', () => {
    const letters = fc.constantFrom(
      ...'abcdefghijklmnopqrstuvwxyz',
      'ou',
      'ai',
      'gk',
      'mp',
      'nt',
      'ngk',
      'ei',
      'ph',
    );
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 10 }), fc.nat(), (parts, cut) => {
        const word = parts.join('');
        const typed = word.slice(0, 1 + (cut % word.length));
        expect(soundPrefixesOf(typed).some((prefix) => soundOf(word).startsWith(prefix))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a birth date', () => {
  it.each([
    '12/3/1980',
    '12/03/1980',
    '12.3.80',
    '12-3-1980',
    '1980-03-12',
    '1980/3/12',
    '12 Mar 1980',
    '12 March 80',
    '12 Μαρ 1980',
    '12 Μαρτίου 1980',
    'March 12, 1980',
    'Mar 12 1980',
  ])('%s is 12 March 1980', (text) =>
    expect(takeBirthDate(text, '2026-11-24')).toEqual({ dates: ['1980-03-12'], rest: ' ' }),
  );

  it('a year of two digits may be of either century, and never lies ahead', () => {
    expect(takeBirthDate('5/6/20', '2026-11-24').dates).toEqual(['1920-06-05', '2020-06-05']);
    expect(takeBirthDate('5/6/27', '2026-11-24').dates).toEqual(['1927-06-05']);
  });

  it.each([
    '210-12-34',
    '12-34-5678',
    '31/2/1980',
    '6944 123 456',
    'mar',
    'maria 1980',
    '12 Smith 1980',
    '1/1/2027',
  ])('%s is none', (text) => expect(takeBirthDate(text, '2026-11-24')).toEqual({ dates: [], rest: text }));

  it('leaves the rest of what was typed', () =>
    expect(takeBirthDate('papad 12/3/1980 maria', '2026-11-24').rest.split(/\s+/)).toEqual([
      'papad',
      'maria',
    ]));

  it('every day of a century is understood in every format', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1926-01-01T00:00:00Z'),
          max: new Date('2026-11-24T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const [year, month, dayOfMonth] = day.split('-').map(Number);
          for (const text of [day, `${dayOfMonth}/${month}/${year}`, `${dayOfMonth}.${month}.${year}`])
            expect(takeBirthDate(text, '2026-11-24').dates).toEqual([day]);
        },
      ),
    );
  });
});
