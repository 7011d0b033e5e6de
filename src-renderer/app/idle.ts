/** Two clocks in milliseconds: the PC's own, and one that nobody can set but that may stand still while the PC sleeps. */
export interface Clocks {
  wall: number;
  steady: number;
}

/**
 * How long nobody has touched the screen. Both clocks are compared and the longer time counts: the PC's own goes on while
 * it sleeps, and the steady one cannot be set back. Timers only say when to look.
 */
export class IdleClock {
  #last: Clocks;

  constructor(now: Clocks) {
    this.#last = now;
  }

  touch(now: Clocks): void {
    this.#last = now;
  }

  idleMs(now: Clocks): number {
    return Math.max(now.wall - this.#last.wall, now.steady - this.#last.steady, 0);
  }
}
