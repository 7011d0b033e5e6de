const MINUTE_MS = 60_000;
/** Sooner than this is worth saying, and later than that. */
const EARLY_MINUTES = 15;
const LATE_MINUTES = 5;

/** How far from its time somebody came to an appointment, where that matters; `now` in epoch milliseconds. */
export const punctuality = (start: string, now: number): { came: 'early' | 'late'; count: number } | null => {
  const minutes = Math.trunc((now - Date.parse(start)) / MINUTE_MS);
  if (-minutes >= EARLY_MINUTES) return { came: 'early', count: -minutes };
  return minutes >= LATE_MINUTES ? { came: 'late', count: minutes } : null;
};
