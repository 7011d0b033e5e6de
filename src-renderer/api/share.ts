/** What has an identity of its own, so that an item is known again when others come before it. */
const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;

/**
 * Gives `next` back with every part that equals a part of `before` replaced by that part, so that what did not
 * change is the same object as last time and nothing of it is drawn again. Lists of things with an `id` are
 * compared by it. Plain JSON only; `next`, which nobody else may hold yet, is changed in place.
 */
export const share = <T>(before: unknown, next: T): T => shareValue(before, next) as T;

const shareValue = (before: unknown, next: unknown): unknown => {
  if (Object.is(before, next)) return before;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Array.isArray(before) && Array.isArray(next)) return shareList(before, next);
  if (Array.isArray(before) || Array.isArray(next)) return next;
  return shareRecord(before as Record<string, unknown>, next as Record<string, unknown>);
};

const shareList = (before: unknown[], next: unknown[]): unknown[] => {
  let isSame = next.length === before.length;
  let byId: Map<unknown, unknown> | undefined;
  const former = (item: unknown, index: number): unknown => {
    const id = idOf(item);
    // Mostly nothing was put in or taken out, and each stands where it stood.
    if (id === undefined || idOf(before[index]) === id) return before[index];
    byId ??= new Map(before.map((one) => [idOf(one), one]));
    return byId.get(id);
  };
  for (const [index, item] of next.entries()) {
    next[index] = shareValue(former(item, index), item);
    if (next[index] !== before[index]) isSame = false;
  }
  return isSame ? before : next;
};

/** By `for … in`, which makes no list of the keys: a day of 800 appointments takes a quarter of the time. */
const shareRecord = (before: Record<string, unknown>, next: Record<string, unknown>): unknown => {
  let isSame = countKeys(before) === countKeys(next);
  for (const key in next) {
    const shared = shareValue(before[key], next[key]);
    if (shared !== before[key]) isSame = false;
    // Texts are compared by what they say: those that are equal need no replacing.
    if (shared !== next[key]) next[key] = shared;
  }
  return isSame ? before : next;
};

const countKeys = (record: Record<string, unknown>): number => {
  let count = 0;
  for (const _ in record) count += 1;
  return count;
};
