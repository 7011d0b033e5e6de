import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResult, ParsedInput } from '../../../contract/calls.ts';
import { ok, refuse } from '../../../contract/errors.ts';
import type { RunError } from '../../../contract/integrations.ts';
import type { Desk, Session } from '../../desk.ts';
import { Explained } from '../../explained.ts';
import { writeChange } from '../../replica/write.ts';
import { integrations } from '../../schema/replica/index.ts';
import type { World } from '../http.ts';
import { readIntegrationSettings } from '../settings.ts';
import { type CalCom, calCom } from './client.ts';
import { keep, readState } from './kept.ts';
import { readKey } from './key.ts';

/** A person waits in front of it. */
const PATIENCE_MS = 20_000;

/** What this desk has of Cal.com, without asking anybody. */
export const calComState = async (desk: Desk): Promise<CallResult<'calComState'>> =>
  ok(await readState(desk));

/**
 * Keeps the key that Cal.com has just taken, or takes this desk's away. The key of another account than this desk had
 * before has everything that is to come read anew. `no_keychain` where nothing can keep it.
 */
export const setCalComKey = async (
  desk: Desk,
  session: Session,
  { key }: ParsedInput<'setCalComKey'>,
): Promise<CallResult<'setCalComKey'>> => {
  if (!desk.calComKey) return refuse('no_keychain');
  const before = await readState(desk);
  if (key !== null) {
    const error = await look(desk, key);
    if (error) return refusal(error);
  }
  try {
    await desk.calComKey.write(key);
  } catch (fault) {
    if (fault instanceof Explained) return refuse('no_keychain', { reason: fault.message });
    throw fault;
  }
  if (key === null) keep(desk, undefined);
  const now = await readState(desk);
  if (key !== null && now.account?.username !== before.account?.username) beginAnew(desk, session);
  return ok(now);
};

const beginAnew = (desk: Desk, { userId }: Session): void =>
  writeChange(desk, { kind: 'setCalComKey', actor: userId }, (change) => {
    const row = desk.replica
      .statement(`select id from integrations where source = 'cal_com' and position is not null`)
      .pluck()
      .get() as string | undefined;
    if (row !== undefined) change.update(integrations, row, { position: null });
  });

/** Reads account and event types from Cal.com. */
export const calComEventTypes = async (desk: Desk): Promise<CallResult<'calComEventTypes'>> => {
  const key = await readKey(desk);
  const error: RunError | null = key ? await look(desk, key) : { code: 'no_credentials', where: null };
  return error ? refusal(error) : calComState(desk);
};

/** Reads what a key opens, and keeps it. */
const look = async (desk: Desk, key: string): Promise<RunError | null> => {
  const cut = new AbortController();
  const impatience = setTimeout(() => cut.abort('timed_out'), PATIENCE_MS);
  const world: World = {
    now: () => Date.parse(desk.now()),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    random: Math.random,
    signal: cut.signal,
  };
  const cal = calCom(world, { ...readIntegrationSettings(desk).cal_com.settings, key });
  try {
    return await lookWith(desk, cal);
  } finally {
    clearTimeout(impatience);
  }
};

const lookWith = async (desk: Desk, cal: CalCom): Promise<RunError | null> => {
  const account = await cal.me();
  if (!account.ok) return account.error;
  const eventTypes = await cal.eventTypes();
  if (!eventTypes.ok) return eventTypes.error;
  keep(desk, { account: account.value, eventTypes: eventTypes.value, readAt: desk.now() });
  return null;
};

const refusal = ({ code, where }: RunError) =>
  code === 'refused_login' ? refuse('key_refused') : refuse('outside_failed', { code, where });
