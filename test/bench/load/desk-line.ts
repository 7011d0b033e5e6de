import { v7 as newId } from 'uuid';
import { type CentralConnection, connectCentral } from '../../../src-main/core/central/connect.ts';
import { listen, notify } from '../../../src-main/core/central/listen.ts';
import { pull } from '../../../src-main/core/central/pull.ts';
import { push } from '../../../src-main/core/central/push.ts';
import { prepareForDesk, whoami } from '../../../src-main/core/central/whoami.ts';
import { pulledTables } from '../../../src-main/core/sync/tables.ts';
import type { Work } from './work.ts';

/**
 * What of a desk central can see: its connection, its stream of changes, its listening and its reading, all by the
 * desk's own code. It keeps no rows: a real desk does that on a PC of its own.
 */
export class DeskLine {
  readonly #central: CentralConnection;
  readonly #clinicId: string;
  readonly #epoch: string;
  readonly #incarnation = newId();
  #nextSeq = 1;
  #cursor: number;
  #heard = false;
  #wake: () => void = () => undefined;

  private constructor(central: CentralConnection, clinicId: string, head: { epoch: string; seq: number }) {
    this.#central = central;
    this.#clinicId = clinicId;
    this.#epoch = head.epoch;
    this.#cursor = head.seq;
  }

  /** Connects, introduces itself and listens, as one that has read everything up to now. */
  static async open(url: string): Promise<DeskLine> {
    const connected = await connectCentral(url, { application: 'anteroom-desk', statementTimeoutMs: 60_000 });
    if (!connected.ok) throw new Error(connected.error.message);
    const central = connected.value;
    await prepareForDesk(central);
    const me = await whoami(central);
    if (!me) throw new Error('central does not know this desk');
    const [row] = await central.query<{ head: { epoch: string; seq: number } }>('select head() as head');
    if (!row) throw new Error('central has no head');
    const line = new DeskLine(central, me.clinic_id, row.head);
    await listen(central, me.clinic_id, () => line.#onNotice());
    return line;
  }

  /** Sends changes in one push and tells the others; every one must be applied. */
  async send(works: readonly Work[]): Promise<void> {
    const changes = works.map(({ changeId, kind, at, rows }) => ({
      change_id: changeId,
      desk_seq: this.#nextSeq++,
      kind,
      actor: null,
      at,
      rows,
    }));
    const reply = await push(this.#central, { epoch: this.#epoch, incarnation: this.#incarnation }, changes);
    const refused = reply.outcomes.find(({ outcome }) => outcome !== 'applied');
    if (reply.status !== 'ok' || refused)
      throw new Error(`central said ${JSON.stringify(refused ?? reply.status)}`);
    await notify(this.#central, this.#clinicId);
  }

  /** Reads what is new; answers how many rows. */
  async read(): Promise<number> {
    this.#heard = false;
    const pulled = await pull(this.#central, pulledTables, this.#clinicId, this.#cursor);
    this.#cursor = pulled.seq;
    return pulled.rows.length;
  }

  /** Resolves at the next notice of another desk, or at once where one came since the last reading began. */
  notice(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#heard) resolve();
      else this.#wake = resolve;
    });
  }

  close(): Promise<void> {
    return this.#central.close();
  }

  #onNotice(): void {
    this.#heard = true;
    this.#wake();
  }
}

/** Opens many, a few at a time. */
export const openLines = async (urls: readonly string[]): Promise<DeskLine[]> => {
  const lines: DeskLine[] = [];
  for (let n = 0; n < urls.length; n += 10)
    lines.push(...(await Promise.all(urls.slice(n, n + 10).map((url) => DeskLine.open(url)))));
  return lines;
};
