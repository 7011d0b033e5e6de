import type { CallEntry } from '../../contract/call-lists.ts';

type Ordered = Pick<CallEntry, 'id' | 'dueAt' | 'start' | 'dueOn'>;

/** Next due on top; of two that are due at once, whoever comes sooner. */
export const inCallOrder = (a: Ordered, b: Ordered): number =>
  compare(a.dueAt, b.dueAt) ||
  compare(a.start ?? a.dueOn ?? '', b.start ?? b.dueOn ?? '') ||
  compare(a.id, b.id);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
