import type { DeskEvent } from '../contract/envelope.ts';
import { faultLine } from '../core/fault.ts';
import type { Place, Seat, Session } from '../core/front-desk.ts';
import type { Log } from '../core/log.ts';
import { type OpenDesk, openDesk, type ShellParts } from './open-desk.ts';
import type { DeskOptions } from './options.ts';
import { beginOwnClinic } from './own-clinic.ts';

/**
 * A desk that may go over to another clinic while it is served: begun on the sample, it goes on with a clinic of its
 * own once somebody starts one. Whoever serves it notices nothing; screens are told to read everything again.
 */
export const openServedDesk = async (
  options: DeskOptions,
  log: Log,
  parts: ShellParts = {},
): Promise<OpenDesk> => {
  const listeners = new Listeners();
  const seats = new ServedSeats();
  let closing: Promise<void> | null = null;
  const goOverTo = (desk: OpenDesk): void => {
    current = desk;
    seats.follow(current);
    listeners.follow(current, seats);
  };
  const onWipe = (wiped: OpenDesk, wipe: () => Promise<void>): void => {
    goOverTo(wiped);
    closing = wipe().catch((fault: unknown) => {
      log.error('this desk was not wiped to the end; the next start goes on', { fault: faultLine(fault) });
    });
  };
  let current = await openDesk(options, log, parts, {
    onWipe,
    startOwnClinic: async (clinic, sample) => {
      const begun = await beginOwnClinic(clinic, { options, log, parts, sample, onWipe });
      if (!begun.ok) return begun;
      const before = current;
      goOverTo(begun.value);
      // The call that asked for it is answered by the desk that is left, so that one closes afterwards.
      setImmediate(() => {
        closing = before.close().catch((fault: unknown) => {
          log.error('the sample clinic was not left in order', { fault: faultLine(fault) });
        });
      });
      return { ok: true, value: {} };
    },
  });
  seats.follow(current);
  listeners.follow(current, seats);
  return {
    dispatch: (name, input, session) => current.dispatch(name, input, session),
    openSeat: () => seats.open(),
    closeSeat: (seat) => seats.close(seat),
    on: (listener, place) => listeners.add(listener, place),
    admit: (ticket) => current.admit(ticket),
    isOpen: (session) => current.isOpen(session),
    dismiss: (session) => current.dismiss(session),
    files: {
      take: (...file) => current.files.take(...file),
      give: (...file) => current.files.give(...file),
      place: (...file) => current.files.place(...file),
    },
    close: async () => {
      await closing;
      await current.close();
    },
  };
};

type Desk = Pick<OpenDesk, 'on' | 'openSeat' | 'closeSeat'>;

/** A seat that goes along to another clinic: its place in the one that is served now, and how often it went. */
class ServedSeat implements Seat {
  #inner: Seat;
  #before = 0;

  constructor(inner: Seat) {
    this.#inner = inner;
  }

  get inner(): Seat {
    return this.#inner;
  }

  get session() {
    return this.#inner.session;
  }

  get generation(): number {
    return this.#before + this.#inner.generation;
  }

  isMovedBy(session: Session): boolean {
    return this.#inner.isMovedBy(session);
  }

  move(inner: Seat): void {
    this.#before = this.generation;
    this.#inner = inner;
  }
}

/** The seats of the desk, whichever clinic it shows; in another one, whoever sat there starts anew. */
class ServedSeats {
  readonly #seats = new Set<ServedSeat>();
  #desk: Desk | undefined;

  open(): Seat {
    if (!this.#desk) throw new Error('no desk is served yet');
    const seat = new ServedSeat(this.#desk.openSeat());
    this.#seats.add(seat);
    return seat;
  }

  close(seat: Seat): void {
    if (!(seat instanceof ServedSeat) || !this.#seats.delete(seat)) return;
    this.#desk?.closeSeat(seat.inner);
  }

  /** Where the desk that is served now knows a place. */
  innerOf(place: Place | undefined): Place | undefined {
    return place instanceof ServedSeat ? place.inner : place;
  }

  follow(desk: Desk): void {
    this.#desk = desk;
    for (const seat of this.#seats) seat.move(desk.openSeat());
  }
}

type Listener = (event: DeskEvent) => void;

/** Who hears the events of the desk, whichever clinic it shows. */
class Listeners {
  readonly #listeners = new Map<Listener, { place: Place | undefined; stop: () => void }>();
  #seats: ServedSeats | undefined;
  #desk: Desk | undefined;

  add(listener: Listener, place?: Place): () => void {
    this.#listeners.set(listener, { place, stop: this.#listen(listener, place) });
    return () => {
      this.#listeners.get(listener)?.stop();
      this.#listeners.delete(listener);
    };
  }

  follow(desk: Desk, seats: ServedSeats): void {
    this.#desk = desk;
    this.#seats = seats;
    for (const [listener, entry] of this.#listeners) {
      entry.stop();
      entry.stop = this.#listen(listener, entry.place);
      listener({ event: 'doorChanged' });
      listener({ event: 'tablesChanged', tables: ['*'] });
    }
  }

  #listen(listener: Listener, place: Place | undefined): () => void {
    return this.#desk?.on(listener, this.#seats?.innerOf(place)) ?? (() => undefined);
  }
}
