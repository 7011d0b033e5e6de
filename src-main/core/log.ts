/** Facts for a log line: codes, counts, names of tables and calls. Never a patient's value, never a secret. */
export type Facts = Record<string, string | number | boolean | null> & {
  // What every line has of its own.
  at?: never;
  level?: never;
  message?: never;
};

export interface Log {
  info(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

/** A line is one JSON object: `at`, `level` (`info` or `error`), `message`, and the facts beside them. */
export const logTo = (write: (line: string) => void): Log => {
  const line = (level: string, message: string, facts: Facts = {}): string =>
    `${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`;
  return {
    info: (message, facts) => write(line('info', message, facts)),
    error: (message, facts) => write(line('error', message, facts)),
  };
};

/** Writes to standard error. */
export const stderrLog: Log = logTo((line) => process.stderr.write(line));

/** Drops everything; for tests and benches. */
export const noLog: Log = { info: () => undefined, error: () => undefined };
