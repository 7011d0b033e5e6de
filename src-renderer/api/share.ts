/** What has an identity of its own, so that an item is known again when others come before it. */
const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;

/**
 * Gives `next` back with every part that equals a part of `before` replaced by that part, so that what did not
 * change is the same object as last time and nothing of it is drawn again. Lists of things with an `id` are
 * compared by it. Plain JSON only.
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
  const byId = idOf(next[0]) === undefined ? null : new Map(before.map((item) => [idOf(item), item]));
  const shared = next.map((item, index) => shareValue(byId ? byId.get(idOf(item)) : before[index], item));
  return shared.length === before.length && shared.every((item, index) => item === before[index])
    ? before
    : shared;
};

const shareRecord = (before: Record<string, unknown>, next: Record<string, unknown>): unknown => {
  const keys = Object.keys(next);
  const shared: Record<string, unknown> = {};
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    shared[key] = shareValue(before[key], next[key]);
    if (shared[key] !== before[key]) same = false;
  }
  return same ? before : shared;
};
