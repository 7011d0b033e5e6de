const KB = 1024;
const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** A size in the unit that a person would name: `840 KB`, `2.4 MB`, `31 GB`. */
export const sizeText = (bytes: number, locale: string): string => {
  const power = units.findLastIndex((_unit, index) => index === 0 || bytes >= KB ** (index + 1));
  const value = bytes / KB ** (power + 1);
  const digits = value < 10 ? 1 : 0;
  return `${Math.max(value, 0.1).toLocaleString(locale, { maximumFractionDigits: digits })} ${units[power]}`;
};
