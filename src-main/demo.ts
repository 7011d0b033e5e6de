import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Explained } from './core/explained.ts';
import { places } from './core/places.ts';
import { connectOutside, prepareOutside } from './demo-outside.ts';
import { ensureScreens } from './shell/screens.ts';
import { untilStopped } from './shell/until-stopped.ts';

const desks = ['Reception', 'Second desk'];

/**
 * `npm run demo`: one central with the sample clinic and two desks, each a process of its own with its own
 * replica. Without `--data` everything is thrown away at the end. `--with-outside` makes it a clinic of vets and connects
 * it with stand-ins for IDEXX Neo and Cal.com.
 */
export const main = async (args: string[]): Promise<void> => {
  const options = { data: { type: 'string' }, 'with-outside': { type: 'boolean' } } as const;
  const { values } = parseArgs({ args, options });
  const withOutside = values['with-outside'] ?? false;
  const data = values.data ? resolve(values.data) : temporaryFolder();
  const stopped = untilStopped();
  const running: ChildProcess[] = [];
  const urls: string[] = [];
  try {
    if (withOutside) await prepareOutside(data);
    await ensureScreens();
    process.env['ANTEROOM_KEEP_SCREENS'] = '1';
    for (const desk of desks) {
      const child = startDesk(data, desk);
      running.push(child);
      const url = await address(child, desk);
      urls.push(url);
      process.stdout.write(`${desk}: ${url}\n`);
    }
    if (withOutside) running.push(await showOutside(urls[0] ?? ''));
    else process.stdout.write('Open both, book at one and watch the other. Ctrl+C ends them.\n');
    await Promise.race([stopped, ...running.map((child) => once(child, 'exit'))]);
  } finally {
    await Promise.all(running.map(end));
    if (!values.data) rmSync(data, { recursive: true, force: true });
  }
  process.exit(0);
};

/** Connects the first desk with the stand-ins, and says what is to be seen. */
const showOutside = async (deskUrl: string): Promise<ChildProcess> => {
  process.stdout.write('Reading from the stand-ins for IDEXX Neo and Cal.com …\n');
  const { child, calComUrl } = await connectOutside(deskUrl);
  process.stdout.write(
    [
      `Cal.com (stand-in): ${calComUrl}/`,
      'Neo’s day is on the board, its finished consultations are on the patients’ pages and under Calls; the inbox has a booking that does not fit.',
      'Choose the Cal.com booking on the board and press C: within half a minute it is struck through on the Cal.com page. Ctrl+C ends it all.',
      '',
    ].join('\n'),
  );
  return child;
};

/** Postgres does not run as root; its own user has to reach its folder, which lies in this one. */
const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-demo-'));
  chmodSync(folder, 0o711);
  return folder;
};

const startDesk = (data: string, desk: string): ChildProcess =>
  spawn(
    process.execPath,
    [
      join(places.root, 'src-main/run.mjs'),
      'web',
      '--data',
      data,
      '--desk',
      desk,
      '--no-open',
      '--insecure-key-file',
    ],
    // A group of its own: Ctrl+C reaches the desks through `end`, in order.
    { stdio: ['ignore', 'pipe', 'inherit'], detached: process.platform !== 'win32' },
  );

const address = async (child: ChildProcess, desk: string): Promise<string> => {
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Anteroom is at (\S+)$/.exec(line)?.[1];
      if (url) return url;
    }
  }
  throw new Explained(`${desk} did not start; the lines above say why.`);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // The stand-ins end with their input.
  child.stdin?.end();
  child.kill('SIGTERM');
  await once(child, 'exit');
};
