import type { DeskEvent } from '../contract/envelope.ts';
import type { Session } from '../core/front-desk.ts';
import type { Log } from '../core/log.ts';
import { type OpenDesk, openDesk, type Programs } from './open-desk.ts';
import type { DeskOptions } from './options.ts';
import { beginOwnClinic } from './own-clinic.ts';

/**
 * A desk that may go over to another clinic while it is served: begun on the sample, it goes on with a clinic of its
 * own once somebody starts one. Whoever serves it notices nothing; screens are told to read everything again.
 */
export const openServedDesk = async (
  options: DeskOptions,
  log: Log,
  programs: Programs = {},
): Promise<OpenDesk> => {
  const listeners = new Listeners();
  let closing: Promise<void> | null = null;
  let current = await openDesk(options, log, programs, {
    startOwnClinic: async (clinic, sample) => {
      const begun = await beginOwnClinic(clinic, { options, log, programs, sample });
      if (!begun.ok) return begun;
      const before = current;
      current = begun.value;
      listeners.follow(current);
      // The call that asked for it is answered by the desk that is left, so that one closes afterwards.
      setImmediate(() => {
        closing = before.close().catch((fault: unknown) => {
          log.error('the sample clinic was not left in order', { fault: String(fault) });
        });
      });
      return { ok: true, value: {} };
    },
  });
  listeners.follow(current);
  return {
    dispatch: (name, input, session) => current.dispatch(name, input, session),
    on: (listener, session) => listeners.add(listener, session),
    admit: (ticket) => current.admit(ticket),
    isOpen: (session) => current.isOpen(session),
    dismiss: (session) => current.dismiss(session),
    files: {
      take: (...file) => current.files.take(...file),
      give: (...file) => current.files.give(...file),
    },
    close: async () => {
      await closing;
      await current.close();
    },
  };
};

type Listener = (event: DeskEvent) => void;

/** Who hears the events of the desk, whichever clinic it shows. */
class Listeners {
  readonly #listeners = new Map<Listener, { session: Session | undefined; stop: () => void }>();
  #desk: Pick<OpenDesk, 'on'> | undefined;

  add(listener: Listener, session?: Session): () => void {
    this.#listeners.set(listener, { session, stop: this.#desk?.on(listener, session) ?? (() => undefined) });
    return () => {
      this.#listeners.get(listener)?.stop();
      this.#listeners.delete(listener);
    };
  }

  follow(desk: Pick<OpenDesk, 'on'>): void {
    this.#desk = desk;
    for (const [listener, entry] of this.#listeners) {
      entry.stop();
      entry.stop = desk.on(listener, entry.session);
      listener({ event: 'tablesChanged', tables: ['*'] });
    }
  }
}
