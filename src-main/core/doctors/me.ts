import type { CallResult } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';

/** Who acts at this desk and what they may do. */
export const me = (_desk: Desk, { userId, rights }: Session): CallResult<'me'> =>
  ok({ userId, rights: [...rights] });
