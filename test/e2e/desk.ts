import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput, CallResult } from '../../src-main/contract/calls.ts';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { places } from '../../src-main/core/places.ts';
import { startProxy } from '../support/proxy.ts';
import { until } from '../support/until.ts';

/** A desk as a person has it: a process of its own, a browser window, and a cable to central. */
export interface E2eDesk {
  name: string;
  /** The address with the token, as the shell printed it. */
  url: string;
  /** The folder of everything that it keeps. */
  data: string;
  /** A window of this desk alone, on the day board. */
  page: Page;
  /** What a screen would get from a call. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResult<N>>;
  /** The value of a call that is expected to succeed. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Pulls the cable to central and waits until the desk has noticed. */
  cutNetwork(): Promise<void>;
  /** Plugs it in again and waits until everything is sent. */
  mendNetwork(): Promise<void>;
  /** Waits until the desk is connected and nothing waits to be sent. */
  settled(): Promise<SyncState>;
  /** Ends the process without warning, as a power cut does, and starts it again; the page opens anew. */
  crashAndRestart(): Promise<void>;
}

export interface RunningDesk extends E2eDesk {
  /** Faults that the pages reported: errors of scripts and breaches of the policy. */
  faults: string[];
  stop(): Promise<void>;
}

/**
 * Starts the web shell for `centralUrl` by way of a proxy and opens its board in a window of its own; or, where people sign
 * in, the page at its door.
 */
export const startDesk = async (
  browser: Browser,
  name: string,
  centralUrl: string,
  { signsIn = false } = {},
): Promise<RunningDesk> => {
  const data = mkdtempSync(join(tmpdir(), 'anteroom-desk-'));
  const proxy = await startProxy(centralUrl);
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = watch(page);
  const start = () => startShell(['--data', data, '--desk', name, '--central', proxy.through(centralUrl)]);
  let shell = await start();

  const call = async <N extends CallName>(callName: N, input: CallInput<N>): Promise<CallResult<N>> => {
    const url = new URL(shell.url);
    const response = await fetch(`${url.origin}/call/${callName}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${url.searchParams.get('token')}`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as CallResult<N>;
  };
  const ask = async <N extends CallName>(callName: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await call(callName, input);
    if (!result.ok) throw new Error(`${callName}: ${JSON.stringify(result.error)}`);
    return result.value as CallOutput<N>;
  };
  const settled = (): Promise<SyncState> =>
    until(`${name} is online and has sent everything`, async () => {
      const state = await ask('syncState', {});
      return state.phase === 'online' && state.waiting === 0 ? state : null;
    });
  const openBoard = async (): Promise<void> => {
    if (!signsIn) await settled();
    await page.goto(shell.url);
    await (signsIn ? page.getByRole('combobox').waitFor() : showsBoard(page));
  };

  const stop = async (): Promise<void> => {
    await context.close();
    await end(shell.process, 'SIGTERM');
    await proxy.close();
    rmSync(data, { recursive: true, force: true });
  };

  try {
    await openBoard();
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    name,
    data,
    page,
    faults,
    call,
    ask,
    settled,
    get url() {
      return shell.url;
    },
    cutNetwork: async () => {
      proxy.cut();
      await until(`${name} is offline`, async () => (await ask('syncState', {})).phase === 'offline');
    },
    mendNetwork: async () => {
      proxy.mend();
      await settled();
    },
    crashAndRestart: async () => {
      await end(shell.process, 'SIGKILL');
      shell = await start();
      await openBoard();
    },
    stop,
  };
};

/** Waits until the day board has its columns. */
export const showsBoard = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Day board' }).getByRole('heading').first().waitFor();

/** Runs the web shell until it has printed its address. */
export const startShell = async (
  args: string[],
  limitMs = 30_000,
): Promise<{ process: ChildProcess; url: string }> => {
  const shell = spawn(
    process.execPath,
    [
      join(places.root, 'src-main/run.mjs'),
      'web',
      '--port',
      '0',
      '--no-open',
      '--insecure-key-file',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let complained = '';
  shell.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  shell.stderr.setEncoding('utf8').on('data', (piece: string) => {
    complained += piece;
  });
  const url = await until(
    'the web shell printed its address',
    () => {
      if (shell.exitCode !== null) throw new Error(`the web shell ended: ${complained}`);
      return /^Anteroom is at (\S+)\n/.exec(said)?.[1];
    },
    limitMs,
  );
  return { process: shell, url };
};

/** Ends a shell by a signal. */
export const end = async (shell: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  shell.kill(signal);
  await once(shell, 'exit');
};

/** How Chromium reports a call whose other end went away, by when it went. */
const cutOff = /net::ERR_(CONNECTION|SOCKET|EMPTY_RESPONSE|INCOMPLETE)|WebSocket connection/;

/** What went wrong in a page without anybody looking. A call that the network cut off is not a fault of the page. */
const watch = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !cutOff.test(message.text())) {
      faults.push(message.text());
    }
  });
  return faults;
};
