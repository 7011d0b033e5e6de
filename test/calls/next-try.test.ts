import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallListName } from '../../src-main/contract/call-lists.ts';
import { nextTry } from '../../src-main/core/calls/next-try.ts';
import { dayOf, localTime } from '../../src-main/core/clinic-day.ts';

const zone = 'Europe/Athens';
const at = (text: string): number => Date.parse(text);
const again = (calledAt: string, more: Partial<Parameters<typeof nextTry>[0]> = {}): string | null => {
  const due = nextTry(
    { list: 'confirmation', outcome: 'no_answer', calledAt: at(calledAt), triesToday: 1, tries: 1, ...more },
    zone,
  );
  return due === null ? null : localTime(due, zone).toPlainDateTime().toString();
};

describe('a call is due again', () => {
  it('two hours later, whether nobody answered or a message was left', () => {
    expect(again('2026-11-24T08:00:00Z')).toBe('2026-11-24T12:00:00');
    expect(again('2026-11-24T08:00:00Z', { outcome: 'left_message' })).toBe('2026-11-24T12:00:00');
  });

  it('never, once somebody was reached', () =>
    expect(again('2026-11-24T08:00:00Z', { outcome: 'reached' })).toBeNull());

  it('next morning when two hours later nobody is called any more', () =>
    expect(again('2026-11-24T16:30:00Z')).toBe('2026-11-25T09:00:00'));

  it('next morning after the third try of a day', () =>
    expect(again('2026-11-24T08:00:00Z', { triesToday: 3, tries: 5 })).toBe('2026-11-25T09:00:00'));

  it('ten minutes after the first try of a discharge call, and then as any other', () => {
    expect(again('2026-11-24T14:00:00Z', { list: 'discharge' })).toBe('2026-11-24T16:10:00');
    expect(again('2026-11-24T14:00:00Z', { list: 'discharge', triesToday: 2, tries: 2 })).toBe(
      '2026-11-24T18:00:00',
    );
  });

  it('at nine by the clock on the wall, also on the night when the clocks change', () => {
    expect(again('2026-03-28T18:30:00Z')).toBe('2026-03-29T09:00:00');
    expect(again('2026-10-24T18:30:00Z')).toBe('2026-10-25T09:00:00');
  });

  it('always later, within calling hours, today or tomorrow', () =>
    fc.assert(
      fc.property(
        fc.record({
          list: fc.constantFrom(...CallListName.options),
          outcome: fc.constantFrom('left_message' as const, 'no_answer' as const),
          calledAt: fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
          triesToday: fc.integer({ min: 1, max: 6 }),
          tries: fc.integer({ min: 1, max: 20 }),
        }),
        fc.constantFrom('Europe/Athens', 'Europe/London', 'America/New_York', 'Pacific/Apia', 'UTC'),
        (one, where) => {
          const due = nextTry(one, where);
          expect(due).not.toBeNull();
          const { hour } = localTime(due ?? 0, where);
          expect(due).toBeGreaterThan(one.calledAt);
          expect(hour).toBeGreaterThanOrEqual(9);
          expect(hour).toBeLessThan(20);
          const tomorrow = localTime(one.calledAt, where).toPlainDate().add({ days: 1 }).toString();
          expect(dayOf(due ?? 0, where) <= tomorrow).toBe(true);
          if (one.triesToday >= 3) expect(dayOf(due ?? 0, where)).toBe(tomorrow);
        },
      ),
    ));
});
