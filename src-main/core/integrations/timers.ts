/** Timers that a test can hold in its hand. `after` returns how to call it off. */
export interface Timers {
  after(ms: number, work: () => void): () => void;
}

/** Node's, which keep no program running. */
export const realTimers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};
