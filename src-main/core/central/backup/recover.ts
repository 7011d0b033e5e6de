import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectCentral } from '../connect.ts';
import { freePort, ownerUrl } from '../embedded/address.ts';
import { type Binaries, moveIntoPlace } from '../embedded/binaries.ts';
import { type Home, own } from '../embedded/home.ts';
import { readPostmaster, startServer, stopServer } from '../embedded/server.ts';
import { type Inspected, inspect } from './inspect.ts';
import { BackupFault } from './problem.ts';

/**
 * For the start that makes one state of an unpacked copy. A fetch that finds nothing sends Postgres to the log within the
 * copy; at its end it goes on as a new timeline, so that desks see another history. Nobody is let in before that.
 */
const recovering = `restore_command = 'exit 1'\nhot_standby = off\n`;
/** A copy that is thrown away afterwards need not reach the disk. */
const forATry = 'fsync = off\n';

/** A large log takes a while to be gone through. */
const waitSeconds = 3600;
const portTries = 5;

/** Brings an unpacked copy to one state, reads it from end to end, and stops it. Throws `BackupFault`. */
export const recover = async (
  home: Home,
  binaries: Binaries,
  password: string,
  { keep }: { keep: boolean },
): Promise<Inspected> => {
  const signal = join(home.data, 'recovery.signal');
  writeFileSync(signal, '');
  own(signal, home.runner, 0o600);
  const port = await start(home, binaries, keep ? recovering : recovering + forATry);
  try {
    await untilRecovered(home, ownerUrl(port, password));
    const inspected = await inspect(ownerUrl(port, password));
    if (keep) await beginNewHistory(ownerUrl(port, password));
    return inspected;
  } finally {
    await stopServer(home, binaries);
  }
};

const start = async (home: Home, binaries: Binaries, settings: string): Promise<number> => {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const started = await startServer(home, binaries, port, { settings, waitSeconds });
    if (started.ok && started.value === 'started') return port;
    if (started.ok || (started.error.code === 'port_taken' && tries < portTries)) continue;
    if (started.error.code !== 'failed') throw new BackupFault(started.error.code, started.error.message);
    throw new BackupFault('damaged', `Postgres cannot recover it. ${started.error.message}`);
  }
};

const lookAgainMs = 50;

/** The server runs before it lets anybody in: until the log has been gone through. */
const untilRecovered = async (home: Home, url: string): Promise<void> => {
  for (;;) {
    const connected = await connectCentral(url, { application: 'anteroom-backup' });
    if (connected.ok) return connected.value.close();
    if (connected.error.code !== 'unreachable' || !readPostmaster(home)) {
      throw new BackupFault('damaged', `Postgres cannot recover it. It went down in the middle.`);
    }
    await pause(lookAgainMs);
  }
};

/**
 * The timeline tells the restored history from the one it came from, and this name tells it from any other restored from
 * the same backup, whose timeline has the same number.
 */
const beginNewHistory = async (url: string): Promise<void> => {
  const connected = await connectCentral(url, { application: 'anteroom-backup' });
  if (!connected.ok) throw new BackupFault('failed', connected.error.message);
  try {
    await connected.value.query('update central set id = gen_random_uuid()');
  } finally {
    await connected.value.close();
  }
};

/** Moves a recovered cluster and its password to where they belong; the cluster last, since it makes the place taken. */
export const settle = (from: Home, to: Home): void => {
  rmSync(join(to.place, 'password'), { force: true });
  moveIntoPlace(join(from.place, 'password'), join(to.place, 'password'));
  moveIntoPlace(from.data, to.data);
};
