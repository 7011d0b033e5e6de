import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Binaries, moveIntoPlace } from './binaries.ts';
import { type Home, own } from './home.ts';
import { done, type EmbeddedCode, type Outcome, onFiles, problem, say } from './problem.ts';

/** The superuser, who owns the database `anteroom`. */
export const ownerRole = 'anteroom';

/**
 * For a small PC: loopback only, little memory, no parallel workers, and no row's values in the log. The log of writes
 * says enough to be backed up by, and central can tell that it lies on a PC of the clinic.
 */
const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
shared_buffers = '128MB'
work_mem = '8MB'
maintenance_work_mem = '128MB'
max_wal_size = '512MB'
wal_level = replica
max_wal_senders = 0
io_method = sync
max_parallel_workers_per_gather = 0
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_error_verbosity = terse
log_min_error_statement = panic
anteroom.embedded = on
`;

const logLimit = 4 * 1024 * 1024;

interface Run {
  code: number;
  output: string;
}

/** Runs one of Postgres's programs as its account, blind to this process's own PG settings and language. */
const run = (home: Home, program: string, args: string[]): Promise<Run> => {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  const env = { ...Object.fromEntries(inherited), LC_ALL: 'C' };
  // On Windows the server inherits a pipe and keeps it open, and its starter would never seem to end.
  const output = process.platform === 'win32' ? 'ignore' : 'pipe';
  const child = spawn(program, args, {
    ...home.runner,
    env,
    cwd: home.place,
    stdio: ['ignore', output, output],
    windowsHide: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', (fault) => resolve({ code: 1, output: fault.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: said }));
  });
};

/**
 * Makes the cluster where there is none. It is made beside its place and moved there whole, so that a kill
 * in the middle, or a second process doing the same, leaves none that is half made.
 */
export const makeCluster = async (
  home: Home,
  binaries: Binaries,
  password: string,
): Promise<Outcome<void>> => {
  if (existsSync(home.data)) return onFiles(home.place, () => sweep(home.place));
  const prepared = onFiles(home.place, () => {
    const scratch = mkdtempSync(join(home.place, `new-${process.pid}-`));
    own(scratch, home.runner);
    writeFileSync(join(scratch, 'password'), password);
    own(join(scratch, 'password'), home.runner, 0o600);
    return scratch;
  });
  if (!prepared.ok) return prepared;
  const scratch = prepared.value;
  const made = await run(home, binaries.initdb, [
    `--pgdata=${join(scratch, 'data')}`,
    `--username=${ownerRole}`,
    `--pwfile=${join(scratch, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  if (made.code !== 0) {
    rmSync(scratch, { recursive: true, force: true });
    return explain(home, made.output);
  }
  return onFiles(home.place, () => {
    appendFileSync(join(scratch, 'data/postgresql.conf'), "include_if_exists = 'anteroom.conf'\n");
    moveIntoPlace(join(scratch, 'data'), home.data);
    rmSync(scratch, { recursive: true, force: true });
    sweep(home.place);
  });
};

/**
 * Removes what processes that were killed in the middle left, and ends a server that runs on in there; one that still
 * lives clears up after itself.
 */
export const sweep = (place: string): void => {
  for (const name of readdirSync(place)) {
    const pid = /^new-(\d+)-/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    endPostmaster(join(place, name, 'data'));
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // The killed process's initdb still writes there; the next start sweeps again.
    }
  }
};

/** Ends a server at once, whose files are going to be removed. */
const endPostmaster = (data: string): void => {
  const postmaster = readPostmaster({ data });
  // Where the system does not say whose number it is, the server ends by itself once it finds its files gone.
  if (process.platform !== 'linux' || !postmaster || !isPostgres(postmaster.pid)) return;
  try {
    process.kill(postmaster.pid, 'SIGQUIT');
  } catch {
    // It was going already.
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
};

/** A postmaster as its own pid file tells of it; it may be dead. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** What the pid file says, or null where there is none or it is not written out yet. */
export const readPostmaster = ({ data }: Pick<Home, 'data'>): Postmaster | null => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 ? { pid, port } : null;
};

/** How a try to start ended: `busy` asks for another look, because a server is coming up or going down. */
export type Started = Outcome<'started' | 'busy'>;

/**
 * Starts the server on a port and waits until it takes connections; `settings` are more lines of postgresql.conf, for
 * this start alone. It outlives this process.
 */
export const startServer = async (
  home: Home,
  binaries: Binaries,
  port: number,
  { settings: more = '', waitSeconds = 120 }: { settings?: string; waitSeconds?: number } = {},
): Promise<Started> => {
  const ready = onFiles(home.place, () => {
    const conf = join(home.data, 'anteroom.conf');
    writeFileSync(conf, settings + more);
    own(conf, home.runner, 0o600);
    if ((statSync(home.log, { throwIfNoEntry: false })?.size ?? 0) > logLimit) truncateSync(home.log);
    return statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  });
  if (!ready.ok) return ready;
  const wait = ['-w', '-t', String(waitSeconds)];
  const args = ['start', '-D', home.data, '-l', home.log, ...wait, '-o', `-p ${port}`];
  const started = await run(home, binaries.pgCtl, args);
  if (started.code === 0) return done('started');
  const said = existsSync(home.log) ? readFileSync(home.log, 'utf8').slice(ready.value) : '';
  if (/lock file "postmaster.pid" already exists/.test(said)) {
    dropForeignPidFile(home);
    return done('busy');
  }
  if (/pre-existing shared memory block/.test(said)) return done('busy');
  if (/could not bind|could not create any TCP/.test(said)) return say('port_taken', String(port));
  return explain(home, said || started.output);
};

/** Stops the server: sessions are ended, what is committed is kept. */
export const stopServer = async (home: Home, binaries: Binaries): Promise<void> => {
  await run(home, binaries.pgCtl, ['stop', '-D', home.data, '-m', 'fast', '-w', '-t', '60']);
};

/**
 * After a crash, the pid in the file may be another program's by now, or a dead server's that nobody has
 * collected; Postgres sees only that it is in use, and would never start again.
 */
const dropForeignPidFile = (home: Home): void => {
  const postmaster = readPostmaster(home);
  if (!postmaster || isPostgres(postmaster.pid)) return;
  rmSync(join(home.data, 'postmaster.pid'), { force: true });
};

/** Whether a living Postgres has this pid; yes where the system does not say. */
const isPostgres = (pid: number): boolean => {
  if (process.platform !== 'linux') return true;
  try {
    const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === 'postgres' && state !== 'Z';
  } catch {
    return false;
  }
};

const symptoms: [RegExp, EmbeddedCode][] = [
  [/No space left on device|Disk quota exceeded/i, 'disk_full'],
  [/Permission denied|wrong ownership|Read-only file system|invalid permissions/i, 'folder_unreadable'],
];

/** Turns what Postgres said into a problem. */
const explain = (home: Home, said: string): Outcome<never> => {
  for (const [symptom, code] of symptoms) if (symptom.test(said)) return say(code, home.place);
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|error|could not/.test(line));
  const reason = (lines.at(-1) ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*(FATAL|PANIC):\s*/, '');
  return problem(
    'failed',
    `Postgres did not start: ${reason || 'it gave no reason'}. Its log is ${home.log}.`,
  );
};
