import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { done, type Outcome, problem } from './problem.ts';

/**
 * The account that Postgres runs as. It refuses to run as root, so root hands it to another; everybody
 * else runs it as themselves (null).
 */
export type Runner = { uid: number; gid: number } | null;

const ownName = 'anteroom';

/** The account for a data folder: its owner where it exists, else Anteroom's own or `postgres`, made where missing. */
export const findRunner = (data: string): Outcome<Runner> => {
  if (process.getuid?.() !== 0) return done(null);
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return done({ uid: owner.uid, gid: owner.gid });
  const runner = lookUp(ownName) ?? lookUp('postgres') ?? create();
  if (runner) return done(runner);
  return problem(
    'failed',
    `Postgres does not run as root, and no user "${ownName}" could be made. Start Anteroom as another user.`,
  );
};

/** Whether the account may enter a folder or run a program, by the system's own verdict. */
export const canReach = (path: string, runner: Runner): boolean =>
  spawnSync('test', ['-x', path], { ...runner, cwd: '/', stdio: 'ignore' }).status === 0;

const lookUp = (name: string): Runner => {
  const uid = numberFrom('id', ['-u', name]);
  const gid = numberFrom('id', ['-g', name]);
  return uid === null || gid === null ? null : { uid, gid };
};

const numberFrom = (command: string, args: string[]): number | null => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout, 10) : null;
};

const create = (): Runner => {
  const shadow = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ownName];
  if (spawnSync('useradd', shadow).status !== 0) spawnSync('adduser', ['-S', '-D', '-H', ownName]);
  return lookUp(ownName);
};
