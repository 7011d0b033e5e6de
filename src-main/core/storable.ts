/**
 * The place of the first text in a value that Postgres cannot store, by its keys: NUL, or half of a surrogate pair. Null
 * where there is none. A change that held one could never be sent, and nothing behind it.
 */
export const unstorablePlace = (value: unknown): string[] | null => {
  const waiting: { value: unknown; place: string[] }[] = [{ value, place: [] }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { place } = one;
    if (typeof one.value === 'string' && !isStorable(one.value)) return place;
    if (typeof one.value !== 'object' || one.value === null) continue;
    for (const [key, item] of Object.entries(one.value)) {
      if (!isStorable(key)) return place;
      waiting.push({ value: item, place: [...place, key] });
    }
  }
  return null;
};

const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
