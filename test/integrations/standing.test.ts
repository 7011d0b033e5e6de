import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunErrorCode } from '../../src-main/contract/integrations.ts';
import type { ToldRuns } from '../../src-main/core/integrations/lease.ts';
import { alertOf, notBefore } from '../../src-main/core/integrations/standing.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T07:00:00.000Z');

const told = (runs: Partial<ToldRuns>): ToldRuns => ({
  source: 'cal_com',
  deskId: 'one',
  deskName: 'Front',
  heldUntil: 0,
  lastRunAt: NOW,
  lastOkAt: null,
  failures: 0,
  lastError: null,
  nextRunAt: null,
  ...runs,
});
const failed = (failures: number, code: RunErrorCode = 'server_error') =>
  told({ failures, lastError: { code, where: null } });

describe('a source that failed', () => {
  test('is left alone for a minute, then twice as long each time, and never longer than half an hour', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 50].map((failures) => (notBefore(failed(failures)) - NOW) / MINUTE);
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
    expect([
      notBefore(undefined),
      notBefore(told({})),
      notBefore(told({ failures: 2, lastRunAt: null })),
    ]).toEqual([0, 0, 0]);
  });

  test('and refused the login is not tried with it again for hours: that would only lock the account', () => {
    for (const code of ['refused_login', 'two_factor'] as const)
      expect(notBefore(failed(1, code)) - NOW).toBe(240 * MINUTE);
  });
});

describe('somebody is told', () => {
  const on = { source: 'cal_com', createdAt: NOW - 9 * DAY, updatedAt: NOW - 9 * DAY } as const;

  test('of three failures in a row', () => {
    expect(
      [0, 1, 2, 3, 4].map((failures) => alertOf(on, { ...failed(failures), lastOkAt: NOW }, NOW)),
    ).toEqual([null, null, null, 'failing', 'failing']);
  });

  test('of a day without a run that worked, and not on the first day', () => {
    expect(alertOf(on, undefined, NOW)).toBe('silent');
    expect(alertOf(on, told({ lastOkAt: NOW - DAY - 1 }), NOW)).toBe('silent');
    expect(alertOf(on, told({ lastOkAt: NOW - DAY }), NOW)).toBe(null);
    const fresh = { ...on, createdAt: NOW - MINUTE, updatedAt: NOW - MINUTE };
    expect(alertOf(fresh, undefined, NOW)).toBe(null);
    // Switched on again after a month, and not run since.
    const again = { ...on, updatedAt: NOW - MINUTE };
    expect(alertOf(again, told({ lastRunAt: NOW - 30 * DAY, lastOkAt: NOW - 30 * DAY }), NOW)).toBe(null);
    // Set up anew does not count while it goes on failing.
    expect(alertOf(again, told({ lastRunAt: NOW, lastOkAt: NOW - 2 * DAY, failures: 1 }), NOW)).toBe(
      'silent',
    );
  });

  test('whatever the numbers, at three failures at the latest', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: NOW - 9 * DAY, max: NOW }), (failures, lastOkAt) => {
        const alert = alertOf(on, told({ failures, lastOkAt }), NOW);
        expect(alert === 'failing').toBe(failures >= 3);
        expect(alert === 'silent').toBe(failures < 3 && NOW - lastOkAt > DAY);
      }),
    );
  });
});
