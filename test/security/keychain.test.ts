import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { passwordIn } from '../../src-main/core/central/own-password.ts';
import { temporaryFolder } from '../support/desk.ts';
import { ensureKeychain, type Keychain } from '../support/keychain.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

const program = fileURLToPath(new URL('../support/children/keeps-secrets.ts', import.meta.url));
const home = temporaryFolder();
let keychain: Keychain;
let clinic: SmallClinic;
let url: string;

// May install packages and build keytar, on a machine that has neither.
beforeAll(async () => {
  keychain = ensureKeychain();
  clinic = await smallClinic(['Kept']);
  url = clinic.desks[0]?.url ?? '';
}, 300_000);
afterAll(async () => {
  await clinic.drop();
  home.remove();
});

/** The keytar of this machine; without one the test is skipped with the reason. */
const keytarOr = (context: TestContext): string => {
  if (!keychain.ok) return context.skip(keychain.why);
  return keychain.keytar;
};

const unlocked = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
const locked = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1';

/** Opens a desk in a session bus of its own, after `before`; answers what it said. */
const desk = (
  keytar: string,
  { before, central = '', data = 'data' }: { before: string; central?: string; data?: string },
): string => {
  const run = join(home.path, 'run');
  rmSync(run, { recursive: true, force: true });
  mkdirSync(run, { mode: 0o700 });
  const { PATH } = process.env;
  const script = `${before}\nexec "$0" "$@"`;
  const args = [process.execPath, program, keytar, join(home.path, data), central];
  const { stdout } = spawnSync('dbus-run-session', ['--', 'sh', '-c', script, ...args], {
    env: { PATH, HOME: home.path, XDG_RUNTIME_DIR: run, XDG_DATA_HOME: join(home.path, '.local/share') },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return stdout;
};

/** Every file below a folder, whole. */
const filesBelow = (folder: string): Buffer[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));

test('a desk’s key, address and login of IDEXX Neo lie in the keychain alone and outlive the session', (context) => {
  const keytar = keytarOr(context);
  expect(desk(keytar, { before: unlocked, central: url })).toBe('done done done yes\n');
  // As after the PC was switched off: another bus and another keyring process, and no address on the command line.
  expect(desk(keytar, { before: unlocked })).toBe('done done done yes\n');
  const files = filesBelow(home.path);
  expect(files.length).toBeGreaterThan(2);
  const login = ['the-vet', 'neo-by-the-harbour'];
  for (const secret of [passwordIn(url), 'postgresql://', 'postgres://', 'replica-key', ...login])
    expect(
      files.some((bytes) => bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'))),
    ).toBe(false);
}, 180_000);

test('a keyring that is locked is named, with what to do, and nothing is made anew', (context) => {
  const said = desk(keytarOr(context), { before: locked });
  expect(said).toMatch(/keyring|keychain/);
  expect(said).toMatch(/unlock/i);
  expect(said).not.toContain('done');
}, 90_000);

test('a keyring that takes nothing is named, with what to install and the way without', (context) => {
  const keytar = keytarOr(context);
  rmSync(join(home.path, '.local'), { recursive: true, force: true });
  const said = desk(keytar, { before: locked, central: url, data: 'other' });
  expect(said).toMatch(/could not reach it|did not take it/);
  expect(said).toContain('--insecure-key-file');
}, 90_000);

test('a session without any keyring is told what to install and the way without', (context) => {
  const before = 'export DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus';
  const said = desk(keytarOr(context), { before, central: url, data: 'other' });
  expect(said).toContain('could not reach it');
  expect(said).toMatch(/libsecret.*gnome-keyring/s);
  expect(said).toContain('--insecure-key-file');
}, 90_000);
