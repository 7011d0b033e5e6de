import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';

/** Decides about a booking of an outside system. */
export const decideOutside = (
  _desk: Desk,
  _session: Session,
  { id }: ParsedInput<'decideOutside'>,
): CallResult<'decideOutside'> => refuse('not_found', { what: 'outsideBooking', id });
