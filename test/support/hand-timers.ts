import type { Timers } from '../../src-main/core/integrations/timers.ts';

/** Timers that go off when a test says how much time has passed. */
export class HandTimers implements Timers {
  #now = 0;
  #next = 0;
  readonly #set = new Map<number, { at: number; work: () => void }>();

  after(ms: number, work: () => void): () => void {
    const id = this.#next++;
    this.#set.set(id, { at: this.#now + ms, work });
    return () => this.#set.delete(id);
  }

  /** Lets so many milliseconds pass; what goes off may set timers that go off in the same stretch. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [id, soonest] = [...this.#set].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (id === undefined || !soonest || soonest.at > end) break;
      this.#set.delete(id);
      this.#now = soonest.at;
      soonest.work();
    }
    this.#now = end;
  }

  /** In how many milliseconds each timer goes off. */
  get waiting(): number[] {
    return [...this.#set.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }
}
