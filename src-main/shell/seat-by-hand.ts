import type { CallInput, CallName, CallOutput } from '../contract/calls.ts';
import type { Result } from '../contract/errors.ts';
import type { StaffFace } from '../contract/session.ts';
import { Explained } from '../core/explained.ts';
import type { CallDesk } from './message-lines.ts';
import type { OpenDesk } from './open-desk.ts';

/** Asks a person something; secrets are not shown. */
export type Ask = (question: string, options?: { isSecret?: boolean }) => Promise<string>;

/**
 * The calls of a desk for a command: as whoever signs in, by their name, password and code, or as the desk itself in a
 * clinic where nobody can sign in yet. Throws Explained where that is refused.
 */
export const atSeat = async (desk: Pick<OpenDesk, 'dispatch' | 'openSeat'>, ask: Ask): Promise<CallDesk> => {
  const seat = desk.openSeat();
  const dispatch: CallDesk['dispatch'] = (name, input) => desk.dispatch(name, input, seat.session);
  const call = async <N extends CallName>(name: N, input: CallInput<N>) =>
    (await dispatch(name, input)) as Result<CallOutput<N>>;
  const door = settle(await call('door', {}));
  if (door.state === 'open') return { dispatch };
  const { id: userId } = await findFace(door.people, ask);
  const password = await ask('Password: ', { isSecret: true });
  let come = await call('signIn', { userId, password });
  if (!come.ok && come.error.code === 'code_needed')
    come = await call('signIn', { userId, password, code: await ask('Code of the authenticator app: ') });
  settle(come);
  return { dispatch };
};

const findFace = async (people: readonly StaffFace[], ask: Ask): Promise<StaffFace> => {
  const typed = await ask('Your name: ');
  const found = people.filter(({ name }) => name.toLowerCase() === typed.trim().toLowerCase());
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new Explained(`Nobody of the clinic, or more than one, signs in as "${typed.trim()}".`);
};

const settle = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Explained(result.error.message);
};
