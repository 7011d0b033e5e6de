import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { aptInstall } from '../support/apt.ts';
import { until } from '../support/until.ts';

/** The programs of the system that this needs, or why this machine cannot have them. */
export type Programs = { ok: true; at(name: string): string } | { ok: false; why: string };

const names = ['initdb', 'postgres', 'pg_basebackup', 'pgbouncer'];

/** Finds Postgres and pgbouncer among the system's packages, installed where this user may. */
export const systemPrograms = (): Programs => {
  if (missing().length > 0 && process.platform === 'linux') aptInstall(['postgresql', 'pgbouncer']);
  const left = missing();
  if (left.length > 0)
    return { ok: false, why: `this machine has no ${left.join(', ')}, and none could be installed` };
  return { ok: true, at: (name) => programAt(name) ?? name };
};

const folders = (): string[] => {
  const versions = '/usr/lib/postgresql';
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  return [...found.map((version) => join(versions, version, 'bin')), '/usr/sbin', '/usr/bin'];
};

const programAt = (name: string): string | undefined =>
  folders()
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

const missing = (): string[] => names.filter((name) => programAt(name) === undefined);

/** A program under way. */
export interface Server {
  port: number;
  stop(): Promise<void>;
}

/** Starts the system's programs below one folder, as a user who is not root, and ends them in reverse. */
export class Servers {
  readonly #programs: Extract<Programs, { ok: true }>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'anteroom-scale-'));
  readonly #user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  readonly #running: Server[] = [];

  constructor(programs: Extract<Programs, { ok: true }>) {
    this.#programs = programs;
    chmodSync(this.#folder, 0o711);
  }

  /** A folder for this user's own files. */
  get folder(): string {
    return this.#folder;
  }

  /** A new Postgres; answers its owner's URL. */
  async postgres(settings: Record<string, string> = {}): Promise<string> {
    const data = this.#own('primary');
    const password = randomBytes(12).toString('hex');
    const file = join(data, '..', 'owner-password');
    writeFileSync(file, password);
    this.#give(file);
    const options = ['-D', join(data, 'data'), '-U', 'owner', '--auth=scram-sha-256', `--pwfile=${file}`];
    this.#run('initdb', [...options, '--encoding=UTF8', '--locale=C.UTF-8']);
    const port = await this.#serve(join(data, 'data'), { max_connections: '300', ...settings });
    return `postgres://owner:${password}@127.0.0.1:${port}/postgres`;
  }

  /** A standby of a Postgres, fed by streaming replication; answers its URL for the same owner. */
  async standbyOf(ownerUrl: string): Promise<string> {
    const data = join(this.#own('standby'), 'data');
    this.#run('pg_basebackup', [
      '-d',
      ownerUrl,
      '-D',
      data,
      '--wal-method=stream',
      '--write-recovery-conf',
      '--checkpoint=fast',
    ]);
    // Long copies are not cut off there because the primary tidied up.
    const port = await this.#serve(data, { max_connections: '300', hot_standby_feedback: 'on' });
    const url = new URL(ownerUrl);
    url.port = String(port);
    return url.href;
  }

  /** A pgbouncer with the given settings and list of users. */
  async pgbouncer(database: string, settings: Record<string, string>, users: string): Promise<number> {
    const folder = this.#own('pgbouncer');
    const port = await freePort();
    const list = join(folder, 'users.txt');
    const lines = Object.entries({
      ...settings,
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      unix_socket_dir: '',
      auth_file: list,
      logfile: join(folder, 'log'),
      log_connections: '0',
      log_disconnections: '0',
    }).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(list, users);
    const ini = join(folder, 'pgbouncer.ini');
    writeFileSync(ini, `[databases]\n${database}\n[pgbouncer]\n${lines.join('\n')}\n`);
    for (const file of [list, ini]) this.#give(file);
    this.#keep(
      port,
      spawn(this.#programs.at('pgbouncer'), [ini], { ...this.#user, stdio: 'ignore' }),
      'SIGTERM',
    );
    return port;
  }

  async close(): Promise<void> {
    for (const server of this.#running.reverse()) await server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #serve(data: string, settings: Record<string, string>): Promise<number> {
    const port = await freePort();
    const args = [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    this.#keep(
      port,
      spawn(this.#programs.at('postgres'), args, { ...this.#user, stdio: 'ignore' }),
      'SIGINT',
    );
    await until('Postgres answers', () => answers(port));
    return port;
  }

  #keep(port: number, child: ChildProcess, signal: NodeJS.Signals): void {
    this.#running.push({
      port,
      stop: () =>
        new Promise((resolve) => {
          if (child.exitCode !== null) return resolve();
          child.once('exit', () => resolve());
          child.kill(signal);
        }),
    });
  }

  #run(name: string, args: string[]): void {
    execFileSync(this.#programs.at(name), args, { ...this.#user, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  #own(name: string): string {
    const folder = join(this.#folder, name);
    mkdirSync(folder, { mode: 0o700 });
    this.#give(folder);
    return folder;
  }

  #give(path: string): void {
    if (this.#user.uid !== undefined && this.#user.gid !== undefined)
      chownSync(path, this.#user.uid, this.#user.gid);
  }
}

/** The user that the packages made for Postgres. */
const idOf = (which: string): number => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));

/** Whether something takes logins there: a refusal of the role is an answer too. */
const answers = async (port: number): Promise<boolean> => {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'nobody',
    password: 'x',
    database: 'postgres',
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (fault) {
    return fault instanceof pg.DatabaseError && fault.code === '28P01';
  }
};

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
};
