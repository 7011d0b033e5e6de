import { type CentralConnection, centralTrouble } from '../central/connect.ts';
import { listen } from '../central/listen.ts';
import type { Desk } from '../desk.ts';
import type { Log } from '../log.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { isToReplace } from '../replica/replace-damaged.ts';
import type { Asks } from './asks.ts';
import { catchUp } from './catch-up.ts';
import { finishPasswordChange } from './change-password.ts';
import { sendEvents } from './events.ts';
import { sendWaiting } from './exchange.ts';
import { introduce } from './introduce.ts';
import type { Login } from './login.ts';
import type { Reports } from './reports.ts';
import type { SlotLeases } from './slot-leases.ts';
import type { Status } from './status.ts';

/** What makes desk and central introduce themselves anew. */
type Doubt = 'other_history' | 'lost_commits' | 'disabled';

/**
 * What is to come after a step. `more`: the next step, at once. `rest`: the next one when there is something to do.
 * `turned_away`: central lets this desk do nothing; ask on a new connection after a while. `over`: the introduction
 * did not bear out what seemed wrong; a new connection after a pause may tell. `waits`: as `rest`, and before long also by
 * itself: a change waits for another desk.
 */
export type Next = 'more' | 'rest' | 'waits' | 'turned_away' | 'over';

/** What outlives a connection. */
export interface ContactParts {
  desk: Desk;
  status: Status;
  asks: Asks;
  login: Login;
  reports: Reports;
  slotLeases: SlotLeases;
  log: Log;
  /** Called when another desk says that it has pushed. */
  heard(): void;
  /** Builds the replica anew from central. Rejects where it is cut off; nothing has changed then. */
  rebuild(clinicId: string): Promise<void>;
}

/**
 * What a desk and central do on one connection, a step at a time: they introduce themselves, then the desk sends,
 * asks and reads. Whoever drives it says when, and lets go of it when a step rejects.
 */
export class Contact {
  readonly #central: CentralConnection;
  readonly #parts: ContactParts;
  /** The clinic, once central has let this desk in. */
  #clinicId: string | null = null;
  #doubt: Doubt | null = null;
  #listening = false;
  /** Whether central saved what it was given in this turn. */
  #isSaving = true;

  constructor(central: CentralConnection, parts: ContactParts) {
    this.#central = central;
    this.#parts = parts;
  }

  /** How long to rest at most. A desk that no notice reaches asks often. */
  get restMs(): number {
    return this.#central.pooled ? 1_000 : 3_000;
  }

  /** Introduces desk and central, or sends, asks and reads once. Rejects where the connection is lost. */
  async step(): Promise<Next> {
    if (this.#clinicId === null) return this.#meet();
    const turned = await this.#turn(this.#clinicId);
    if (turned === 'more' || turned === 'rest' || turned === 'waits') return turned;
    this.#doubt = turned;
    this.#clinicId = null;
    return 'more';
  }

  /** Notes that the connection is gone: what waits for central's answer is told that there is none. */
  end(): void {
    this.#parts.status.set({ connected: false, progress: null });
    this.#parts.asks.drop();
  }

  async #meet(): Promise<Next> {
    const { desk, status, reports, log, heard } = this.#parts;
    const lost = this.#doubt === 'lost_commits';
    const { stopped, reads, offeredAgain } = await introduce(this.#central, desk, lost);
    if (offeredAgain !== null) log.info('central lost commits', { offeredAgain });
    status.contact();
    status.set({ stopped, connected: reads });
    // A central of an earlier version may not have the function.
    if (stopped !== 'clinic_missing' && stopped !== 'central_too_old')
      await this.#saving(() => reports.send(this.#central, desk.replica));
    const { clinicId } = readDeskState(desk.replica);
    if (!reads || clinicId === null) return 'turned_away';
    if (this.#doubt !== null && stopped === null && offeredAgain === null) return 'over';
    if (!this.#listening) await listen(this.#central, clinicId, heard);
    this.#listening = true;
    this.#clinicId = clinicId;
    return 'more';
  }

  /** Sends, asks and reads once; then there is more to do, or nothing for now, or central is in doubt. */
  async #turn(clinicId: string): Promise<Doubt | 'more' | 'rest' | 'waits'> {
    const { desk, status, asks, login, reports, slotLeases, log, rebuild } = this.#parts;
    let waits = false;
    this.#isSaving = true;
    // Before anything is sent: what waits may stand in what is damaged.
    if (isToReplace(desk)) {
      await rebuild(clinicId);
      return 'more';
    }
    if (status.stopped === null) {
      const sent = await this.#saving(() => sendWaiting(this.#central, desk, () => status.contact()));
      waits = sent === 'waits';
      if (sent === 'too_old') status.set({ stopped: sent });
      else if (sent !== null && sent !== 'sent' && sent !== 'waits') return sent;
    }
    // What is asked comes after what was done before it.
    if (!waits) await asks.run(this.#central, clinicId);
    await finishPasswordChange(this.#central, login);
    const caughtUp = await catchUp(this.#central, desk.replica);
    status.contact();
    asks.tell();
    if (caughtUp === 'other_history') return caughtUp;
    if (caughtUp === 'far_behind') {
      await rebuild(clinicId);
      return 'more';
    }
    const leased = await this.#saving(() => slotLeases.keep(this.#central, desk));
    await this.#saving(() => reports.send(this.#central, desk.replica));
    // After the changes, and a batch at a time, so that none of them waits for what was only looked at.
    const more = await this.#saving(() => sendEvents(this.#central, desk.replica, log));
    if (this.#isSaving) status.central(null);
    if (more || leased) return 'more';
    return waits ? 'waits' : 'rest';
  }

  /** Runs what writes at central. Where central saves nothing (null), that is said, and reading goes on. */
  async #saving<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (fault) {
      const trouble = centralTrouble(fault);
      if (trouble === null) throw fault;
      this.#isSaving = false;
      this.#parts.status.central(trouble);
      return null;
    }
  }
}
