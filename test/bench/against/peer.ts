import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Explained } from '../../../src-main/core/explained.ts';
import { type FillReport, say } from '../setting.ts';

/** A system to compare with. What of it is measured, and what not, stands in README.md beside this file. */
interface Peer {
  is: string;
  /** How many times as fast Anteroom's first sync is to be. */
  goal: number;
  /** A clinic that it takes in within a minute. */
  sizes: { patients: number; appointments: number };
}

export const peers = {
  pouchdb: {
    is: 'PouchDB replicating from its own server, LevelDB on both sides',
    goal: 10,
    sizes: { patients: 1000, appointments: 10_000 },
  },
  'powersync-client': {
    is: "PowerSync's client for Node, from a stand-in for its service",
    goal: 4,
    sizes: { patients: 10_000, appointments: 100_000 },
  },
} as const satisfies Record<string, Peer>;

export type PeerName = keyof typeof peers;

export const isPeer = (name: string): name is PeerName => Object.hasOwn(peers, name);

/** What a peer's client says of a first sync. `rowsMs` is without its indexes, where it makes them afterwards. */
export interface PeerReport extends FillReport {
  rowsMs?: number;
}

/** A peer's server with the rows of a file in it. */
export interface PeerServer {
  /** One first sync into an empty folder, in a process of its own. */
  sync(folder: string, schemaFile: string): Promise<PeerReport>;
  stop(): Promise<void>;
}

/** Installs a peer's packages where they are not there yet: in its own folder, and never in Anteroom's. */
export const installPeer = async (name: PeerName): Promise<void> => {
  const folder = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
  say(`Installing ${name} …`);
  // Their native parts come built, so that no install script need run.
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = (await once(npm, 'close')) as [number | null];
  if (code !== 0) throw new Explained(`npm could not install what ${name} needs.`);
};

/** Starts a peer's server and fills it. */
export const startPeer = async (
  name: PeerName,
  { rowsFile, folder }: { rowsFile: string; folder: string },
): Promise<PeerServer> => {
  const program = (part: string) => fileURLToPath(new URL(`./${name}/${part}.mjs`, import.meta.url));
  const server = fork(program('serve'), [rowsFile, folder]);
  const { url } = (await firstMessage(server)) as { url: string };
  return {
    sync: async (into, schemaFile) =>
      (await firstMessage(fork(program('sync'), [url, into, schemaFile]))) as PeerReport,
    stop: async () => {
      const gone = once(server, 'exit');
      server.disconnect();
      await gone;
    },
  };
};

const firstMessage = async (child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a peer's program ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
};
