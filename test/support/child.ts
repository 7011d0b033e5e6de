import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program of `test/support/children` under way. */
export interface Child {
  /** Whole lines that it has said so far. */
  lines(): string[];
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves when it has said a line that `test` takes. */
  said(test: (line: string) => boolean): Promise<void>;
}

/** Starts one with arguments. */
export const startChild = (name: string, args: string[]): Child => {
  const program = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    for (const listener of listeners) listener();
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const lines = () => text.split('\n').slice(0, -1);
  return {
    lines,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    said: (test) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (lines().some(test)) resolve();
        };
        listeners.add(look);
        void closed.then(() => reject(new Error(`${name} ended: ${text.slice(-500)}`)));
        look();
      }),
  };
};
