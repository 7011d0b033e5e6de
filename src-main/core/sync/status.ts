import type { SyncState, TrustFault } from '../../contract/sync.ts';
import { type DeskState, noteContact, readDeskState } from '../replica/desk-state.ts';
import type { Replica } from '../replica/open.ts';
import { countWaiting } from '../replica/outbox.ts';
import { countRefused } from '../replica/refusals.ts';

/** Why central will not take this desk's changes. */
export type StopReason = 'too_old' | 'disabled' | 'refused_login' | 'clinic_missing' | TrustFault;

/** What the engine knows that no table holds. */
interface Known {
  connected: boolean;
  byChoice: boolean;
  stopped: StopReason | null;
  progress: { done: number; total: number } | null;
}

/** Times of contact are written to the file at most this often. */
const noteEveryMs = 30_000;

/** The state of the sync as it is told to screens: what the engine knows, and the counts of the replica. */
export class Status {
  readonly #replica: Replica;
  readonly #now: () => string;
  readonly #listeners = new Set<(state: SyncState) => void>();
  #known: Known = { connected: false, byChoice: false, stopped: null, progress: null };
  #desk: DeskState;
  #offlineSince: string | null;
  #lastContact: string | null;
  #notedAt = 0;
  #last = '';

  constructor(replica: Replica, now: () => string) {
    this.#replica = replica;
    this.#now = now;
    this.#desk = readDeskState(replica);
    this.#lastContact = isoOrNull(this.#desk.lastContactAt);
    this.#offlineSince = this.#lastContact ?? now();
  }

  /** The state now. */
  read(): SyncState {
    const { byChoice, stopped, connected, progress } = this.#known;
    const waiting = countWaiting(this.#replica);
    return {
      phase: this.#phase(waiting),
      waiting,
      refused: countRefused(this.#replica),
      offlineSince: connected ? null : this.#offlineSince,
      lastContactAt: this.#lastContact,
      byChoice,
      reason: stopped ?? (connected || byChoice ? null : 'unreachable'),
      progress,
      clockOffsetMs: this.#desk.clockOffsetMs,
    };
  }

  /** Whether the replica has had its first sync. */
  get ready(): boolean {
    return this.#desk.epoch !== null;
  }

  get connected(): boolean {
    return this.#known.connected;
  }

  get stopped(): StopReason | null {
    return this.#known.stopped;
  }

  /** Calls `listener` with each state that differs from the one before. Returns how to stop. */
  on(listener: (state: SyncState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Notes what the engine has come to know. */
  set(known: Partial<Known>): void {
    if (this.#known.connected && known.connected === false) this.#offlineSince = this.#now();
    Object.assign(this.#known, known);
    this.announce();
  }

  /** Central answered just now. */
  contact(): void {
    this.#lastContact = this.#now();
    const at = Date.parse(this.#lastContact);
    if (at - this.#notedAt < noteEveryMs) return;
    this.#notedAt = at;
    this.#replica.repeatable(() => noteContact(this.#replica, at));
  }

  /** Tells the listeners if the state is another one; called whenever the tables that it counts changed. */
  announce(): void {
    this.#desk = readDeskState(this.#replica);
    const state = this.read();
    // The time of contact alone is no news.
    const facts = JSON.stringify({ ...state, lastContactAt: null });
    if (facts === this.#last) return;
    this.#last = facts;
    for (const listener of this.#listeners) listener(state);
  }

  #phase(waiting: number): SyncState['phase'] {
    const { connected, stopped } = this.#known;
    if (stopped) return 'stopped';
    if (!connected) return 'offline';
    if (!this.ready) return 'first_sync';
    return waiting > 0 ? 'sending' : 'online';
  }
}

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
