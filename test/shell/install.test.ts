import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { places } from '../../src-main/core/places.ts';

interface LockEntry {
  gypfile?: boolean;
  optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync(join(places.root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockEntry>;
};

it('an install takes the database driver as it was built, and needs no compiler', () => {
  // npm reads this from the lock file only, drops it when it writes the lock file anew, and would then build.
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});

it('the lock file holds the packages of every platform, without which `npm ci` refuses', () => {
  const locked = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const missing = Object.values(lock.packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !locked.has(name));
  expect(missing).toEqual([]);
});
