const KB = 1024;

/** A file's size in the unit that a person would name: `840 KB`, `2.4 MB`. */
export const sizeText = (bytes: number, locale: string): string => {
  const [value, unit] = bytes < KB * KB ? [bytes / KB, 'KB'] : [bytes / (KB * KB), 'MB'];
  const digits = value < 10 ? 1 : 0;
  return `${Math.max(value, 0.1).toLocaleString(locale, { maximumFractionDigits: digits })} ${unit}`;
};
