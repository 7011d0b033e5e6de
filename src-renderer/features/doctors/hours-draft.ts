import type { WorkingStretch, WorkingWeek } from '../../../src-main/contract/schedules.ts';
import { parseClock } from './clock-text.ts';

/** A stretch as it is typed. */
export interface StretchDraft {
  /** Tells two of one day apart while they are edited. */
  key: number;
  weekday: number;
  starts: string;
  ends: string;
  locationId: string;
  roomId: string | null;
}

export interface HoursDraft {
  stretches: readonly StretchDraft[];
  slotMinutes: number;
  from: string;
  until: string | null;
}

/** What is wrong with a stretch, as a key of `doctors.hours`. */
export type StretchWrong = 'badTime' | 'badOrder' | 'overlap';

let keys = 0;
const nextKey = (): number => ++keys;

/** A week to begin with: the one that holds, or an empty one. */
export const draftOf = (week: WorkingWeek | undefined, today: string): HoursDraft => ({
  stretches: (week?.stretches ?? []).map(({ slotMinutes: _, ...stretch }) => ({
    ...stretch,
    key: nextKey(),
  })),
  slotMinutes: week?.stretches[0]?.slotMinutes ?? 15,
  from: week && week.from > today ? week.from : today,
  until: week && week.from > today ? week.until : null,
});

/** Adds a stretch to a day: a morning first, then an afternoon after what is there. */
export const addStretch = (draft: HoursDraft, weekday: number, locationId: string): HoursDraft => {
  const there = draft.stretches.filter((stretch) => stretch.weekday === weekday);
  const [starts, ends] = there.length === 0 ? ['09:00', '13:00'] : ['14:00', '18:00'];
  const last = there.at(-1);
  const place = { locationId: last?.locationId ?? locationId, roomId: last?.roomId ?? null };
  return { ...draft, stretches: [...draft.stretches, { key: nextKey(), weekday, starts, ends, ...place }] };
};

/** Gives a day the stretches of another one. */
export const copyDay = (draft: HoursDraft, from: number, to: number): HoursDraft => ({
  ...draft,
  stretches: [
    ...draft.stretches.filter(({ weekday }) => weekday !== to),
    ...draft.stretches
      .filter(({ weekday }) => weekday === from)
      .map((stretch) => ({ ...stretch, key: nextKey(), weekday: to })),
  ],
});

/** The stretches as the core takes them, or what is wrong with which. */
export const readHours = (
  draft: HoursDraft,
): { ok: true; stretches: WorkingStretch[] } | { ok: false; wrongs: ReadonlyMap<number, StretchWrong> } => {
  const wrongs = new Map<number, StretchWrong>();
  const read: (WorkingStretch & { key: number })[] = [];
  for (const stretch of draft.stretches) {
    const [starts, ends] = [parseClock(stretch.starts), parseClock(stretch.ends, true)];
    if (starts === null || ends === null) wrongs.set(stretch.key, 'badTime');
    else if (ends <= starts) wrongs.set(stretch.key, 'badOrder');
    else {
      const { key, weekday, locationId, roomId } = stretch;
      const meets = read.some((one) => one.weekday === weekday && one.starts < ends && one.ends > starts);
      if (meets) wrongs.set(key, 'overlap');
      read.push({ key, weekday, starts, ends, locationId, roomId, slotMinutes: draft.slotMinutes });
    }
  }
  if (wrongs.size > 0) return { ok: false, wrongs };
  return { ok: true, stretches: read.map(({ key: _, ...stretch }) => stretch) };
};

/** The days of a week in the clinic's order, ISO numbers. */
export const weekFrom = (firstWeekday: number): number[] =>
  Array.from({ length: 7 }, (_, place) => ((firstWeekday - 1 + place) % 7) + 1);
