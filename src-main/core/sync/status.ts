import type { CentralTrouble, SyncState, Trouble, TrustFault } from '../../contract/sync.ts';
import { type DeskState, noteContact, readDeskState } from '../replica/desk-state.ts';
import { type FileTrouble, freeBytes } from '../replica/file-fault.ts';
import type { Replica } from '../replica/open.ts';
import { countWaiting } from '../replica/outbox.ts';
import { countRefused } from '../replica/refusals.ts';
import { toldTroubles } from '../replica/troubles.ts';

/** Why central will not take this desk's changes. */
export type StopReason =
  | 'too_old'
  | 'central_too_old'
  | 'disabled'
  | 'refused_login'
  | 'clinic_missing'
  | TrustFault;

/** What the engine knows that no table holds. */
interface Known {
  connected: boolean;
  byChoice: boolean;
  stopped: StopReason | null;
  /** What keeps the replica's file from being written, and since when. */
  file: { code: FileTrouble; since: string } | null;
  /** Why central saved nothing at the last try, and since when. */
  central: { code: CentralTrouble; since: string } | null;
  progress: { done: number; total: number } | null;
}

/** Times of contact are written to the file at most this often. */
const noteEveryMs = 30_000;
/** The disk is asked for its room at most this often. */
const roomEveryMs = 10_000;
/** Less room than this is told: enough for weeks of changes, and too little for a new copy of a large clinic. */
const lowRoomBytes = 500_000_000;
const clockOffMs = 60_000;

/** The state of the sync as it is told to screens: what the engine knows, and the counts of the replica. */
export class Status {
  readonly #replica: Replica;
  readonly #now: () => string;
  readonly #listeners = new Set<(state: SyncState) => void>();
  #known: Known = {
    connected: false,
    byChoice: false,
    stopped: null,
    file: null,
    central: null,
    progress: null,
  };
  #desk: DeskState;
  #offlineSince: string | null;
  #lastContact: string | null;
  #notedAt = 0;
  #last = '';
  #room: { at: number; free: number | null } = { at: Number.NEGATIVE_INFINITY, free: null };

  constructor(replica: Replica, now: () => string) {
    this.#replica = replica;
    this.#now = now;
    this.#desk = readDeskState(replica);
    this.#lastContact = isoOrNull(this.#desk.lastContactAt);
    this.#offlineSince = this.#lastContact ?? now();
  }

  /** The state now. */
  read(): SyncState {
    const { byChoice, stopped, connected, file, central, progress } = this.#known;
    const disk = file?.code === 'replica_damaged' ? undefined : file?.code;
    const waiting = countWaiting(this.#replica);
    return {
      phase: this.#phase(waiting),
      waiting,
      refused: countRefused(this.#replica),
      offlineSince: connected ? null : this.#offlineSince,
      lastContactAt: this.#lastContact,
      byChoice,
      reason: stopped ?? (connected || byChoice ? null : (disk ?? central?.code ?? 'unreachable')),
      troubles: this.#troubles(),
      progress,
      clockOffsetMs: this.#desk.clockOffsetMs,
    };
  }

  /** Whether the replica has had its first sync. */
  get ready(): boolean {
    return this.#desk.epoch !== null;
  }

  /** Whether the phase is `online` or `sending`; asked often, so it counts nothing. */
  get online(): boolean {
    return this.connected && this.stopped === null && this.ready;
  }

  get connected(): boolean {
    return this.#known.connected;
  }

  get stopped(): StopReason | null {
    return this.#known.stopped;
  }

  /** Notes what keeps the replica's file from being written, or (null) that nothing does. */
  file(code: FileTrouble | null): void {
    this.set({ file: code && { code, since: this.#now() } });
  }

  /** Notes that central saved nothing, or (null) that it does again. */
  central(code: CentralTrouble | null): void {
    if (code === (this.#known.central?.code ?? null)) return;
    this.set({ central: code && { code, since: this.#now() } });
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

  /** Worst first. */
  #troubles(): Trouble[] {
    const { file, central } = this.#known;
    const isFull = file?.code === 'disk_full';
    const free = this.#freeBytes(isFull);
    const offsetMs = this.#desk.clockOffsetMs;
    const standing: Trouble[] = [];
    if (file?.code === 'disk_full') standing.push({ code: file.code, since: file.since, freeBytes: free });
    else if (file) standing.push({ code: file.code, since: file.since });
    if (central) standing.push(central);
    if (!isFull && free !== null && free < lowRoomBytes) standing.push({ code: 'disk_low', freeBytes: free });
    if (Math.abs(offsetMs) > clockOffMs) standing.push({ code: 'clock_off', offsetMs });
    return [...standing, ...toldTroubles(this.#replica)];
  }

  #freeBytes(afresh: boolean): number | null {
    const at = performance.now();
    if (afresh || at - this.#room.at > roomEveryMs) this.#room = { at, free: freeBytes(this.#replica.file) };
    return this.#room.free;
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
