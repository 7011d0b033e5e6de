import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Explained } from '../explained.ts';

/** Where a desk keeps what must not lie beside its data: the replica's key, its address of central, its nonce. */
export interface Secrets {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Deletes everything that this desk keeps, but for those named. */
  clear(except: readonly string[]): Promise<void>;
  /** Whether they lie in a file that anyone with the disk can read. */
  readonly insecure: boolean;
}

/** Secrets in one JSON file of mode 0600. For made-up data, tests, and who asked for it in so many words. */
export const fileSecrets = (file: string): Secrets => {
  const read = (): Record<string, string> => {
    if (!existsSync(file)) return {};
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    } catch (fault) {
      throw new Explained(
        `The key file ${file} cannot be read (${codeOf(fault)}). Give this user access to it, or put a good copy back.`,
      );
    }
  };
  const write = (values: Record<string, string>): void => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // Whole or not at all: a half-written key file would be a lost replica.
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(values, null, 2), { mode: 0o600, flush: true });
    renameSync(fresh, file);
  };
  return {
    insecure: true,
    get: async (name) => read()[name] ?? null,
    set: async (name, value) => write({ ...read(), [name]: value }),
    delete: async (name) => {
      const { [name]: _gone, ...rest } = read();
      write(rest);
    },
    clear: async (except) => {
      if (!existsSync(file)) return;
      write(Object.fromEntries(Object.entries(read()).filter(([name]) => except.includes(name))));
    },
  };
};

const codeOf = (fault: unknown): string =>
  fault instanceof SyntaxError
    ? 'it is damaged'
    : fault instanceof Error && 'code' in fault
      ? String(fault.code)
      : 'unknown';
