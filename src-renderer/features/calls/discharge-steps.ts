import type { Discharge } from '../../../src-main/contract/call-lists.ts';
import type { CallInput } from '../../../src-main/contract/calls.ts';

export type DialStep = CallInput<'dialCall'>['step'];

/** Whether a discharge call may be made from here: nobody has made it, and no other desk is at it. */
export const mayBeMade = ({ status, takenUntil, mine }: Discharge): boolean =>
  status !== 'completed' && status !== 'cancelled' && (takenUntil === null || mine);

/** What beginning does next: it rings, then somebody speaks; null where there is nothing to begin. */
export const nextStep = (discharge: Discharge): DialStep | null => {
  if (!mayBeMade(discharge)) return null;
  if (!discharge.mine) return 'ringing';
  return discharge.status === 'ringing' ? 'in_progress' : null;
};
