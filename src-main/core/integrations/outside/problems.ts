import type { CallResult } from '../../../contract/calls.ts';
import { ok } from '../../../contract/errors.ts';

/** What somebody has to decide about bookings of outside systems. */
export const outsideProblems = async (): Promise<CallResult<'outsideProblems'>> => ok([]);
