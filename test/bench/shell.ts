import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { places } from '../../src-main/core/places.ts';
import { ensureScreens } from '../../src-main/shell/screens.ts';
import { chromiumArgs, ensureChromium } from '../support/chromium.ts';
import { until } from '../support/until.ts';

/** The web shell in a process of its own. */
export interface Shell {
  url: string;
  /** From starting the process until it printed its address. */
  ms: number;
  ask(call: string, input: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the web shell and waits for its address; the screens are built before the clock runs. */
export const startShell = async (data: string, centralUrl: string): Promise<Shell> => {
  await ensureScreens();
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(places.root, 'src-main/run.mjs'),
      ...['web', '--port', '0', '--no-open', '--insecure-key-file'],
      ...['--data', data, '--desk', 'Bench', '--central', centralUrl],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ANTEROOM_KEEP_SCREENS: '1' } },
  );
  const url = await addressOf(child);
  const ms = performance.now() - start;
  const { origin, searchParams } = new URL(url);
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${searchParams.get('token')}`,
  };
  return {
    url,
    ms,
    ask: async (call, input) => {
      const response = await fetch(`${origin}/call/${call}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      });
      const result = (await response.json()) as { ok: boolean; value: unknown; error?: unknown };
      if (!result.ok) throw new Error(`${call}: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    stop: () => end(child),
  };
};

/** Waits for the first sync of a shell's desk. */
export const untilSynced = (shell: Shell): Promise<unknown> =>
  until(
    'the desk has had its first sync',
    async () => ((await shell.ask('syncState', {})) as { phase: string }).phase === 'online',
    3_600_000,
  );

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs() });

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      const url = /^Anteroom is at (\S+)\n/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the web shell ended with ${code}`)));
  });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};
