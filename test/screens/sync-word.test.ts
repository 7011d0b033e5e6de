import { expect, test } from 'vitest';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { clockOff, wordOf } from '../../src-renderer/features/sync-status/word.ts';

const online: SyncState = {
  phase: 'online',
  waiting: 0,
  refused: 0,
  offlineSince: null,
  lastContactAt: null,
  byChoice: false,
  reason: null,
  progress: null,
  troubles: [],
  clockOffsetMs: 0,
};
const since = '2026-11-24T08:42:00.000Z';

test.each<[string, Partial<SyncState>, object]>([
  ['all is sent', {}, { key: 'online', tone: 'good' }],
  ['changes are under way', { phase: 'sending', waiting: 3 }, { key: 'sending', count: 3 }],
  [
    'a refusal waits for a person',
    { phase: 'sending', waiting: 3, refused: 1 },
    { key: 'needsYou', count: 1 },
  ],
  ['the cable is out', { phase: 'offline', offlineSince: since }, { key: 'offline', since }],
  [
    'the cable is out and work is waiting',
    { phase: 'offline', offlineSince: since, waiting: 3, refused: 1 },
    { key: 'offlineWaiting', since, count: 3 },
  ],
  ['the desk never was online', { phase: 'offline' }, { key: 'offlineNever' }],
  [
    'the first sync is half done',
    { phase: 'first_sync', progress: { done: 50, total: 99 } },
    { key: 'firstSync', percent: 50 },
  ],
  [
    'the disk is full, whatever else is so',
    { phase: 'offline', waiting: 3, troubles: [{ code: 'disk_full', since, freeBytes: 0 }] },
    { key: 'cannotSave', tone: 'bad' },
  ],
  [
    'central takes nothing, and what waits is not on its way',
    { phase: 'sending', waiting: 3, troubles: [{ code: 'central_full', since }] },
    { key: 'kept', count: 3, tone: 'away' },
  ],
  ['central turns the desk away', { phase: 'stopped', waiting: 2 }, { key: 'stopped', tone: 'bad' }],
])('the status word is true when %s', (_when, change, word) => {
  expect(wordOf({ ...online, ...change })).toMatchObject(word);
});

test('a clock is called wrong only above a minute, and the right way round', () => {
  expect(clockOff({ ...online, clockOffsetMs: 60_000 })).toBeNull();
  expect(clockOff({ ...online, clockOffsetMs: -61_000 })).toEqual({ ahead: true, minutes: 1 });
  expect(clockOff({ ...online, clockOffsetMs: 185_000 })).toEqual({ ahead: false, minutes: 3 });
});
