import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Embedded, type EmbeddedOptions, startEmbedded } from '../../src-main/core/central/embedded.ts';
import { places } from '../../src-main/core/places.ts';
import { withClient } from '../support/central.ts';

// Each test starts servers and processes of its own.
vi.setConfig({ testTimeout: 90_000 });

const isRoot = process.getuid?.() === 0;

const folders: string[] = [];
const servers: Embedded[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that Postgres's own account can pass through. */
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-embedded-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
};

let made: string;

/** A folder in which the database was made before; quicker than making it anew for each test. */
const madeFolder = (): string => {
  const folder = newFolder();
  execFileSync('cp', ['-a', join(made, 'postgres'), folder]);
  return folder;
};

beforeAll(async () => {
  made = newFolder();
  folders.pop();
  await (await start({ folder: made })).stop();
  servers.pop();
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

const start = async (options: EmbeddedOptions): Promise<Embedded> => {
  const started = await startEmbedded(options);
  if (!started.ok) throw new Error(started.error.message);
  servers.push(started.value);
  return started.value;
};

/** Starts it in another process, by another user where one is given. */
const spawnStart = (folder: string, user: { uid?: number; gid?: number } = {}): ChildProcess => {
  const script = join(places.root, 'test/support/embedded-child.ts');
  const child = spawn(process.execPath, [script, folder], { ...user, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
};

const answer = async (
  child: ChildProcess,
): Promise<{ ok: boolean; value: Embedded; error: { code: string } }> => {
  if (!child.stdout) throw new Error('no output');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(line);
};

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

const postmaster = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);

const note = (url: string, text: string): Promise<unknown> =>
  withClient(url, async (client) => {
    await client.query('create table if not exists notes (text text)');
    await client.query('insert into notes values ($1)', [text]);
  });

const notes = (url: string): Promise<string[]> =>
  withClient(url, async (client) =>
    (await client.query('select text from notes order by 1')).rows.map((row) => row.text),
  );

test('a database starts in an empty folder, for this machine only, in UTF-8, whatever the language of the PC', async () => {
  const folder = newFolder();
  const server = await start({ folder });
  const facts = await withClient(server.url, async (client) => {
    const { rows } = await client.query(`select current_setting('listen_addresses') as addresses,
      current_setting('server_encoding') as encoding, lower('ΜΑΡΊΑ') as folded, current_setting('timezone') as zone`);
    return rows[0];
  });
  expect(facts).toEqual({ addresses: '127.0.0.1', encoding: 'UTF8', folded: 'μαρία', zone: 'UTC' });
  expect(statSync(join(folder, 'postgres/password')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('new-'))).toEqual([]);
});

test('a database that was stopped is up again at its old port, with what was in it', async () => {
  const folder = newFolder();
  const first = await start({ folder });
  await note(first.url, 'kept');
  await first.stop();
  expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
  const again = await start({ folder });
  expect(again.port).toBe(first.port);
  expect(await notes(again.url)).toEqual(['kept']);
  await again.stop();
});

test('two desks that start at once on an empty folder share one database, and the last to leave stops it', async () => {
  const folder = newFolder();
  const other = spawnStart(folder);
  const [mine, theirs] = await Promise.all([start({ folder }), answer(other)]);
  expect(theirs.value.url).toBe(mine.url);
  await note(mine.url, 'mine');
  await mine.stop();
  expect(await notes(theirs.value.url)).toEqual(['mine']);
  const third = await start({ folder });
  await kill(other);
  await third.stop();
  expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
});

test('the desk that started it is killed: the database runs on, and the next desk takes it over', async () => {
  const folder = madeFolder();
  const child = spawnStart(folder);
  const { value } = await answer(child);
  await note(value.url, 'before the kill');
  const pid = postmaster(folder);
  await kill(child);
  const next = await start({ folder });
  expect(postmaster(folder)).toBe(pid);
  expect(await notes(next.url)).toEqual(['before the kill']);
});

test('desk and Postgres are killed together: the database starts again with everything that was committed', async () => {
  const folder = madeFolder();
  const child = spawnStart(folder);
  const { value } = await answer(child);
  await note(value.url, 'committed');
  process.kill(postmaster(folder), 'SIGKILL');
  await kill(child);
  expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(true);
  const next = await start({ folder });
  expect(await notes(next.url)).toEqual(['committed']);
});

test('Postgres is killed under a running desk: it comes back at the same port', async () => {
  const folder = madeFolder();
  const server = await start({ folder });
  await note(server.url, 'committed');
  process.kill(postmaster(folder), 'SIGKILL');
  await vi.waitFor(async () => expect(await notes(server.url)).toEqual(['committed']), {
    timeout: 20_000,
    interval: 50,
  });
});

test('a desk killed while it makes the database leaves nothing half made', async () => {
  const folder = newFolder();
  const child = spawnStart(folder);
  await vi.waitFor(() => expect(readdirSync(join(folder, 'postgres')).join()).toContain('new-'), {
    timeout: 10_000,
    interval: 5,
  });
  await kill(child);
  const server = await start({ folder });
  await note(server.url, 'works');
  // The killed desk's initdb may live a little longer and write on; a later start sweeps up after it.
  await vi.waitFor(async () => {
    await (await start({ folder })).stop();
    expect(readdirSync(join(folder, 'postgres')).filter((name) => name.startsWith('new-'))).toEqual([]);
  }, 30_000);
});

test("a pid file that a power cut left, and whose number is another program's by now, does not stop the start", async () => {
  const folder = madeFolder();
  const server = await start({ folder });
  await note(server.url, 'kept');
  await server.stop();
  const data = join(folder, 'postgres/data');
  const { uid, gid } = statSync(data);
  const stranger = spawn('sleep', ['60'], { ...(isRoot ? { uid, gid } : {}), stdio: 'ignore' });
  children.push(stranger);
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, `${stranger.pid}\n${data}\n1\n${server.port}\n\n127.0.0.1\n\nready   \n`);
  chmodSync(file, 0o644);
  const again = await start({ folder });
  expect(await notes(again.url)).toEqual(['kept']);
  expect(stranger.exitCode).toBeNull();
});

test('a port that is taken is named, and a remembered one that is taken is replaced', async () => {
  const folder = madeFolder();
  const first = await start({ folder });
  await first.stop();
  const squatter = createServer().listen(first.port, '127.0.0.1');
  await once(squatter, 'listening');
  const asked = await startEmbedded({ folder, port: first.port });
  expect(asked).toMatchObject({ ok: false, error: { code: 'port_taken' } });
  expect(asked.ok ? '' : asked.error.message).toContain(String(first.port));
  const free = await start({ folder });
  expect(free.port).not.toBe(first.port);
  squatter.close();
});

test('whoever asks for another port of a running database gets the one it has, and is told', async () => {
  const folder = madeFolder();
  const first = await start({ folder });
  const second = await start({ folder, port: first.port === 65535 ? 65534 : first.port + 1 });
  expect(second.port).toBe(first.port);
  expect(second.note).toContain(`on port ${first.port}`);
});

test('a folder that is no folder is named', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below')]) {
    const started = await startEmbedded({ folder });
    expect(started).toMatchObject({ ok: false, error: { code: 'folder_unreadable' } });
    expect(started.ok ? '' : started.error.message).toContain(folder);
  }
});

// Only root can be another user; everybody else is shut out by their own closed folder.
test('a folder that this user may not write is named', async () => {
  const folder = newFolder();
  chmodSync(folder, isRoot ? 0o700 : 0o500);
  const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};
  expect(await answer(spawnStart(folder, nobody))).toMatchObject({
    ok: false,
    error: { code: 'folder_unreadable' },
  });
  chmodSync(folder, 0o700);
});

const asRoot = test.runIf(isRoot);

asRoot(
  "as root, below a folder that Postgres's own user cannot enter, the data goes where it can, and that is said",
  async () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    const folder = join(closed, 'clinic');
    const server = await start({ folder });
    folders.push(server.place);
    expect(server.place.startsWith('/var/lib/anteroom/')).toBe(true);
    expect(server.note).toContain(server.place);
    await note(server.url, 'kept');
    await server.stop();
    expect(await notes((await start({ folder })).url)).toEqual(['kept']);
  },
);

// Needs a disk that is nearly full, and mounting a small one takes root.
asRoot('a full disk is named, when the database is made and when it is started', async () => {
  const disk = newFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=711', 'tmpfs', disk]);
  try {
    const made = await startEmbedded({ folder: join(disk, 'a') });
    expect(made).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    execFileSync('mount', ['-o', 'remount,size=128m', disk]);
    const server = await start({ folder: join(disk, 'a') });
    await server.stop();
    execFileSync('sh', ['-c', `dd if=/dev/zero of=${disk}/ballast bs=64k 2>/dev/null || true`]);
    const started = await startEmbedded({ folder: join(disk, 'a') });
    expect(started).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    rmSync(join(disk, 'ballast'));
    await start({ folder: join(disk, 'a') });
    await servers.at(-1)?.stop();
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});
