import { createHmac } from 'node:crypto';
import type { Signature } from '../desk.ts';
import { elapsed, type Moment } from './moment.ts';
import { type Contents, type OpenBox, openAgain, sealed } from './sealed.ts';

/** So long after a password a PIN is enough. */
export const QUICK_MS = 12 * 3_600_000;
/** So many wrong PINs, and the password is needed. */
export const PIN_TRIES = 5;

interface Ring {
  box: OpenBox;
  /** The text that the box was read from or closed to. */
  text: string;
  /** The box under a password that was just chosen, until its text arrives. */
  next: OpenBox | null;
  openedAt: Moment;
  /** Wrong PINs since the last right one. */
  misses: number;
}

export interface KeyringOptions {
  /** The text of a person's box as the replica has it now; null where they cannot sign in any more. */
  sealedOf(userId: string): string | null;
  moment(): Moment;
}

/**
 * The boxes that were opened at this desk, in memory only: what signs the changes of those who are here, and what lets
 * them come back by PIN. A box goes when its person signs out, after twelve hours, after five wrong PINs, when its password
 * became another one at another desk, and when its person may not sign in any more.
 */
export class Keyring {
  readonly #options: KeyringOptions;
  readonly #rings = new Map<string, Ring>();
  /** Outlives a box: whoever had to give their password once more goes on in the session that they had. */
  readonly #sessions = new Map<string, string>();

  constructor(options: KeyringOptions) {
    this.#options = options;
  }

  /** Keeps a box that a password has just opened. */
  keep(box: OpenBox, text: string): void {
    const openedAt = this.#options.moment();
    this.#rings.set(box.userId, { box, text, next: null, openedAt, misses: 0 });
  }

  /** The open box of somebody, as the replica has it now; null where the password is needed. */
  box(userId: string): OpenBox | null {
    return this.#live(userId)?.box ?? null;
  }

  drop(userId: string): void {
    this.#rings.delete(userId);
  }

  clear(): void {
    this.#rings.clear();
    this.#sessions.clear();
  }

  /** Counts a try of a PIN before it is checked, so that many at once do not slip past; false when there were too many. */
  countTry(userId: string): boolean {
    const ring = this.#live(userId);
    if (!ring || ring.misses >= PIN_TRIES) return false;
    ring.misses += 1;
    return true;
  }

  /** What came of a counted try: a right PIN forgets the wrong ones; the last wrong one costs the box. */
  settleTry(userId: string, isRight: boolean): void {
    const ring = this.#rings.get(userId);
    if (!ring) return;
    if (isRight) ring.misses = 0;
    else if (ring.misses >= PIN_TRIES) this.drop(userId);
  }

  /** How many wrong PINs more it takes until the password is needed. */
  triesLeft(userId: string): number {
    const ring = this.#live(userId);
    return ring ? PIN_TRIES - ring.misses : 0;
  }

  /** The one session that somebody is signed in at this desk, at however many seats. */
  session(userId: string): string | null {
    return this.#sessions.get(userId) ?? null;
  }

  setSession(userId: string, sessionId: string | null): void {
    if (sessionId === null) this.#sessions.delete(userId);
    else this.#sessions.set(userId, sessionId);
  }

  /** Signs what somebody does, in their session; null where they are not signed in here. */
  sign(userId: string, message: (sessionId: string) => string): Signature | null {
    const sessionId = this.session(userId);
    const box = this.box(userId);
    if (!sessionId || !box) return null;
    const key = Buffer.from(box.contents.signingKey, 'hex');
    return { sessionId, proof: createHmac('sha256', key).update(message(sessionId)).digest('hex') };
  }

  /** The text of somebody's box with other contents, to be written; null where it is not open. */
  closed(userId: string, contents: Contents): string | null {
    const box = this.box(userId);
    return box && sealed({ ...box, contents });
  }

  /** Expects the text of a box under a new password, which central is asked to store. */
  expect(next: OpenBox): void {
    const ring = this.#rings.get(next.userId);
    if (ring) ring.next = next;
  }

  /** A ring that still holds; one that does not is taken off. */
  #live(userId: string): Ring | null {
    const ring = this.#rings.get(userId);
    if (!ring) return null;
    const text = this.#options.sealedOf(userId);
    const isOver = elapsed(ring.openedAt, this.#options.moment()) >= QUICK_MS;
    const box = text === null || isOver ? null : readBox(ring, text);
    if (!box || text === null) {
      this.#rings.delete(userId);
      return null;
    }
    return Object.assign(ring, { box, text });
  }
}

/** The box by the text that stands now: it may have been closed anew at another desk, or under a new password. */
const readBox = ({ box, text: known, next }: Ring, text: string): OpenBox | null => {
  if (text === known) return box;
  return openAgain(text, box) ?? (next && openAgain(text, next));
};
