/**
 * Reads a wall-clock time as people type it: `9`, `9:30`, `9.30`, `930`, `0930`, `24:00` as an end. Null if it is none.
 */
export const parseClock = (typed: string, closing = false): string | null => {
  const match = /^(\d{1,2})(?:[:.\s]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  if (minutes > 59 || hours > 24 || (hours === 24 && (minutes > 0 || !closing))) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};
