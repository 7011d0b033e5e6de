import type { Door } from '../../contract/session.ts';
import type { Desk, Session } from '../desk.ts';
import { noteEvent } from '../replica/audit-events.ts';
import { doorAt } from './door.ts';
import { Keyring } from './keyring.ts';
import { LastHere } from './last-here.ts';
import { elapsed, type Moment } from './moment.ts';
import { signInPolicy } from './policy.ts';
import { beginSession, endSession } from './sessions.ts';
import { staffMember } from './staff.ts';
import { type Held, type Standing, sessionOf, standingOf } from './standing.ts';

/** One browser or window at this desk, and whoever is there. */
export interface Seat {
  /** Who acts here at this moment. Ask anew for each call: it is another one after a lock, a switch, an ended session. */
  readonly session: Session;
  /** Rises whenever somebody comes in or signs out here; whatever let a browser in before then lets nobody in any more. */
  readonly generation: number;
  /** Whether it was a call in this very session that somebody came in or signed out by last. */
  isMovedBy(session: Session): boolean;
}

/** Past the clinic's idle minutes, a seat of which nothing was heard: its page locks by itself in time, or is gone. */
const IDLE_GRACE_MS = 60_000;
const SWEEP_MS = 15_000;

/** Rows that say who may be here; a change of one may close a seat. */
const watched: readonly string[] = [
  'clinics',
  'users',
  'staff_keys',
  'user_sessions',
  'desk_state',
  'desk_settings',
];

interface Place {
  held: Held | null;
  generation: number;
  movedBy: Session | null;
  /** When something was last asked from here. */
  touched: Moment;
  /** The door as those here were last told of it. */
  told: string;
}

/**
 * The seats of this desk and the keys of those who sit at them. Makes the desk sign what they do. `ticks` gives milliseconds
 * of a clock that nobody sets.
 */
export class Seats {
  readonly keyring: Keyring;
  readonly #desk: Desk;
  readonly #ticks: () => number;
  readonly #places = new Map<Seat, Place>();
  readonly #sessions = new WeakMap<Session, Seat>();
  readonly #lastHere: LastHere;
  readonly #listeners = new Set<(seat: Seat) => void>();
  readonly #stops: (() => void)[];
  #settling = false;

  constructor(desk: Desk, { ticks = () => performance.now() }: { ticks?: () => number } = {}) {
    this.#desk = desk;
    this.#ticks = ticks;
    this.#lastHere = new LastHere(desk);
    this.keyring = new Keyring({
      sealedOf: (userId) => staffMember(desk.replica, userId)?.sealed ?? null,
      moment: () => this.#moment(),
    });
    desk.sign = (userId, message) => this.keyring.sign(userId, message);
    const sweep = setInterval(() => this.settle(), SWEEP_MS);
    sweep.unref();
    this.#stops = [
      () => clearInterval(sweep),
      desk.replica.onTablesChanged((tables) => {
        if (watched.some((table) => tables.has(table))) this.settle();
      }),
    ];
  }

  /** A seat that nobody has come to yet. */
  open(): Seat {
    const seats = this;
    const seat: Seat = {
      get session() {
        return seats.#session(seat);
      },
      get generation() {
        return seats.#place(seat).generation;
      },
      isMovedBy: (session) => seats.#place(seat).movedBy === session,
    };
    this.#places.set(seat, { held: null, generation: 0, movedBy: null, touched: this.#moment(), told: '' });
    return seat;
  }

  /** The browser or window is gone for good: whoever was there is no longer signed in there. */
  close(seat: Seat): void {
    const held = this.#places.get(seat)?.held;
    this.#places.delete(seat);
    if (held) this.#endUnlessElsewhere(held.userId);
  }

  /** The seat that a session was read from; null for a station's, and for what acts by itself. */
  seatOf(session: Session): Seat | null {
    return this.#sessions.get(session) ?? null;
  }

  /** Notes that something is asked from a seat, so that it is not left alone yet. */
  touch(session: Session): void {
    const place = this.#placeOf(session);
    if (place) place.touched = this.#moment();
  }

  standing(seat: Seat): Standing {
    const place = this.#place(seat);
    if (this.#isLeft(place)) this.lock(seat);
    return standingOf(this.#desk, this.keyring, place.held);
  }

  /** What is told at a seat's door, or at none's; null before the first sync, and of a screen that patients can reach. */
  door(seat: Seat | null): Omit<Door, 'online'> | null {
    const standing = seat ? this.standing(seat) : standingOf(this.#desk, this.keyring, null);
    return doorAt(this.#desk, { standing, keyring: this.keyring, lastHere: this.#lastHere });
  }

  /** What somebody may do who came to no seat. */
  withoutSeat(): Session {
    return sessionOf(standingOf(this.#desk, this.keyring, null));
  }

  /**
   * Seats somebody whose box is open where a call came from: back in their session where they have one at this desk, else in
   * a new one. Whoever was there before is signed out, and keeps their box. False before central has told which desk this is.
   */
  seat(session: Session, userId: string, method: 'password' | 'pin'): boolean {
    const place = this.#placeOf(session);
    if (!place) return false;
    const before = place.held;
    const sessionId = beginSession(this.#desk, this.keyring, userId, method);
    if (!sessionId) return false;
    place.held = { userId, sessionId, locked: false };
    this.#lastHere.note(userId, sessionId);
    move(place, session);
    place.touched = this.#moment();
    if (before && before.userId !== userId) this.#endUnlessElsewhere(before.userId);
    this.settle();
    return true;
  }

  /** Whether somebody sits at a seat, be it behind a lock. */
  sitsAt(seat: Seat, userId: string): boolean {
    return this.#place(seat).held?.userId === userId;
  }

  /** Locks a seat with whoever is there: nothing is answered and nothing told until they or others come. */
  lock(seat: Seat): void {
    const place = this.#place(seat);
    if (!place.held || place.held.locked) return;
    const { userId, sessionId } = place.held;
    this.#note('lock', userId, sessionId);
    place.held = { ...place.held, locked: true };
    this.settle();
  }

  /** Ends the session of whoever is where a call came from, at every seat that has it, and takes their box off the ring. */
  signOut(session: Session): void {
    const place = this.#placeOf(session);
    if (!place?.held) return;
    const { userId, sessionId } = place.held;
    this.#note('signOut', userId, sessionId);
    this.#end(userId);
    this.keyring.drop(userId);
    for (const other of this.#places.values()) if (other.held?.userId === userId) other.held = null;
    move(place, session);
    this.settle();
  }

  /** Calls `listener` with each seat whose door changed; returns how to stop. */
  onDoorChanged(listener: (seat: Seat) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets go of whoever may not be here any more, and tells the seats whose door looks different. */
  settle(): void {
    if (this.#settling) return;
    this.#settling = true;
    try {
      for (const seat of this.#places.keys()) this.#settle(seat);
      for (const seat of this.#places.keys()) this.#tell(seat);
    } finally {
      this.#settling = false;
    }
  }

  /** Signs everybody out: the core ends. */
  stop(): void {
    for (const stop of this.#stops) stop();
    for (const seat of [...this.#places.keys()]) this.close(seat);
    this.keyring.clear();
  }

  #settle(seat: Seat): void {
    const place = this.#place(seat);
    const { state } = this.standing(seat);
    if (!place.held || (state !== 'signed_out' && state !== 'station')) return;
    const { userId, sessionId } = place.held;
    place.held = null;
    // They are back in another session already.
    if (this.keyring.session(userId) !== sessionId) return;
    // A kiosk is left by a PIN that many know: nobody's work may lie behind it.
    if (state === 'station') this.#end(userId);
    this.keyring.setSession(userId, null);
    this.keyring.drop(userId);
  }

  #tell(seat: Seat): void {
    const place = this.#place(seat);
    const door = JSON.stringify(this.door(seat));
    if (door === place.told) return;
    place.told = door;
    for (const listener of this.#listeners) listener(seat);
  }

  #endUnlessElsewhere(userId: string): void {
    const isElsewhere = [...this.#places.values()].some(({ held }) => held?.userId === userId);
    if (!isElsewhere) this.#end(userId);
  }

  #note(action: 'lock' | 'signOut', userId: string, sessionId: string): void {
    this.#evenUnsaved(() => noteEvent(this.#desk, { userId, sessionId, rights: new Set() }, { action }));
  }

  #end(userId: string): void {
    this.#evenUnsaved(() => endSession(this.#desk, this.keyring, userId));
    this.keyring.setSession(userId, null);
  }

  /** A disk that takes nothing must not keep a screen open: whoever goes is gone here, and central's session runs out. */
  #evenUnsaved(write: () => void): void {
    try {
      write();
    } catch (fault) {
      if (this.#desk.replica.health.met(fault) === null) throw fault;
    }
  }

  #session(seat: Seat): Session {
    const session = sessionOf(this.standing(seat));
    this.#sessions.set(session, seat);
    return session;
  }

  #place(seat: Seat): Place {
    const place = this.#places.get(seat);
    if (!place) throw new Error('a seat that was closed');
    return place;
  }

  #placeOf(session: Session): Place | null {
    const seat = this.seatOf(session);
    return (seat && this.#places.get(seat)) ?? null;
  }

  #isLeft({ held, touched }: Place): boolean {
    if (!held || held.locked) return false;
    const idleMs = signInPolicy(this.#desk.replica).idleMinutes * 60_000 + IDLE_GRACE_MS;
    return elapsed(touched, this.#moment()) >= idleMs;
  }

  #moment(): Moment {
    return { wall: Date.parse(this.#desk.now()), ticks: this.#ticks() };
  }
}

const move = (place: Place, session: Session): void => {
  place.generation += 1;
  place.movedBy = session;
};
