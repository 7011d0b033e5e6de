import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { Desk, Session } from '../../desk.ts';
import { keep, readState } from './kept.ts';

/** What this desk has of Cal.com, without asking anybody. */
export const calComState = async (desk: Desk): Promise<CallResult<'calComState'>> =>
  ok(await readState(desk));

/** Keeps the key that Cal.com has just taken, or takes this desk's away. */
export const setCalComKey = async (
  desk: Desk,
  _session: Session,
  { key }: ParsedInput<'setCalComKey'>,
): Promise<CallResult<'setCalComKey'>> => {
  if (key !== null) return refuse('outside_failed', { code: 'internal', where: null });
  await desk.calComKey?.write(null);
  keep(desk, undefined);
  return calComState(desk);
};

/** Reads account and event types from Cal.com. */
export const calComEventTypes = async (_desk: Desk): Promise<CallResult<'calComEventTypes'>> =>
  refuse('outside_failed', { code: 'no_credentials', where: null });
