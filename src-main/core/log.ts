/** Facts for a log line: codes, counts, names of tables and calls. Never a patient's value, never a secret. */
export type Facts = Record<string, string | number | boolean | null>;

export interface Log {
  info(message: string, facts?: Facts): void;
  error(message: string, facts?: Facts): void;
}

const line = (level: string, message: string, facts: Facts = {}): string =>
  `${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`;

/** Writes JSON lines to standard error. */
export const stderrLog: Log = {
  info: (message, facts) => process.stderr.write(line('info', message, facts)),
  error: (message, facts) => process.stderr.write(line('error', message, facts)),
};

/** Drops everything; for tests and benches. */
export const noLog: Log = { info: () => undefined, error: () => undefined };
