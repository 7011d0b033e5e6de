import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { CentralConnection } from '../../../src-main/core/central/connect.ts';
import { CENTRAL_VERSION } from '../../../src-main/core/central/push.ts';
import { Broken } from './broken.ts';

/**
 * What goes wrong on a line at one request. `loseRequest`: it never arrives. `loseAnswer`: central did it, and nobody
 * hears. `sendTwice`: it arrives a second time, as by a half-open predecessor. `holdRequest`, `holdAnswer`: it waits on
 * the way there or back until the schedule lets it go on.
 */
export type LineFault = 'loseRequest' | 'loseAnswer' | 'sendTwice' | 'holdRequest' | 'holdAnswer';

/** What the next requests on a line meet. */
export interface LinePlan {
  fault: LineFault;
  /** How many requests go through before. */
  after: number;
}

/** What a line tells the world. */
export interface LineEnds {
  /** Something waits on the way: the step that asked comes to rest until `goOn`. */
  held(): void;
  /** A desk tells the others that it has pushed. */
  notified(): void;
  /** A push is about to reach central. */
  pushes(): Promise<void>;
  /** Nothing comes through any more; called once. */
  ended(): void;
}

/** More requests than this on one line means that a desk goes round in circles. */
const mostRequests = 2_000;

/** What a request on a line that is cut rejects with. */
export const lineCut = 'the line is cut';

class LineCut extends Error {
  constructor() {
    super(lineCut);
  }
}

/**
 * One connection between a desk and the simulated central. It carries each request to a backend that is kept for many
 * connections, and goes wrong when the schedule says so.
 */
export class Line {
  /** What the desk's sync works on. */
  readonly central: CentralConnection;
  /** Set while the other desks' notices do not come through. */
  deaf = false;
  /** The version of the push protocol that this desk is to speak, where not its own. */
  version: number | null = null;
  plan: LinePlan | null = null;
  readonly #backend: pg.Client;
  readonly #ends: LineEnds;
  readonly #events = new EventEmitter();
  #listening = false;
  #cut = false;
  /** A transaction that writes is open: held up, it would hold up everybody. */
  #writes = false;
  #goOn: (() => void) | null = null;
  #requests = 0;

  constructor(backend: pg.Client, ends: LineEnds) {
    this.#backend = backend;
    this.#ends = ends;
    this.central = new CentralConnection(this.#asClient(), 0);
  }

  /** Another desk says that it has pushed. */
  hear(): void {
    if (this.#listening && !this.deaf && !this.#cut) this.#events.emit('notification', { processId: -1 });
  }

  /** Lets what waits go on. */
  goOn(): void {
    const goOn = this.#goOn;
    this.#goOn = null;
    goOn?.();
  }

  /** Nothing comes through any more; what is under way is lost. */
  cut(): void {
    this.#end();
    this.goOn();
  }

  #end(): void {
    if (!this.#cut) this.#ends.ended();
    this.#cut = true;
  }

  /** A client of `pg` for the desk's sync, whose requests take this line. */
  #asClient(): pg.Client {
    const events = this.#events;
    const overrides: Record<string, unknown> = {
      query: (request: unknown) => this.#carry(request),
      on: (name: string, listener: (...args: unknown[]) => void) => events.on(name, listener),
      connection: { stream: { destroy: () => this.cut() } },
      end: async () => this.cut(),
    };
    return new Proxy(this.#backend, {
      get: (client, name) => {
        if (typeof name === 'string' && name in overrides) return overrides[name];
        const value: unknown = Reflect.get(client, name);
        return typeof value === 'function' ? value.bind(client) : value;
      },
    });
  }

  /** A stream (COPY) is handed through as it is, since what asks for it reads it at once. */
  #carry(request: unknown): unknown {
    if (!isStatement(request)) {
      if (this.#cut) throw new LineCut();
      return Reflect.apply(this.#backend.query, this.#backend, [request]);
    }
    return this.#ask(request);
  }

  async #ask(request: Statement): Promise<unknown> {
    this.#requests += 1;
    if (this.#requests > mostRequests)
      throw new Broken('desks come to rest', `more than ${mostRequests} requests`);
    const fault = this.#nextFault();
    if (fault === 'holdRequest') await this.#hold();
    if (this.#cut) throw new LineCut();
    if (fault === 'loseRequest') return this.#lose();
    const answer = await this.#send(request);
    if (fault === 'sendTwice') await this.#send(request);
    if (fault === 'holdAnswer') await this.#hold();
    if (fault === 'loseAnswer' || this.#cut) return this.#lose();
    return answer;
  }

  async #send(request: Statement): Promise<unknown> {
    const text = request.text.trim().toLowerCase();
    if (text.startsWith('listen ')) {
      this.#listening = true;
      return { rows: [] };
    }
    if (text.startsWith('notify ')) {
      this.#ends.notified();
      return { rows: [] };
    }
    if (text.startsWith('begin')) this.#writes = !text.includes('read only');
    if (text === 'commit' || text === 'rollback') this.#writes = false;
    if (request.name === 'push') await this.#ends.pushes();
    return this.#backend.query(this.#inVersion(request));
  }

  #inVersion(request: Statement): Statement {
    if (this.version === null || request.name !== 'push') return request;
    return {
      ...request,
      values: request.values.map((value) => (value === CENTRAL_VERSION ? this.version : value)),
    };
  }

  #nextFault(): LineFault | null {
    if (!this.plan) return null;
    if (this.plan.after > 0) {
      this.plan = { ...this.plan, after: this.plan.after - 1 };
      return null;
    }
    const { fault } = this.plan;
    if (this.#writes && fault.startsWith('hold')) return null;
    this.plan = null;
    // Twice BEGIN or COMMIT is nothing that a network does.
    return this.#writes && fault === 'sendTwice' ? null : fault;
  }

  #hold(): Promise<void> {
    this.#ends.held();
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  #lose(): never {
    this.#end();
    throw new LineCut();
  }
}

interface Statement {
  text: string;
  values: unknown[];
  name?: string;
}

const isStatement = (request: unknown): request is Statement =>
  typeof request === 'object' && request !== null && 'text' in request && 'values' in request;
