/**
 * Resolves at Ctrl+C, at a polite kill, or when the terminal goes. A second signal ends the process at once,
 * for the case that closing takes too long.
 */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
  });
