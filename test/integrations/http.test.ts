import { describe, expect, it } from 'vitest';
import { backOff, toldToWait } from '../../src-main/core/integrations/http.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('how long a server says to wait', () => {
  it.each([
    ['retry-after', '17', 17_000],
    ['retry-after', 'Tue, 24 Nov 2026 10:00:30 GMT', 30_000],
    ['retry-after', 'Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['x-ratelimit-reset', '42', 42_000],
    ['x-ratelimit-reset', String(NOW / 1000 + 42), 42_000],
    ['x-ratelimit-reset', String(NOW + 42_000), 42_000],
    ['x-ratelimit-reset', String(NOW / 1000 - 5), 0],
    ['x-ratelimit-reset', 'soon', undefined],
    ['retry-after', ' ', undefined],
  ])('%s: %s', (header, value, ms) => {
    expect(toldToWait(new Headers({ [header]: value }), NOW)).toBe(ms);
  });

  it('goes by Retry-After where both are said', () => {
    expect(toldToWait(new Headers({ 'retry-after': '3', 'x-ratelimit-reset': '60' }), NOW)).toBe(3_000);
  });
});

describe('a pause after a try in vain', () => {
  const world = (random: number) => ({
    now: () => NOW,
    sleep: async () => {},
    random: () => random,
    signal: new AbortController().signal,
  });

  it('doubles, and differs between desks that failed together', () => {
    expect([1, 2].map((attempt) => backOff(world(0.5), attempt))).toEqual([1_000, 2_000]);
    expect(backOff(world(0), 1)).toBe(500);
    expect(backOff(world(0.99), 1)).toBe(1_490);
  });
});
