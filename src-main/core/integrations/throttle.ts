import type { Timers } from './timers.ts';

const LEAST_MS = 250;

/** Calls `work` at once, and then at most four times a second; the last call is never left out. */
export class Throttle {
  readonly #timers: Timers;
  readonly #work: () => void;
  #cancel: (() => void) | null = null;
  #again = false;

  constructor(timers: Timers, work: () => void) {
    this.#timers = timers;
    this.#work = work;
  }

  call(): void {
    if (this.#cancel) {
      this.#again = true;
      return;
    }
    this.#work();
    this.#cancel = this.#timers.after(LEAST_MS, () => {
      this.#cancel = null;
      if (!this.#again) return;
      this.#again = false;
      this.call();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#again = false;
  }
}
