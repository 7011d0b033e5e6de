import { type CallName, type CallResult, calls, type ParsedInput } from '../contract/calls.ts';
import { type Result, refuse } from '../contract/errors.ts';
import type { Session } from './desk.ts';
import { faultLine } from './fault.ts';
import type { Log } from './log.ts';
import type { Health } from './replica/health.ts';
import { unstorablePlace } from './storable.ts';

/** The function behind each call. */
export type Handlers = {
  [N in CallName]: (session: Session, input: ParsedInput<N>) => CallResult<N> | Promise<CallResult<N>>;
};

/** Answers a call by name; never throws. */
export type Dispatch = (name: string, input: unknown, session: Session) => Promise<Result<unknown>>;

const isCall = (name: string): name is CallName => Object.hasOwn(calls, name);

/**
 * The only caller of calls: checks name, right and input, and turns a thrown fault into an error, `internal` where it is
 * not one of the replica's file.
 */
export const createDispatch =
  (handlers: Handlers, log: Log, health: Health): Dispatch =>
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
      const trouble = isOfSqlite(fault) ? health.met(fault) : null;
      if (trouble) return refuse(trouble);
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

/** Others may be of another disk, such as that of a folder that somebody chose. */
const isOfSqlite = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && String(fault.code).startsWith('SQLITE_');
