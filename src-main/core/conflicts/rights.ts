import { calls, type Right, rights } from '../../contract/calls.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import type { Session } from '../desk.ts';
import type { RefusalEntry } from '../replica/refusals.ts';

/** The right that central missed, or null where it refused for another reason. */
export const neededRight = ({ refusal }: RefusalEntry): Right | null =>
  (refusal.code === 'not_allowed' && rights.find((right) => right === refusal.constraint)) || null;

/**
 * Why somebody may not make the refused changes again in their own name, as far as their kinds tell, or undefined. What
 * they do is looked at by central.
 */
export const whyNotBy = ({ rights: has }: Session, entry: RefusalEntry): Result<never> | undefined => {
  const needed = neededRight(entry);
  const usual = entry.changes.flatMap(
    ({ kind }) => Object.entries(calls).find(([name]) => name === kind)?.[1].right ?? [],
  );
  const missing = [...(needed ? [needed] : []), ...usual].find((right) => !has.has(right));
  return missing && refuse('not_allowed', { right: missing });
};
