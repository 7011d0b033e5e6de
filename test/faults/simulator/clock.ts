/** The instant at which every schedule begins: the small clinic's working day, before its first slot. */
const beginning = Date.parse('2026-11-24T05:00:00.000Z');

/** The time of a simulated world. It stands still but for what a schedule does. */
export class Clock {
  #now = beginning;
  #ids = 0;

  /** Epoch milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Lets `ms` milliseconds go by. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** A UUIDv7 that no other call of this world gives; `ms` is the clock of whoever makes it. */
  newId(ms = this.#now): string {
    this.#ids += 1;
    const time = Math.max(0, ms).toString(16).padStart(12, '0');
    const count = this.#ids.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count}`;
  }
}
