import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser for the tests: CHROMIUM_PATH, or the first one that this machine has; null where there is none. */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): string | null => {
  if (env['CHROMIUM_PATH']) return env['CHROMIUM_PATH'];
  const folders = (env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...elsewhere].find(canRun) ?? null;
};

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Finds a browser, or installs one from the system's packages where this user may; throws a sentence otherwise. */
export const ensureChromium = (): string => {
  const found = findChromium();
  if (found) return found;
  for (const step of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) aptGet(step);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The tests need a Chromium and could not install one. Install chromium or Google Chrome, or name one in ' +
      'CHROMIUM_PATH.',
  );
};

const aptGet = (args: string[]): void => {
  const isRoot = process.getuid?.() === 0;
  const [command, ...before] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  process.stdout.write(`There is no Chromium here: apt-get ${args.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (command) spawnSync(command, [...before, ...args], { stdio: 'inherit', env });
};

/** Chromium refuses its own sandbox to root, which tests in containers are. */
export const chromiumArgs = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
