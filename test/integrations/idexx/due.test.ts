import { expect, test } from 'vitest';
import { type Hours, nextDue } from '../../../src-main/core/integrations/idexx/due.ts';

const at = (text: string) => Date.parse(`2026-11-${text}:00.000Z`);
const settings = { everyMinutes: 240, atOpening: true, atClosing: true };
/** Open 09:00 to 17:00 in Athens, two hours ahead of UTC, but on the 25th. */
const hours = (day: string): Hours => (day === '2026-11-25' ? null : { opens: '09:00', closes: '17:00' });
const due = (last: string | null, now: string, more = {}) => {
  const next = nextDue(
    last === null ? null : at(last),
    at(now),
    { ...settings, ...more },
    'Europe/Athens',
    hours,
  );
  return [new Date(next.at).toISOString().slice(8, 16), next.reason];
};

test('the first run is due at once', () => {
  expect(due(null, '24T08:00')).toEqual(['24T08:00', 'schedule']);
});

test('a run is due every four hours, and when the clinic opens and closes in between', () => {
  expect(due('24T08:00', '24T08:30')).toEqual(['24T12:00', 'schedule']);
  expect(due('24T12:00', '24T12:30')).toEqual(['24T15:00', 'closing']);
  expect(due('24T05:00', '24T05:30')).toEqual(['24T07:00', 'opening']);
  expect(due('24T15:00', '24T15:30')).toEqual(['24T19:00', 'schedule']);
});

test('the opening of the next morning counts, and a closed day has none', () => {
  expect(due('23T20:00', '23T20:30', { everyMinutes: 1440 })).toEqual(['24T07:00', 'opening']);
  expect(due('24T20:00', '24T20:30', { everyMinutes: 1440 })).toEqual(['25T20:00', 'schedule']);
});

test('one that was missed while the desk was off is due at once', () => {
  expect(due('23T20:00', '24T09:00', { everyMinutes: 1440 })).toEqual(['24T07:00', 'opening']);
});

test('opening and closing can be left out', () => {
  expect(due('24T05:00', '24T05:30', { atOpening: false, atClosing: false })).toEqual([
    '24T09:00',
    'schedule',
  ]);
});
