import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.ts';

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
  aptInstall(['chromium']);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The tests need a Chromium and could not install one. Install chromium or Google Chrome, or name one in ' +
      'CHROMIUM_PATH.',
  );
};

/** Chromium refuses its own sandbox to root, which tests in containers are. */
export const chromiumArgs = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
