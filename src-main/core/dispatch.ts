import { type CallName, type CallResult, calls, type ParsedInput } from '../contract/calls.ts';
import { type Result, refuse } from '../contract/errors.ts';
import type { Session } from './desk.ts';
import { faultLine } from './fault.ts';
import type { Log } from './log.ts';
import { unstorablePlace } from './storable.ts';

/** The function behind each call. */
export type Handlers = {
  [N in CallName]: (session: Session, input: ParsedInput<N>) => CallResult<N> | Promise<CallResult<N>>;
};

/** Answers a call by name; never throws. */
export type Dispatch = (name: string, input: unknown, session: Session) => Promise<Result<unknown>>;

const isCall = (name: string): name is CallName => Object.hasOwn(calls, name);

/** The only caller of calls: checks name, right and input, and turns a thrown fault into an `internal` error. */
export const createDispatch =
  (handlers: Handlers, log: Log): Dispatch =>
  async (name, input, session) => {
    if (!isCall(name)) return refuse('unknown_call', { name });
    const call = calls[name];
    if (!session.rights.has(call.right)) return refuse('not_allowed', { right: call.right });
    const parsed = call.input.safeParse(input ?? {});
    if (!parsed.success) return refuse('invalid_input', { fields: parsed.error.issues.map(describeIssue) });
    const unstorable = unstorablePlace(parsed.data);
    if (unstorable) return refuse('invalid_input', { fields: [describeUnstorable(unstorable)] });
    const handler = handlers[name] as (session: Session, input: unknown) => Promise<Result<unknown>>;
    try {
      return await handler(session, parsed.data);
    } catch (fault) {
      if (isDiskFull(fault)) return refuse('disk_full');
      log.error('call failed', { call: name, fault: faultLine(fault) });
      return refuse('internal', { call: name });
    }
  };

const describeIssue = (issue: { path: PropertyKey[]; code: string; message: string }) => ({
  path: issue.path.map(String).join('.'),
  code: issue.code,
  message: issue.message,
});

const describeUnstorable = (place: string[]) =>
  describeIssue({ path: place, code: 'unstorable', message: 'NUL or half a character' });

const isDiskFull = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === 'SQLITE_FULL';
