import { join } from 'node:path';
import { readDeskState } from '../../../src-main/core/replica/desk-state.ts';
import { type Act, callKinds, type Kind, type Schedule, wordOf } from './acts.ts';
import { Broken } from './broken.ts';
import type { Picture, SimulatedCentral } from './central.ts';
import { checkAll, checkOneHistory, outcomesAt } from './checks.ts';
import { clinic } from './clinic.ts';
import { Clock } from './clock.ts';
import { watchCommits } from './commit-points.ts';
import { Crash } from './crash.ts';
import type { LineFault } from './line.ts';
import { doCall } from './people.ts';
import type { Drove, Program } from './program.ts';
import { pick } from './random.ts';
import { copyDatabase, Station } from './station.ts';
import { checkOwnWrites, copyOf, Truth } from './truth.ts';

/** Between two acts, in milliseconds. */
const pace = 20_000;
const hour = 3_600_000;
/** By what desks' clocks may be wrong, in hours. */
const clockErrors = [0, 0, -5, 1, -26, 3];
const oldVersions = [1, 2, 4];

export interface WorldOptions {
  central: SimulatedCentral;
  /** A folder of this world's own, empty. */
  folder: string;
  /** The replicas of the clinic's desks as they were on the first morning, in order. */
  replicas: readonly string[];
}

/** One run of a schedule: a clinic, its desks, and all that befalls them. */
export class World {
  /** What happened, a line for each act. */
  readonly trace: string[] = [];
  readonly #options: WorldOptions;
  readonly #schedule: Schedule;
  readonly #clock = new Clock();
  readonly #truth = new Truth();
  readonly #stations: Station[] = [];
  #backup: Picture;
  #hasUnknownCopy = false;
  #wasRestored = false;

  constructor(schedule: Schedule, options: WorldOptions) {
    this.#schedule = schedule;
    this.#options = options;
    this.#backup = options.central.morning;
  }

  /** Plays the schedule to its end, then lets every desk come to rest and checks all rules; throws Broken. */
  async play(): Promise<void> {
    const { central } = this.#options;
    watchCommits((file, point, durable) => {
      for (const station of this.#stations) station.atCommit(file, point, durable);
    });
    await central.begin(this.#clock);
    for (let at = 0; at < this.#schedule.desks; at += 1) await this.#addDesk(at);
    try {
      for (const act of this.#schedule.acts) await this.#do(act);
      await this.#settle();
      const outcomes = await outcomesAt(central);
      this.trace.push(`central: ${[...outcomes].map(([id, outcome]) => `${id} ${outcome}`).sort()}`);
      await checkAll(central, await this.#replicas(), {
        truth: this.#truth,
        wasRestored: this.#wasRestored,
      });
      if (!this.#wasRestored) await checkOneHistory(central);
    } catch (fault) {
      throw fault instanceof Broken ? fault : new Broken('no fault', describe(fault));
    } finally {
      for (const station of this.#stations) await station.stop();
    }
  }

  async #addDesk(at: number): Promise<void> {
    const station = this.#newStation(at);
    await station.replaceFile(this.#options.replicas[at] ?? null);
    await station.program();
  }

  #newStation(at: number): Station {
    const { role } = pick(clinic.desks, at);
    const machine = String(this.#stations.length);
    const station = new Station({
      central: this.#options.central,
      clock: this.#clock,
      folder: join(this.#options.folder, machine),
      role,
      machine,
      nonce: this.#schedule.nonces,
      notified: (from) => this.#tell(from),
      met: ({ replica }) => this.#truth.noteMet(replica, machine),
    });
    this.#stations.push(station);
    return station;
  }

  #tell(from: Program): void {
    for (const { running } of this.#stations) if (running && running !== from) running.hear();
  }

  async #do(act: Act): Promise<void> {
    this.#clock.pass(pace);
    await this.#options.central.at(this.#clock);
    const station = pick(this.#stations, act.who);
    const came = await this.#surviving(() => this.#actOf(station, act));
    const { running } = station;
    this.trace.push(`${wordOf(act)} → ${running ? came : 'the program ended'}`);
    if (!running) return;
    this.#truth.noteTold(running.replica);
    this.#truth.noteRefused(running.replica);
    checkOwnWrites(running.replica);
  }

  /** A program that ends in the middle is no fault of its own. */
  async #surviving(work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (fault) {
      if (fault instanceof Crash) return 'crash';
      throw fault;
    }
  }

  async #actOf(station: Station, act: Act): Promise<string> {
    if (isCallKind(act.act)) return this.#ask(station, act, act.act);
    return this.#acts[act.act](station, act);
  }

  async #ask(station: Station, act: Act, kind: (typeof callKinds)[number]): Promise<string> {
    const answer = await doCall(station, act, kind);
    if (answer === null) return 'nothing to do';
    if (answer.ok) return this.#note(station, answer.value);
    if (answer.error.code === 'internal' && station.running) {
      throw new Broken('no fault', `${wordOf(act)}: ${JSON.stringify(answer.error.details)}`);
    }
    return answer.error.code;
  }

  /** What the desk says of an appointment is what its patient is told. */
  #note(station: Station, value: unknown): string {
    const { running } = station;
    if (!running || this.#hasUnknownCopy || !isPromised(value)) return 'done';
    this.#truth.noteCertain(running.replica, station.options.machine, value.id);
    return 'certain';
  }

  readonly #acts: Record<
    Exclude<Kind, (typeof callKinds)[number]>,
    (station: Station, act: Act) => Promise<string>
  > = {
    sync: async (station) => (await station.program()).sync(),
    step: async (station) => (await station.program()).step(),
    loseRequest: (station, act) => this.#onLine(station, act, 'loseRequest'),
    loseAnswer: (station, act) => this.#onLine(station, act, 'loseAnswer'),
    sendTwice: (station, act) => this.#onLine(station, act, 'sendTwice'),
    holdRequest: (station, act) => this.#onLine(station, act, 'holdRequest'),
    holdAnswer: (station, act) => this.#onLine(station, act, 'holdAnswer'),
    goOn: async (station) => (await station.program()).goOn(),
    loseNotices: async (station, { n }) => {
      (await station.program()).deaf = n % 2 === 0;
      return n % 2 === 0 ? 'deaf' : 'hears';
    },
    cut: async (station) => {
      await (await station.program()).cut();
      return 'cut';
    },
    restart: async (station) => {
      await station.stop();
      await station.program();
      return 'started';
    },
    kill: async (station) => {
      await station.kill();
      return 'killed';
    },
    killSoon: async (station, { n, m }) => this.#endAt(station, n, m, false),
    powerCutSoon: async (station, { n, m }) => this.#endAt(station, n, m, true),
    checkpoint: async (station) => {
      (await station.program()).replica.checkpoint();
      return 'moved';
    },
    keepCopy: async (station) => {
      await station.program();
      station.copyTo(this.#copyOf(station));
      station.hasCopy = true;
      this.#truth.noteCopied(station.options.machine, copyOf(station.options.machine));
      return 'copied';
    },
    putCopyBack: async (station) => {
      const { machine } = station.options;
      await station.replaceFile(station.hasCopy ? this.#copyOf(station) : this.#morningOf(station));
      this.#truth.noteCopied(station.hasCopy ? copyOf(machine) : null, machine);
      this.#forgetWithoutNonces();
      return this.#lost('put back');
    },
    loseFile: async (station) => {
      await station.replaceFile(null);
      this.#truth.noteCopied(null, station.options.machine);
      return this.#lost('lost');
    },
    clone: (station) => this.#clone(station),
    setClock: async (station, { n }) => {
      station.clockOffset = pick(clockErrors, n) * hour;
      return `${station.clockOffset / hour} h`;
    },
    oldVersion: async (station, { n, m }) => {
      const version = n % 2 === 0 ? pick(oldVersions, m) : null;
      (await station.program()).version = version;
      return String(version);
    },
    backUp: async () => {
      this.#backup = await this.#options.central.backUp();
      return 'backed up';
    },
    restoreCentral: () => this.#restore(false),
    restoreElsewhere: () => this.#restore(true),
    wait: async (_station, { n }) => {
      this.#clock.pass(pick([5_000, 30_000, 120_000, 6 * 60_000], n));
      await this.#options.central.at(this.#clock);
      return 'waited';
    },
  };

  /** Some steps of a desk's sync, at one request of which the line goes wrong. */
  async #onLine(station: Station, { n, m }: Act, fault: LineFault): Promise<string> {
    const program = await station.program();
    let drove: Drove = 'more';
    for (let steps = 0; steps <= m % 3 && drove === 'more'; steps += 1) {
      drove = await program.step(steps === 0 ? { fault, after: n % 12 } : null);
    }
    return drove;
  }

  async #endAt(station: Station, n: number, m: number, power: boolean): Promise<string> {
    await station.program();
    station.endAt({ after: n % 7, point: m % 2 === 0 ? 'before' : 'after', power });
    return `at commit ${n % 7}`;
  }

  #copyOf(station: Station): string {
    return join(this.#options.folder, `copy-${this.#stations.indexOf(station)}.db`);
  }

  #morningOf(station: Station): string | null {
    return (
      this.#options.replicas[clinic.desks.findIndex(({ role }) => role === station.options.role)] ?? null
    );
  }

  /** Another machine gets a copy of this one's file; there is one such machine in a world. */
  async #clone(station: Station): Promise<string> {
    if (this.#stations.length > this.#schedule.desks) return 'there is one';
    const copy = join(this.#options.folder, 'clone.db');
    await station.program();
    station.copyTo(copy);
    const at = clinic.desks.findIndex(({ role }) => role === station.options.role);
    const other = this.#newStation(at);
    await other.replaceFile(copy);
    this.#truth.noteCopied(station.options.machine, other.options.machine);
    this.#forgetWithoutNonces();
    return 'cloned';
  }

  /** A copy that no keychain tells from its original keeps what that one keeps: the stated exception. */
  #forgetWithoutNonces(): void {
    if (!this.#schedule.nonces) this.#truth.certain.clear();
    this.#hasUnknownCopy ||= !this.#schedule.nonces;
  }

  async #restore(elsewhere: boolean): Promise<string> {
    for (const { running } of this.#stations) await running?.cut();
    this.#truth.forgetUncertain(await this.#replicas(), await outcomesAt(this.#options.central));
    await this.#options.central.restore(this.#backup, elsewhere);
    this.#wasRestored = true;
    return this.#lost('restored');
  }

  /** What stood nowhere else is gone. */
  async #lost(came: string): Promise<string> {
    this.#truth.forgetLost(await this.#replicas(), await outcomesAt(this.#options.central));
    return came;
  }

  async #replicas() {
    const replicas = [];
    for (const station of this.#stations) replicas.push((await station.program()).replica);
    return replicas;
  }

  /** Everything is mended, and every desk syncs until nothing changes any more. */
  async #settle(): Promise<void> {
    for (const station of this.#stations) {
      station.endNever();
      const program = await station.program();
      program.version = null;
      program.deaf = false;
      if (program.held) await program.goOn();
      await program.cut();
    }
    for (let round = 0; round < 12; round += 1) {
      this.#clock.pass(pace);
      await this.#options.central.at(this.#clock);
      const before = await this.#standing();
      for (const station of this.#stations) {
        const program = await station.program();
        await program.sync();
        this.#truth.noteRefused(program.replica);
      }
      if ((await this.#standing()) === before && this.#isQuiet()) return;
    }
    throw new Broken('desks come to rest', await this.#standing());
  }

  async #standing(): Promise<string> {
    const [head] = await this.#options.central.ask<{ seq: string }>('select seq from heads');
    const desks = this.#stations.map(({ running }) => {
      if (!running) return 'ended';
      const { cursor } = readDeskState(running.replica);
      return `${cursor}/${String(running.replica.db.prepare('select count(*) from outbox').pluck().get())}`;
    });
    return `${head?.seq}: ${desks.join(' ')}`;
  }

  #isQuiet(): boolean {
    return this.#stations.every(
      ({ running }) => running?.replica.db.prepare('select count(*) from outbox').pluck().get() === 0,
    );
  }
}

const isCallKind = (kind: Kind): kind is (typeof callKinds)[number] =>
  (callKinds as readonly string[]).includes(kind);

const isPromised = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'promise' in value && value.promise === 'certain';

const describe = (fault: unknown): string =>
  fault instanceof Error ? `${fault.message}\n${fault.stack}` : String(fault);

/** The file of a desk of the clinic as it was on the first morning. */
export const firstMorning = async (
  central: SimulatedCentral,
  folder: string,
  at: number,
): Promise<string> => {
  const clock = new Clock();
  // No id of one desk's morning is that of another's, nor of anything later.
  clock.pass(-(at + 1) * hour);
  await central.begin(clock);
  const { role } = pick(clinic.desks, at);
  const station = new Station({
    central,
    clock,
    folder: join(folder, `making-${at}`),
    role,
    machine: '0',
    nonce: false,
    notified: () => undefined,
    met: () => undefined,
  });
  await (await station.program()).sync();
  const { replica } = await station.program();
  replica.db.pragma('wal_checkpoint(TRUNCATE)');
  const file = join(folder, `morning-${at}.db`);
  copyDatabase(station.file, file);
  await station.stop();
  return file;
};
