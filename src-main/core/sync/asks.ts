import type { CentralFunction } from '../../contract/central.ts';
import { type Result, refuse } from '../../contract/errors.ts';
import { type Asker, ask } from '../central/ask.ts';
import type { CentralConnection } from '../central/connect.ts';
import { notify } from '../central/listen.ts';
import type { Desk, Session } from '../desk.ts';
import type { Log } from '../log.ts';

/** A function of central that somebody waits for. */
export interface Asked {
  session: Session;
  name: CentralFunction;
  args: object;
}

interface Waiting extends Asked {
  /** Taken from the queue: from now on it waits for central and not for its turn. */
  begin(): void;
  answer(result: Result<unknown>): void;
}

/** They write nothing that another desk's replica has, and are asked often. */
const noNews: readonly CentralFunction[] = ['take_lease', 'keep_lease', 'give_lease', 'integration_states'];

/** Nobody waits for their turn longer than this; a first sync may take the connection for minutes. */
const patienceMs = 15_000;

/** What people at this desk ask central, in order, each in the turn that the sync's loop gives it. */
export class Asks {
  readonly #desk: Desk;
  readonly #log: Log;
  readonly #waiting: Waiting[] = [];
  readonly #answered: (() => void)[] = [];

  constructor(desk: Desk, log: Log) {
    this.#desk = desk;
    this.#log = log;
  }

  add(asked: Asked): Promise<Result<unknown>> {
    return new Promise((answer) => {
      const giveUp = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        answer(refuse('needs_central'));
      }, patienceMs);
      const waiting: Waiting = { ...asked, begin: () => clearTimeout(giveUp), answer };
      this.#waiting.push(waiting);
    });
  }

  /** Asks what waits; `tell` gives the answers. Throws where the connection is lost. */
  async run(central: CentralConnection, clinicId: string): Promise<void> {
    let news = false;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { begin, answer, name } = next;
      begin();
      const result = await this.#ask(central, next);
      this.#answered.push(() => answer(result));
      news ||= !noNews.includes(name);
    }
    // What a function wrote is news to the other desks.
    if (news) await notify(central, clinicId);
  }

  /** Answers what was asked: called when the replica has read what the functions wrote. */
  tell(): void {
    for (const answer of this.#answered.splice(0)) answer();
  }

  /** There is no connection any more: what waits is not going to be asked. */
  drop(): void {
    this.tell();
    for (const { begin, answer } of this.#waiting.splice(0)) {
      begin();
      answer(refuse('needs_central'));
    }
  }

  async #ask(central: CentralConnection, { session, name, args, answer }: Waiting): Promise<Result<unknown>> {
    const { userId, sessionId } = session;
    try {
      const result = await ask(central, {
        name,
        args,
        ...(userId !== null && sessionId !== undefined
          ? { asker: (challenge) => this.#asker(userId, challenge) }
          : {}),
      });
      if (!result.ok && result.error.code === 'internal') {
        this.#log.error('central answered with a fault', { function: name, ...plain(result.error.details) });
      }
      return result;
    } catch (fault) {
      answer(refuse('needs_central'));
      throw fault;
    }
  }

  #asker(userId: string, challenge: string): Asker | null {
    const signed = this.#desk.sign?.(userId, (session) => ['sign_in', challenge, userId, session].join('\n'));
    return signed ? { userId, ...signed } : null;
  }
}

const plain = (details: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)]));
