import { type CentralConnection, connectCentral } from '../../src-main/core/central/connect.ts';
import { noLog } from '../../src-main/core/log.ts';
import { Asks } from '../../src-main/core/sync/asks.ts';
import { Contact, type Next } from '../../src-main/core/sync/contact.ts';
import { fixedLogin } from '../../src-main/core/sync/login.ts';
import { rebuild, rebuildWorker } from '../../src-main/core/sync/rebuild.ts';
import { Reports } from '../../src-main/core/sync/reports.ts';
import { SlotLeases } from '../../src-main/core/sync/slot-leases.ts';
import { Status } from '../../src-main/core/sync/status.ts';
import type { LoneDesk } from './desk.ts';

/** Which of a desk's questions is answered to nobody: central did it, and the line was cut before the desk heard. */
export type Lost = 'push' | 'pull' | 'keep_leases' | 'return_leases' | null;

/** A desk whose sync does nothing but what a test tells it to, a step at a time. */
export class SteppedDesk {
  readonly desk: LoneDesk;
  readonly url: string;
  readonly #parts;
  #central: CentralConnection | null = null;
  #contact: Contact | null = null;
  /** The answer that the line loses next. */
  lost: Lost = null;

  constructor(desk: LoneDesk, url: string) {
    this.desk = desk;
    this.url = url;
    const { replica, now } = desk;
    this.#parts = {
      desk,
      status: new Status(replica, now),
      asks: new Asks(desk, noLog),
      login: fixedLogin(url),
      reports: new Reports(),
      slotLeases: new SlotLeases(),
      log: noLog,
      heard: () => undefined,
      rebuild: (clinicId: string) =>
        rebuild(desk, {
          url,
          clinicId,
          worker: rebuildWorker,
          onProgress: () => undefined,
          signal: new AbortController().signal,
        }),
    };
    desk.isConnected = () => this.connected;
  }

  get connected(): boolean {
    return this.#contact !== null && this.#parts.status.connected;
  }

  /** Does one step, on a new connection where there is none; null where the line was lost. */
  async step(): Promise<Next | null> {
    try {
      this.#contact ??= await this.#connect();
      return await this.#contact.step();
    } catch (fault) {
      if (!this.#central?.closed) throw fault;
      this.cut();
      return null;
    }
  }

  /** Steps until there is nothing to do, or the line is lost, or something waits for another desk. */
  async settle(): Promise<Next | null> {
    for (let step = 0; step < 30; step += 1) {
      const next = await this.step();
      if (next !== 'more') return next;
    }
    throw new Error('the desk does not come to rest');
  }

  /** Lets a minute go by at this desk, and settles: it asks for its share of the slots. */
  async minute(): Promise<void> {
    await this.settle();
    this.desk.setNow(new Date(Date.parse(this.desk.now()) + 61_000).toISOString());
    await this.settle();
  }

  cut(): void {
    this.#central?.destroy();
    this.#contact?.end();
    this.#central = null;
    this.#contact = null;
  }

  dispose(): void {
    this.cut();
    this.desk.dispose();
  }

  async #connect(): Promise<Contact> {
    const connected = await connectCentral(this.url, { application: 'anteroom-desk' });
    if (!connected.ok) throw new Error(connected.error.message);
    const central = connected.value;
    const query = central.query.bind(central);
    central.query = async <R extends Record<string, unknown>>(
      sql: string,
      values?: unknown[],
      name?: string,
    ): Promise<R[]> => {
      const rows = await query<R>(sql, values, name);
      if (this.lost === null || name !== this.lost) return rows;
      this.lost = null;
      central.destroy();
      throw new Error('the answer was lost');
    };
    this.#central = central;
    return new Contact(central, this.#parts);
  }
}
