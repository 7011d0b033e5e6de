import pg from 'pg';
import type { CentralFunction } from '../../contract/central.ts';
import { type ErrorCode, errorCodes, type Result, refuse } from '../../contract/errors.ts';
import type { CentralConnection } from './connect.ts';

/** Who asks: a person, the session that they are signed in, and the proof of both for one backend of central. */
export interface Asker {
  userId: string;
  sessionId: string;
  proof: string;
}

/** What is asked, and how whoever asks signs central's challenge; left out where nobody is signed in. */
export interface Question {
  name: CentralFunction;
  args: object;
  asker?: (challenge: string) => Asker | null;
}

type Answer = { ok: unknown } | { error: string; details?: Record<string, unknown> };

/**
 * Runs a function of central in one transaction, signed in as the asker for just as long. A fault of the function is
 * `internal` and leaves the connection as it was; a lost connection throws. An answer that is an error is committed too,
 * since a wrong code has to count.
 */
export const ask = async (central: CentralConnection, question: Question): Promise<Result<unknown>> => {
  try {
    return await central.transaction(() => askSignedIn(central, question));
  } catch (fault) {
    if (!(fault instanceof pg.DatabaseError) || central.closed) throw fault;
    return fault.code === notSignedIn
      ? refuse('not_signed_in')
      : refuse('internal', { sqlstate: fault.code });
  }
};

/** What `sign_in` raises: the session has ended, or the signature is none of that person's. */
const notSignedIn = 'PA006';

const askSignedIn = async (
  central: CentralConnection,
  { name, args, asker }: Question,
): Promise<Result<unknown>> => {
  if (asker) {
    const [row] = await central.query<{ challenge: string }>('select sign_in_challenge() as challenge');
    const who = asker(row?.challenge ?? '');
    if (!who) return refuse('not_signed_in');
    await central.query('select sign_in($1, $2, $3)', [who.userId, who.sessionId, who.proof]);
  }
  const [row] = await central.query<{ answer: Answer }>(`select ${name}($1::jsonb) as answer`, [
    JSON.stringify(args),
  ]);
  if (asker) await central.query('select sign_out()');
  return toResult(row?.answer ?? { error: 'internal' });
};

const isCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);

const toResult = (answer: Answer): Result<unknown> => {
  if ('ok' in answer) return { ok: true, value: answer.ok };
  return isCode(answer.error)
    ? refuse(answer.error, answer.details)
    : refuse('internal', { code: answer.error });
};
