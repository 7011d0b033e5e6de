import { setImmediate } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { dayOf } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';
import { slotHorizonDays } from '../doctors/settings.ts';
import { clinics } from '../schema/replica/index.ts';
import { makeAhead } from './make-ahead.ts';
import { readRules, rulesDigest } from './rules.ts';

export interface SlotJobOptions {
  /** Whether the replica has had its first sync. */
  ready(): boolean;
  /** How long after the start the first run begins, in milliseconds. */
  startMs?: number;
  /** How long another desk has for the slots of the rules that it changed, before this one looks, in milliseconds. */
  politeMs?: number;
}

/** What slots follow from. */
const RULES = ['schedule_templates', 'schedule_exceptions', 'clinic_locations', 'doctors', 'clinics'];
const START_MS = 5000;
const POLITE_MS = 15_000;
/** Commands that come together are answered together. */
const SOON_MS = 30;
const HOUR_MS = 3_600_000;
const UNREADY_MS = 1000;
const PUT_OFF_MS = 30_000;
/** Days of one doctor that are compared at a step; a few milliseconds each. */
const STEP_DAYS = 14;

/**
 * Keeps the bookable grid made: all of it after the start and when a new day begins, and that of the doctors concerned
 * right after a change of rules. What this desk changed waits in its outbox and is done at once; what another desk
 * changed usually comes with its slots, so this one only looks later whether something is missing. Runs between other
 * calls, a few milliseconds at a time.
 *
 * Its changes have the kind `makeSlots` and no actor. They are fleeting (`fleetingKinds`): not counted among those that
 * wait, and dropped when refused, since the next run makes them anew from what stands. Central keeps no audit of them
 * beside that of the rules (0005).
 */
export class SlotJob {
  readonly #desk: Desk;
  readonly #options: SlotJobOptions;
  readonly #stopListening: () => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Booked slots that the rules no longer give, by doctor. */
  readonly #held = new Map<string, string[]>();
  /** Doctors whose slots are to be made; null is all of them. */
  #due: Set<string> | null = new Set();
  /** The day and the rules that everything was last made for. */
  #madeOn = '';
  #madeFor = '';
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(desk: Desk, options: SlotJobOptions) {
    this.#desk = desk;
    this.#options = options;
    this.#stopListening = desk.replica.onTablesChanged((tables) => this.#hear(tables));
    this.#later('start', options.startMs ?? START_MS, () => this.#daily());
  }

  /** Makes the slots of these doctors, or of all; resolves when they stand, or are put off since the disk takes nothing. */
  run(doctorIds: readonly string[] | null = null): Promise<void> {
    if (doctorIds === null) this.#due = null;
    else for (const id of doctorIds) this.#due?.add(id);
    this.#running ??= this.#work()
      .catch((fault: unknown) => this.#putOff(fault))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  /** Ends after the step under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#running;
  }

  /** Which doctors are left is not known any more, so all of them are looked at then. */
  #putOff(fault: unknown): void {
    if (this.#desk.replica.health.met(fault) === null) throw fault;
    this.#due = null;
    this.#later('put off', PUT_OFF_MS, () => void this.run());
  }

  #later(name: string, ms: number, work: () => void): void {
    if (this.#stopped) return;
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(work, ms).unref());
  }

  /** Once a day everything; a desk that is not filled yet asks again soon. */
  #daily(): void {
    const ready = this.#options.ready();
    if (ready && this.#madeOn !== this.#today()) void this.run();
    this.#later('start', ready ? HOUR_MS : UNREADY_MS, () => this.#daily());
  }

  #hear(tables: ReadonlySet<string>): void {
    if (!this.#options.ready()) return;
    if (RULES.some((table) => tables.has(table))) {
      const mine = this.#changedHere();
      if (mine === null || mine.length > 0) this.#later('soon', SOON_MS, () => void this.run(mine));
      else this.#later('polite', this.#options.politeMs ?? POLITE_MS, () => this.#lookAtRules());
    }
    if (tables.has('appointments') && this.#held.size > 0)
      this.#later('held', SOON_MS, () => this.#lookAtHeld());
  }

  /** Most of what changes of a doctor, such as the next free time, is no rule. */
  #lookAtRules(): void {
    if (rulesDigest(this.#desk) !== this.#madeFor) void this.run();
  }

  /** The doctors whose rules have a change of this desk waiting; null for all. */
  #changedHere(): string[] | null {
    const doctors = this.#desk.replica
      .statement(
        `select t.doctor_id from outbox_rows r join schedule_templates t on t.id = r.row_id
           where r.table_name = 'schedule_templates'
         union select e.doctor_id from outbox_rows r join schedule_exceptions e on e.id = r.row_id
           where r.table_name = 'schedule_exceptions'
         union select row_id from outbox_rows where table_name = 'doctors'
         union select null from outbox_rows where table_name in ('clinics', 'clinic_locations')`,
      )
      .pluck()
      .all() as (string | null)[];
    return doctors.includes(null) ? null : doctors.filter((id) => id !== null);
  }

  async #work(): Promise<void> {
    while (!this.#stopped && (this.#due === null || this.#due.size > 0)) {
      const all = this.#due === null;
      const doctorIds = this.#due === null ? this.#doctors() : [...this.#due];
      this.#due = new Set();
      const today = this.#today();
      const rules = rulesDigest(this.#desk);
      for (const doctorId of doctorIds) await this.#makeDoctor(doctorId, today);
      if (all && !this.#stopped) [this.#madeOn, this.#madeFor] = [today, rules];
    }
  }

  async #makeDoctor(doctorId: string, today: string): Promise<void> {
    const held: string[] = [];
    const days = this.#horizon();
    for (let day = 0; day <= days; day += STEP_DAYS) {
      // Read anew at each step: the rules may have changed in between.
      const from = plusDays(today, day);
      const to = plusDays(today, Math.min(days, day + STEP_DAYS - 1));
      const steps = makeAhead(this.#desk, readRules(this.#desk, doctorId), { doctorId, from, to });
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) {
          held.push(...step.value);
          break;
        }
        await setImmediate();
        if (this.#stopped) return;
      }
    }
    if (held.length > 0) this.#held.set(doctorId, held);
    else this.#held.delete(doctorId);
  }

  #doctors(): string[] {
    return this.#desk.replica
      .statement('select id from doctors order by sort_order, id')
      .pluck()
      .all() as string[];
  }

  #horizon(): number {
    return slotHorizonDays(this.#desk.replica.orm.select().from(clinics).get()?.settings ?? {});
  }

  /** The earliest of the days that it is at the clinic's locations. */
  #today(): string {
    const zones = this.#desk.replica
      .statement(
        'select timezone from clinic_locations where deleted_at is null union select timezone from clinics',
      )
      .pluck()
      .all() as string[];
    const now = Date.parse(this.#desk.now());
    return zones.map((zone) => dayOf(now, zone)).sort()[0] ?? dayOf(now, 'UTC');
  }

  /** Slots that were booked and that the rules no longer give go when their appointment has gone. */
  #lookAtHeld(): void {
    const free = this.#desk.replica.statement(
      `select 1 from json_each(?) h where not exists (select 1 from appointments a where a.slot_id = h.value
         and a.status not in ('cancelled', 'no_show', 'left'))`,
    );
    const doctors = [...this.#held].filter(([, slots]) => free.get(JSON.stringify(slots))).map(([id]) => id);
    if (doctors.length > 0) void this.run(doctors);
  }
}

const plusDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
