import type { SyncState, Trouble } from '../../../src-main/contract/sync.ts';

/** The hue of the dot; the word says the same. */
export type Tone = 'good' | 'busy' | 'away' | 'bad';

type Word =
  | { key: 'online' | 'offlineNever' | 'firstSyncStart' | 'stopped' | 'cannotSave' }
  | { key: 'sending' | 'kept' | 'needsYou' | 'offlineNeverWaiting'; count: number }
  | { key: 'offline'; since: string }
  | { key: 'offlineWaiting'; since: string; count: number }
  | { key: 'firstSync'; percent: number };

/** With these nothing is saved here, and with those nothing at central. */
const cannotSave: readonly Trouble['code'][] = ['disk_full', 'disk_read_only', 'disk_failing'];
export const keepsBack: readonly Trouble['code'][] = ['central_full', 'central_read_only'];

/**
 * The state of the sync in one word (screens.md), as a key of the texts `sync.word`. What needs a person comes
 * before what goes on by itself.
 */
export const wordOf = (state: SyncState): Word & { tone: Tone } => {
  const { phase, waiting, refused, offlineSince, progress, troubles } = state;
  if (troubles.some(({ code }) => cannotSave.includes(code))) return { key: 'cannotSave', tone: 'bad' };
  switch (phase) {
    case 'stopped':
      return { key: 'stopped', tone: 'bad' };
    case 'first_sync':
      return progress && progress.total > 0
        ? { key: 'firstSync', percent: Math.floor((100 * progress.done) / progress.total), tone: 'busy' }
        : { key: 'firstSyncStart', tone: 'busy' };
    case 'offline':
      if (!offlineSince) {
        return waiting > 0
          ? { key: 'offlineNeverWaiting', count: waiting, tone: 'away' }
          : { key: 'offlineNever', tone: 'away' };
      }
      return waiting > 0
        ? { key: 'offlineWaiting', since: offlineSince, count: waiting, tone: 'away' }
        : { key: 'offline', since: offlineSince, tone: 'away' };
    case 'sending':
    case 'online':
      if (refused > 0) return { key: 'needsYou', count: refused, tone: 'bad' };
      if (waiting > 0 && troubles.some(({ code }) => keepsBack.includes(code)))
        return { key: 'kept', count: waiting, tone: 'away' };
      return waiting > 0 ? { key: 'sending', count: waiting, tone: 'busy' } : { key: 'online', tone: 'good' };
  }
};

const MINUTE_MS = 60_000;

/** How far the desk's clock is from central's, in whole minutes, when that is more than one; ahead is positive. */
export const clockOff = ({
  clockOffsetMs,
}: Pick<SyncState, 'clockOffsetMs'>): { ahead: boolean; minutes: number } | null =>
  Math.abs(clockOffsetMs) <= MINUTE_MS
    ? null
    : { ahead: clockOffsetMs < 0, minutes: Math.round(Math.abs(clockOffsetMs) / MINUTE_MS) };
