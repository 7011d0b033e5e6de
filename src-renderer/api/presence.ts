/** Who is at the screen: a person's id, or null while nobody is. */
let present: string | null = null;

/** What goes on when a person is back. */
const waiting = new Map<string, (() => void)[]>();

/** Says who is at the screen from now on; what waited for them goes on. */
export const nowPresent = (personId: string | null): void => {
  present = personId;
  if (personId === null) return;
  const due = waiting.get(personId) ?? [];
  waiting.delete(personId);
  for (const goOn of due) goOn();
};

/** Somebody left for good: what waits for them never goes on. */
export const notComingBack = (personId: string): void => {
  waiting.delete(personId);
};

/**
 * Gives an answer to whoever asked, and to nobody else: what comes while they are away, behind a lock or in somebody
 * else's turn, waits until they are back. So no toast, no dialog and no page of theirs opens in another one's turn.
 */
export const forWhoAsked = async <T>(answer: Promise<T>): Promise<T> => {
  const asker = present;
  const value = await answer;
  if (asker === null || asker === present) return value;
  await new Promise<void>((resolve) => {
    waiting.set(asker, [...(waiting.get(asker) ?? []), resolve]);
  });
  return value;
};
