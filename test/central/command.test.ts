import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventoryOf } from '../../src-main/core/central/inventory.ts';
import { places } from '../../src-main/core/places.ts';
import { withClient } from '../support/central.ts';

const folder = mkdtempSync(join(tmpdir(), 'anteroom-command-'));
chmodSync(folder, 0o711);

const run = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(places.root, 'src-main/run.mjs'), 'central', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

interface Finished {
  code: number;
  out: string;
  err: string;
}

const finish = async (...args: string[]): Promise<Finished> => {
  const child = run(...args);
  const texts = { out: '', err: '' };
  child.stdout?.on('data', (part) => {
    texts.out += part;
  });
  child.stderr?.on('data', (part) => {
    texts.err += part;
  });
  const [code] = await once(child, 'close');
  return { code, out: texts.out.trim(), err: texts.err.trim() };
};

let server: ChildProcess;
let url: string;

beforeAll(async () => {
  server = run('start', '--data', folder);
  if (!server.stdout) throw new Error('no output');
  [url] = await once(createInterface({ input: server.stdout }), 'line');
});
afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGINT');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

test('from an empty folder to a desk that is let in: start, init, add-clinic, add-desk', {
  timeout: 90_000,
}, async () => {
  expect(new URL(url)).toMatchObject({ protocol: 'postgresql:', hostname: '127.0.0.1' });
  expect(await finish('init', '--url', url)).toEqual({ code: 0, out: '', err: '' });
  const clinic = await finish('add-clinic', '--url', url, '--name', 'Clinic', '--name-el', 'Κλινική');
  expect(clinic).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const desk = await finish('add-desk', '--url', url, '--clinic', clinic.out, '--name', 'Front');
  expect(desk.code).toBe(0);
  const me = await withClient(
    desk.out,
    async (client) => (await client.query('select whoami() as me')).rows[0].me,
  );
  expect(me).toMatchObject({ desk_name: 'Front', clinic_id: clinic.out });
  const again = await finish('add-desk', '--url', url, '--clinic', clinic.out, '--name', 'Front');
  expect(again).toEqual({ code: 1, out: '', err: 'That name is in use already.' });
  expect((await finish('clinics', '--url', url)).out).toBe(`${clinic.out}  Clinic`);
});

test('a wrong command line ends with the usage or a sentence, and never with a stack', {
  timeout: 90_000,
}, async () => {
  expect(await finish()).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm run central') });
  expect(await finish('explode')).toMatchObject({ code: 2 });
  for (const args of [
    ['start'],
    ['init'],
    ['init', '--url', 'postgresql://a:b@127.0.0.1:1/x'],
    ['add-clinic', '--url', url, '--name', 'X', '--timezone', 'Europe/Atlantis'],
    ['add-desk', '--url', url, '--clinic', 'x', '--name', 'Y'],
    ['add-desk', '--url', url, '--colour', 'red'],
  ]) {
    const { code, out, err } = await finish(...args);
    expect({ code, out }, args.join(' ')).toEqual({ code: 1, out: '' });
    expect(err.split('\n').length, err).toBe(1);
    expect(err).not.toContain(new URL(url).password);
  }
});

test('the inventory names every table with its columns, keys, indexes, guards and policies', async () => {
  await finish('init', '--url', url);
  const document = await inventoryOf(url);
  const tables = [...document.matchAll(/^## `(\w+)`$/gm)].map(([, name]) => name);
  expect(tables).toEqual(
    expect.arrayContaining(['appointments', 'patients', 'heads', 'admins', 'schema_migrations']),
  );
  for (const table of tables) expect(document).toMatch(new RegExp(`^\\| \`${table}\` \\| .{10,} \\|$`, 'm'));
  expect(document).toContain('| `scheduled_at` | timestamp(3) with time zone | no |');
  expect(document).toContain('`appointments_doctor_no_overlap`: EXCLUDE USING gist');
  expect(document).toContain('`desk_reads_its_clinic`');
});

test('Ctrl+C stops the database', async () => {
  server.kill('SIGINT');
  const [code] = await once(server, 'exit');
  expect(code).toBe(0);
  expect(existsSync(join(folder, 'postgres/data/postmaster.pid'))).toBe(false);
});
