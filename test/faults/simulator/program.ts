import { type CallName, rights } from '../../../src-main/contract/calls.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import { hold } from '../../../src-main/core/appointments/hold.ts';
import type { Desk, Session } from '../../../src-main/core/desk.ts';
import { createDispatch, type Dispatch } from '../../../src-main/core/dispatch.ts';
import { createHandlers } from '../../../src-main/core/handlers.ts';
import { Stations } from '../../../src-main/core/kiosk/stations.ts';
import { noLog } from '../../../src-main/core/log.ts';
import { DaySheetKeeper } from '../../../src-main/core/printing/day-sheet-files.ts';
import { checkNonce, type Nonce } from '../../../src-main/core/replica/nonce.ts';
import { Replica, removeDatabase } from '../../../src-main/core/replica/open.ts';
import { takeRebuilt } from '../../../src-main/core/replica/swap.ts';
import { Seats } from '../../../src-main/core/security/seats.ts';
import { Asks } from '../../../src-main/core/sync/asks.ts';
import { Contact, type Next } from '../../../src-main/core/sync/contact.ts';
import { Engine } from '../../../src-main/core/sync/engine.ts';
import { fill } from '../../../src-main/core/sync/fill.ts';
import { fixedLogin } from '../../../src-main/core/sync/login.ts';
import { Reports } from '../../../src-main/core/sync/reports.ts';
import { SlotLeases } from '../../../src-main/core/sync/slot-leases.ts';
import { Status } from '../../../src-main/core/sync/status.ts';
import type { SimulatedCentral } from './central.ts';
import { Crash } from './crash.ts';
import { Line, type LinePlan, lineCut } from './line.ts';

/** How far a desk's sync came: as `Next`, or something waits on its line (`held`), or the line is lost. */
export type Drove = Next | 'held' | 'lost';

export interface ProgramOptions {
  /** Path of the replica. */
  file: string;
  central: SimulatedCentral;
  /** The desk's login role, and which of the machines that use it this is. */
  role: string;
  machine: string;
  /** Where the number outside the file is kept; null where nothing is. */
  nonce: Nonce | null;
  now(): string;
  newId(): string;
  /** The desk tells the others that it has pushed. */
  notified(from: Program): void;
  /** Central has let the desk in, and answered all that this step asked. */
  met(from: Program): void;
}

const key = Buffer.alloc(32, 7);
const anyone: Session = { userId: null, rights: new Set(rights) };

/** A desk's program from its start to its end: the real core on a real replica, its sync driven a step at a time. */
export class Program {
  readonly desk: Desk;
  readonly replica: Replica;
  readonly #options: ProgramOptions;
  readonly #status: Status;
  readonly #asks: Asks;
  readonly #reports = new Reports();
  readonly #slotLeases = new SlotLeases();
  readonly #dispatch: Dispatch;
  readonly #seats: Seats;
  #lines: Line[] = [];
  #contact: Contact | null = null;
  #step: Promise<Drove> | null = null;
  #held: () => void = () => undefined;
  #deaf = false;
  #version: number | null = null;
  #dead = false;

  private constructor(options: ProgramOptions, replica: Replica) {
    this.#options = options;
    this.replica = replica;
    this.#status = new Status(replica, options.now);
    const { now, newId } = options;
    this.desk = { replica, now, newId, isConnected: () => this.#status.connected };
    this.#asks = new Asks(this.desk, noLog);
    this.#seats = new Seats(this.desk);
    this.#dispatch = createDispatch(this.#handlers(), noLog, replica.health);
  }

  static async open(options: ProgramOptions): Promise<Program> {
    const replica = new Replica({ file: options.file, key, newId: options.newId });
    if (options.nonce) await checkNonce(replica, options.nonce, options);
    return new Program(options, replica);
  }

  /** What a person asks of the desk. */
  call(name: CallName, input: object): Promise<Result<unknown>> {
    return this.#dispatch(name, input, anyone);
  }

  /** Whether the sync waits for something on its line. */
  get held(): boolean {
    return this.#step !== null;
  }

  /** Takes one step of the sync, on a new line where there is none; `plan` is what its requests meet. */
  async step(plan: LinePlan | null = null): Promise<Drove> {
    if (this.#step) return this.goOn();
    const contact = this.#contact ?? (await this.#connect());
    const [line] = this.#lines;
    if (line) line.plan = plan;
    return this.#untilHeld(() => {
      this.#step = this.#take(contact);
    });
  }

  /** Lets what is held go on. */
  async goOn(): Promise<Drove> {
    return this.#untilHeld(() => {
      for (const line of this.#lines) line.goOn();
    });
  }

  /** Steps until there is nothing to do for now, or the line is lost, or something is held. */
  async sync(): Promise<Drove> {
    for (let steps = 0; steps < 60; steps += 1) {
      const drove = await this.step();
      if (drove !== 'more') return drove;
    }
    throw new Error('the sync never comes to rest');
  }

  /** The other desks' notices come through, or do not. */
  set deaf(deaf: boolean) {
    this.#deaf = deaf;
    for (const line of this.#lines) line.deaf = deaf;
  }

  /** Speaks an older version of the push protocol. */
  set version(version: number | null) {
    this.#version = version;
    for (const line of this.#lines) line.version = version;
  }

  /** Another desk says that it has pushed. */
  hear(): void {
    for (const line of this.#lines) line.hear();
  }

  /** Cuts the line; what was under way is lost. */
  async cut(): Promise<void> {
    await this.#untilHeld(() => {
      for (const line of this.#lines) line.cut();
    });
    this.#hangUp();
  }

  /** Keeps what the program still does from reaching anybody. */
  die(): void {
    this.#dead = true;
    for (const line of this.#lines) line.cut();
  }

  /** Ends the program. */
  async end(): Promise<void> {
    this.#dead = true;
    await this.cut();
    this.#seats.stop();
    this.replica.close();
  }

  #handlers() {
    const { desk } = this;
    const engine = new Engine(desk, { url: 'postgres://nobody@localhost/none', log: noLog, random: () => 0 });
    const sheets = new DaySheetKeeper(desk, { log: noLog });
    return {
      ...createHandlers(desk, engine, new Stations(), sheets, this.#seats),
      hold: (session: Session, input: Parameters<typeof hold>[2]) =>
        hold(desk, session, input, this.#status.connected),
    };
  }

  async #connect(): Promise<Contact> {
    const line = await this.#newLine('sync');
    const contact = new Contact(line.central, {
      desk: this.desk,
      status: this.#status,
      asks: this.#asks,
      login: fixedLogin('postgres://nobody@localhost/none'),
      reports: this.#reports,
      slotLeases: this.#slotLeases,
      log: noLog,
      heard: () => undefined,
      rebuild: (clinicId) => this.#rebuild(clinicId),
    });
    this.#contact = contact;
    return contact;
  }

  async #newLine(purpose: string): Promise<Line> {
    const { central, role, machine } = this.#options;
    const line = new Line(await central.backend(role, `${machine}/${purpose}`), {
      held: () => this.#held(),
      notified: () => this.#options.notified(this),
      pushes: () => central.tellWhoIsThere(),
      ended: () => central.connects(role, -1),
    });
    central.connects(role, 1);
    line.deaf = this.#deaf;
    line.version = this.#version;
    if (this.#dead) line.cut();
    this.#lines.push(line);
    return line;
  }

  /** As sync/rebuild.ts, in this thread and on a line of its own, which takes over what the first one was to meet. */
  async #rebuild(clinicId: string): Promise<void> {
    const { replica } = this;
    const line = await this.#newLine('rebuild');
    line.plan = this.#lines[0]?.plan ?? null;
    try {
      const file = { clinicId, file: replica.rebuildFile, key };
      await takeRebuilt(replica, await fill(line.central, file, () => undefined));
    } finally {
      removeDatabase(replica.rebuildFile);
      this.#lines = this.#lines.filter((other) => other !== line);
    }
  }

  async #take(contact: Contact): Promise<Drove> {
    try {
      const next = await contact.step();
      if (this.#status.connected) this.#options.met(this);
      if (next === 'turned_away' || next === 'over') this.#hangUp();
      return next;
    } catch (fault) {
      this.#hangUp();
      if (this.#dead || isLineFault(fault)) return 'lost';
      throw fault;
    }
  }

  #hangUp(): void {
    for (const line of this.#lines) line.cut();
    this.#lines = [];
    const contact = this.#contact;
    this.#contact = null;
    if (!this.#dead) contact?.end();
  }

  /** Does `work`, and waits until the step under way has ended or is held. */
  async #untilHeld(work: () => void): Promise<Drove> {
    const held = new Promise<'held'>((resolve) => {
      this.#held = () => resolve('held');
    });
    work();
    const step = this.#step;
    if (!step) return 'rest';
    let isHeld = false;
    try {
      const drove = await Promise.race([step, held]);
      isHeld = drove === 'held';
      return drove;
    } finally {
      if (!isHeld) this.#step = null;
    }
  }
}

/** A rebuild says in its own words that its line was cut, and keeps the message. */
const isLineFault = (fault: unknown): boolean =>
  fault instanceof Error && (fault instanceof Crash || fault.message === lineCut);
