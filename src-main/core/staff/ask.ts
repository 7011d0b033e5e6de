import type { CentralFunction } from '../../contract/central.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';

/** Asks central for whoever is signed in, or for nobody. What it answers is read by `shape`. */
export const askCentral = async <T>(
  desk: Desk,
  session: Session,
  question: { name: CentralFunction; args: object; shape: { parse(value: unknown): T } },
): Promise<Result<T>> => {
  if (!desk.askCentral) return refuse('needs_central');
  const answer = await desk.askCentral(session, question.name, question.args);
  return answer.ok ? { ok: true, value: question.shape.parse(answer.value) } : answer;
};

/** Who asks where nobody is signed in. */
export const nobody: Session = { userId: null, rights: new Set() };
