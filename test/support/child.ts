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
  /** Resolves when it has ended, with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>;
}

/** The step of `kill-at.ts` at which a child is killed, as a regular expression; `nth` counts from 1. */
export interface KillAt {
  step: string;
  when: 'before' | 'after';
  nth?: number;
}

const killAtProgram = new URL('./kill-at.ts', import.meta.url).href;
/** Loads the packages faster, as the shells do. */
const quickImports = new URL('../../src-main/core/quick-imports.ts', import.meta.url).href;

/** Starts one with arguments, and has it killed at a step where one is given. */
export const startChild = (name: string, args: string[], killAt?: KillAt): Child => {
  const program = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  const child = spawn(
    process.execPath,
    [...(killAt ? ['--import', quickImports, '--import', killAtProgram] : []), program, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...(killAt ? { KILL_AT: JSON.stringify(killAt) } : {}) },
    },
  );
  let text = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    for (const listener of listeners) listener();
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on('close', (_code, signal) => resolve(signal)),
  );
  const lines = () => text.split('\n').slice(0, -1);
  return {
    lines,
    ended: closed,
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
