import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Nonce } from '../../../src-main/core/replica/nonce.ts';
import type { SimulatedCentral } from './central.ts';
import type { Clock } from './clock.ts';
import type { CommitPoint } from './commit-points.ts';
import { Crash } from './crash.ts';
import { Program } from './program.ts';

/** When a program is to end by itself: at the `after`-th commit from now, before or after it counts. */
export interface Ending {
  after: number;
  point: CommitPoint;
  /** Whether the power goes with it, and so all that was not flushed. */
  power: boolean;
}

export interface StationOptions {
  central: SimulatedCentral;
  clock: Clock;
  /** A folder of its own. */
  folder: string;
  role: string;
  machine: string;
  /** Whether this machine has a keychain that keeps a number beside the file. */
  nonce: boolean;
  notified(from: Program): void;
  met(from: Program): void;
}

/** A machine with a desk on it: its file, its clock, and a program that runs, ends and is started again. */
export class Station {
  readonly options: StationOptions;
  /** The desk's clock minus the world's, in milliseconds. */
  clockOffset = 0;
  /** What the person at this desk opened last, such as a hold. */
  lastHold: string | null = null;
  /** Whether somebody kept a copy of the file. */
  hasCopy = false;
  #program: Program | null = null;
  #lives = 0;
  #keptNonce: string | null = null;
  #ending: Ending | null = null;
  /** Whether flushed states are kept, which costs a copy at each commit. */
  #expectsPowerCut = false;
  #crashed = false;

  constructor(options: StationOptions) {
    this.options = options;
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Where the replica lies now. */
  get file(): string {
    return join(this.#folder, 'replica.db');
  }

  get #folder(): string {
    return join(this.options.folder, String(this.#lives));
  }

  get #durable(): string {
    return join(this.#folder, 'flushed.db');
  }

  /** The running program, started if there is none. */
  async program(): Promise<Program> {
    if (this.#crashed) await this.#bury();
    this.#program ??= await this.#open();
    return this.#program;
  }

  /** The running program, if one runs. */
  get running(): Program | null {
    return this.#crashed ? null : this.#program;
  }

  /** Ends the program as its user does. */
  async stop(): Promise<void> {
    if (this.#crashed) await this.#bury();
    const program = this.#program;
    this.#program = null;
    await program?.end();
  }

  /** Ends the program at once. */
  async kill(): Promise<void> {
    if (!this.#program) return;
    this.#die(false);
    await this.#bury();
  }

  /** Ends the program at a later commit. */
  endAt(ending: Ending): void {
    this.#ending = ending;
    if (ending.power && !this.#expectsPowerCut) {
      this.#expectsPowerCut = true;
      copyDatabase(this.file, this.#durable);
    }
  }

  /** No ending is to come any more. */
  endNever(): void {
    this.#ending = null;
  }

  /** Told of each commit of this process: ends the program if it is time. */
  atCommit(file: string, point: CommitPoint, durable: boolean): void {
    if (this.#crashed || !this.#program || !file.startsWith(`${this.#folder}/`)) return;
    if (this.#ending && this.#ending.point === point) {
      if (this.#ending.after === 0) {
        const { power } = this.#ending;
        this.#die(power && file === this.file);
        throw new Crash();
      }
      this.#ending = { ...this.#ending, after: this.#ending.after - 1 };
    }
    if (point === 'after' && durable && this.#expectsPowerCut) copyDatabase(this.file, this.#durable);
  }

  /** Copies the file as it is now, with its log. */
  copyTo(target: string): void {
    copyDatabase(this.file, target);
  }

  /** Puts another file in place of this one; null: none, so that the next start makes a new one. */
  async replaceFile(source: string | null): Promise<void> {
    await this.stop();
    this.#begin();
    if (source !== null) copyDatabase(source, this.file);
  }

  async #open(): Promise<Program> {
    const { central, clock, role, machine, notified, met } = this.options;
    return Program.open({
      file: this.file,
      central,
      role,
      machine,
      nonce: this.options.nonce ? this.#nonce() : null,
      now: () => new Date(clock.now + this.clockOffset).toISOString(),
      newId: () => clock.newId(clock.now + this.clockOffset),
      notified,
      met,
    });
  }

  #nonce(): Nonce {
    return {
      read: async () => this.#keptNonce,
      write: async (nonce) => {
        this.#keptNonce = nonce;
      },
    };
  }

  /** Keeps the file as a kill or a power cut leaves it; what the program still does happens to the one before. */
  #die(power: boolean): void {
    const left = power ? this.#durable : this.file;
    const before = this.#folder;
    this.#lives += 1;
    mkdirSync(this.#folder, { recursive: true });
    copyDatabase(left, this.file);
    // A rebuild under way leaves its file.
    if (existsSync(join(before, 'replica.db.new')))
      copyDatabase(join(before, 'replica.db.new'), `${this.file}.new`);
    this.#program?.die();
    this.#crashed = true;
    this.#ending = null;
    this.#expectsPowerCut = false;
  }

  /** The program that was killed comes to its end somewhere where nothing counts any more. */
  async #bury(): Promise<void> {
    const program = this.#program;
    this.#program = null;
    await program?.end();
    this.#crashed = false;
    rmSync(join(this.options.folder, String(this.#lives - 1)), { recursive: true, force: true });
  }

  #begin(): void {
    this.#lives += 1;
    this.#ending = null;
    this.#expectsPowerCut = false;
    mkdirSync(this.#folder, { recursive: true });
  }
}

/** Copies a database with its write-ahead log, as they lie there; takes the target's place. */
export const copyDatabase = (from: string, to: string): void => {
  for (const end of ['', '-wal']) {
    rmSync(`${to}${end}`, { force: true });
    if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
};
