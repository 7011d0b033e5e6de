import type { CallName } from '../../contract/calls.ts';
import type { Result } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import type { Handlers } from '../dispatch.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { type Reading, readings, refusals } from './readings.ts';

/** A screen that shows a record reads it again at each change: within so long of the last time that is no new opening. */
const SAME_OPENING_MS = 5 * 60_000;
/** More are never remembered than so many readings of the last minutes. */
const KEPT = 2_000;

type Handler = (session: Session, input: unknown) => Promise<Result<unknown>> | Result<unknown>;
type Told = (input: unknown, answer: unknown) => Reading | null;

/** The handlers, of which those that open a patient's record tell the audit before they answer. */
export const withReadingsNoted = (handlers: Handlers, desk: Desk): Handlers => {
  const openings = new Openings();
  const noted = Object.entries(handlers).map(([key, handler]) => {
    const name = key as CallName;
    const told = readings[name] as Told | undefined;
    const toldOfRefusal = refusals[name];
    if (!told && !toldOfRefusal) return [name, handler];
    return [
      name,
      async (session: Session, input: unknown) => {
        const result = await (handler as Handler)(session, input);
        if (!result.ok) {
          const refused = toldOfRefusal?.(result.error.code);
          if (refused) noteEvent(desk, session, refused);
          return result;
        }
        const reading = told?.(input, result.value);
        if (reading && openings.isNew(session, reading, Date.parse(desk.now())))
          noteEvent(desk, session, reading);
        return result;
      },
    ];
  });
  return Object.fromEntries(noted) as Handlers;
};

/** What was opened in the last minutes, and by whom. */
class Openings {
  /** When each was last read, in epoch milliseconds; the latest stand at the end. */
  readonly #last = new Map<string, number>();

  /** Whether this is an opening and not one that goes on; `now` in epoch milliseconds. */
  isNew({ userId, sessionId }: Session, reading: Reading, now: number): boolean {
    const key = JSON.stringify([userId, sessionId, reading]);
    const last = this.#last.get(key);
    this.#last.delete(key);
    this.#last.set(key, now);
    if (this.#last.size > KEPT) this.#forget();
    return last === undefined || now - last > SAME_OPENING_MS || now < last;
  }

  #forget(): void {
    const [oldest] = this.#last.keys();
    if (oldest !== undefined) this.#last.delete(oldest);
  }
}
