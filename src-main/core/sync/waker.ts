/** Lets one loop sleep until it is woken or a time has passed. A wake that comes before the sleep is not lost. */
export class Waker {
  #woken = false;
  #sleeper: (() => void) | undefined;

  wake(): void {
    this.#woken = true;
    this.#sleeper?.();
  }

  /** Resolves when woken, or after `ms`; tells whether it was woken. Keeps no process alive. */
  sleep(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#sleeper = undefined;
        const woken = this.#woken;
        this.#woken = false;
        resolve(woken);
      };
      const timer = setTimeout(finish, ms).unref();
      this.#sleeper = finish;
      if (this.#woken) finish();
    });
  }
}
