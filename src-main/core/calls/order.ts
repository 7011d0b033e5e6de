import type { CallEntry } from '../../contract/call-lists.ts';

type Ordered = Pick<CallEntry, 'id' | 'dueAt' | 'start' | 'dueOn' | 'discharge'>;

/** Next due on top; of two that are due at once, whoever comes sooner. What was made already stands last. */
export const inCallOrder = (a: Ordered, b: Ordered): number =>
  Number(isMade(a)) - Number(isMade(b)) ||
  compare(a.dueAt, b.dueAt) ||
  compare(a.start ?? a.dueOn ?? '', b.start ?? b.dueOn ?? '') ||
  compare(a.id, b.id);

const isMade = ({ discharge }: Ordered): boolean => discharge?.status === 'completed';

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
