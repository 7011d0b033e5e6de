import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { aptInstall } from './apt.ts';
import { temporaryFolder } from './desk.ts';
import { until } from './until.ts';

const programs = ['mariadbd', 'mariadb-install-db', 'mariadb-dump'] as const;

/** A MariaDB of a test's own, on 127.0.0.1. */
export interface TestMariadb {
  port: number;
  /** The address of a database, for somebody who may do anything, or for who is named. */
  url(database: string, who?: { user: string; password: string }): string;
  /** Runs statements. */
  run(database: string | null, sql: string): Promise<void>;
  /** What mariadb-dump says of a database, with further options of it. */
  dump(database: string, ...options: string[]): Promise<Buffer>;
  stop(): Promise<void>;
}

/** A server, or why this machine cannot have one. */
export type Mariadb = { ok: true; server: TestMariadb } | { ok: false; why: string };

/** Starts a MariaDB on a folder of its own, installed from the system's packages where this user may. */
export const startMariadb = async (): Promise<Mariadb> => {
  if (missing().length > 0 && process.platform === 'linux') aptInstall(['mariadb-server']);
  const left = missing();
  if (left.length > 0)
    return { ok: false, why: `this machine has no ${left.join(', ')}, and none could be installed` };
  return { ok: true, server: await serve() };
};

const places = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/usr/bin');

const programAt = (name: string): string | undefined =>
  places.map((folder) => join(folder, name)).find((file) => existsSync(file));

const missing = (): string[] => programs.filter((name) => programAt(name) === undefined);

const call = promisify(execFile);

const serve = async (): Promise<TestMariadb> => {
  const folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const install = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  await call(programAt('mariadb-install-db') ?? '', [...install, ...asRoot]);
  const port = await freePort();
  const child = spawn(
    programAt('mariadbd') ?? '',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder.path, 's')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-log-bin',
      '--innodb-buffer-pool-size=16M',
      ...asRoot,
    ],
    // Another zone than UTC, so that a time that is read wrongly is seen.
    { stdio: 'ignore', env: { ...process.env, TZ: 'Europe/Athens' } },
  );
  const connect = (database: string | null) =>
    createConnection({
      host: '127.0.0.1',
      port,
      user: 'root',
      multipleStatements: true,
      ...(database ? { database } : {}),
    });
  await until('MariaDB answers', async () => {
    const connection = await connect(null).catch(() => null);
    await connection?.end();
    return connection;
  });
  return {
    port,
    url: (database, who = { user: 'root', password: '' }) =>
      `mysql://${who.user}:${encodeURIComponent(who.password)}@127.0.0.1:${port}/${database}`,
    run: async (database, sql) => {
      const connection = await connect(database);
      await connection.query(sql);
      await connection.end();
    },
    dump: async (database, ...options) => {
      const where = ['--no-defaults', '--host=127.0.0.1', `--port=${port}`, '--protocol=tcp', '--user=root'];
      const args = [...where, ...options, database];
      const { stdout } = await call(programAt('mariadb-dump') ?? '', args, {
        encoding: 'buffer',
        maxBuffer: 1 << 28,
      });
      return stdout;
    },
    stop: async () => {
      await ended(child);
      folder.remove();
    },
  };
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
};
