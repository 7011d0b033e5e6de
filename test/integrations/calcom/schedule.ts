import { book } from '../../../src-main/core/appointments/book.ts';
import { cancel } from '../../../src-main/core/appointments/cancel.ts';
import { move } from '../../../src-main/core/appointments/move.ts';
import { noShow } from '../../../src-main/core/appointments/no-show.ts';
import { reschedule } from '../../../src-main/core/appointments/reschedule.ts';
import { restore } from '../../../src-main/core/appointments/restore.ts';
import { readAppointment } from '../../../src-main/core/appointments/view.ts';
import { decideOutside } from '../../../src-main/core/integrations/outside/decide.ts';
import { anyone } from '../../support/desk.ts';
import { at, type CalClinic, type CalDesk, eventTypes } from './clinic.ts';

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const SLOTS = 16;

/** One thing after the other, each by whoever happens to do it: a desk, a patient or a host at Cal.com, a run, bad luck. */
export class Schedule {
  readonly #clinic: CalClinic;
  readonly #random: () => number;
  readonly #offline = new Set<CalDesk>();
  #people = 0;

  constructor(clinic: CalClinic, random: () => number) {
    this.#clinic = clinic;
    this.#random = random;
  }

  async step(): Promise<void> {
    const steps: [number, () => unknown][] = [
      [10, () => this.#here()],
      [10, () => this.#there()],
      [10, () => this.#run()],
      [1, () => this.#toggleLine()],
      [2, () => this.#decide()],
    ];
    await this.#weighted(steps)();
    // What is online is in step, so that a seed says all.
    const online = this.#clinic.liveDesks.filter((desk) => !this.#offline.has(desk));
    for (const desk of online) await desk.quiet();
    for (const desk of online) await desk.caughtUp();
  }

  #here(): void {
    const desk = this.#desk();
    const appointment = this.#of(desk.appointments());
    const appointmentId = appointment?.id ?? '';
    // What is refused, as a time that is taken, simply did not happen.
    this.#weighted<() => unknown>([
      [5, () => this.#book(desk)],
      [3, () => reschedule(desk, anyone, { appointmentId, slotId: this.#slot() })],
      [2, () => cancel(desk, anyone, { appointmentId, reason: '' })],
      [1, () => restore(desk, anyone, { appointmentId })],
      [2, () => noShow(desk, anyone, { appointmentId })],
      [2, () => this.#accept(desk)],
    ])();
  }

  #book(desk: CalDesk): unknown {
    const { patients, visitTypeId } = this.#clinic;
    return book(desk, anyone, { slotId: this.#slot(), patientId: this.#of(patients) ?? '', visitTypeId });
  }

  #accept(desk: CalDesk): unknown {
    const asked = this.#of(desk.appointments().filter(({ status }) => status === 'pending'));
    const appointment = asked && readAppointment(desk, asked.id);
    return appointment && move(desk, anyone, 'acceptRequest', appointment, 'scheduled');
  }

  #there(): void {
    const { cal } = this.#clinic;
    const { uid = '', attendees = [] } = this.#of([...cal.book.bookings.values()]) ?? {};
    const email = attendees[0]?.email ?? '';
    this.#weighted<() => unknown>([
      [5, () => this.#bookThere()],
      [3, () => cal.book.move(uid, this.#time(), { byOwner: this.#random() < 0.3 })],
      [2, () => cal.book.cancel(uid)],
      [1, () => cal.book.confirm(uid)],
      [1, () => cal.book.decline(uid)],
      [1, () => cal.book.markAbsent(uid, [{ email, absent: this.#random() < 0.7 }])],
    ])();
  }

  #bookThere(): unknown {
    this.#people += 1;
    const { maria, nikos, asked } = eventTypes;
    return this.#clinic.cal.book.book({
      eventTypeId: this.#of([maria, nikos, asked]) ?? maria,
      start: this.#time(),
      attendee: {
        name: `Guest Number${this.#people}`,
        timeZone: 'Europe/Athens',
        ...(this.#random() < 0.7
          ? { email: `guest${this.#people % 7}@example.com` }
          : { phoneNumber: `+3069700000${10 + this.#people}` }),
      },
    });
  }

  /** A run, which any misfortune may befall. */
  async #run(): Promise<void> {
    const desk = this.#desk();
    if (this.#offline.has(desk)) return;
    this.#misfortune();
    const endCrash =
      this.#random() < 0.2 ? crashAt(desk, 1 + Math.floor(this.#random() * 6)) : () => undefined;
    await desk.run();
    endCrash();
    this.#clinic.cal.faults.clear();
  }

  #misfortune(): void {
    const { faults } = this.#clinic.cal;
    const path = this.#random() < 0.7 ? '/v2/bookings/' : '/v2/bookings';
    const where = { path, after: Math.floor(this.#random() * 3), times: 1 + Math.floor(this.#random() * 3) };
    const reset = this.#random() < 0.5 ? '2' : String(Date.now() / 1000 + 1);
    this.#weighted<() => unknown>([
      [4, () => undefined],
      [2, () => faults.plan({ kind: 'cut' }, where)],
      [1, () => faults.plan({ kind: 'half' }, where)],
      [1, () => faults.plan({ kind: 'status', status: 500 }, where)],
      [1, () => faults.plan({ kind: 'status', status: 429, headers: { 'x-ratelimit-reset': reset } }, where)],
    ])();
  }

  #toggleLine(): void {
    const desk = this.#desk();
    const goes = !this.#offline.delete(desk);
    if (goes) this.#offline.add(desk);
    desk.engine.workOffline(goes);
  }

  /** Somebody decides about what is open. */
  #decide(): unknown {
    const desk = this.#desk();
    const row = this.#of(
      desk.rows().filter(({ problem, decision }) => problem !== null && decision === null),
    );
    if (!row) return undefined;
    const decision = row.problem === 'taken' ? (this.#of(['move', 'decline'] as const) ?? 'move') : 'retry';
    return decideOutside(desk, anyone, { id: row.id, decision });
  }

  #desk(): CalDesk {
    const desk = this.#of(this.#clinic.liveDesks);
    if (!desk) throw new Error('no desk');
    return desk;
  }

  #slot(): string {
    return this.#of(this.#of(this.#clinic.doctors)?.slots ?? []) ?? '';
  }

  #time(): string {
    return at(Math.floor(this.#random() * SLOTS));
  }

  #of<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.#random() * choices.length)];
  }

  #weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.#random() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    throw new Error('nothing to choose');
  }
}

/** The desk's program ends while it writes the n-th change from now on: nothing of that one is kept. Returns how to go on. */
export const crashAt = (desk: CalDesk, nth: number): (() => void) => {
  let left = nth;
  desk.breakDown = () => {
    left -= 1;
    if (left <= 0) throw new Error('the desk went down');
  };
  return () => {
    desk.breakDown = () => undefined;
  };
};
