import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { fileSecrets } from '../../../src-main/core/security/secrets.ts';
import { readUnsentFile } from '../../../src-main/core/unsent/unsent-file.ts';
import { temporaryFolder } from '../../support/desk.ts';
import { busyDesk, key } from './damaged-desk.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const program = fileURLToPath(new URL('../../../src-main/run.mjs', import.meta.url));

/** Runs `npm run unsent` and answers what it says. */
const unsent = (
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'unsent', ...args], { env: { ...process.env, ...env } });
    let said = '';
    child.stderr.on('data', (text) => {
      said += String(text);
    });
    child.on('close', (code) => resolve({ code, said }));
  });

test('what a desk had not sent is exported from a damaged replica that was put aside, which stays as it is', {
  timeout: 60_000,
}, async () => {
  const data = join(folder.path, 'data');
  const desk = join(data, 'desks', 'one');
  mkdirSync(desk, { recursive: true, mode: 0o700 });
  const busy = busyDesk(join(folder.path, 'busy.db'), 20);
  const aside = join(desk, 'replica.db.set-aside-2026-11-24');
  const lying = busy.lie(aside);
  const clinicId = String(busy.replica.db.prepare('select clinic_id from desk_state').pluck().get());
  copyFileSync(join(folder.path, 'busy.db'), join(desk, 'replica.db'));
  busy.dispose();
  await fileSecrets(join(desk, 'secrets.json')).set('replica-key', key.toString('hex'));
  const bytes = readFileSync(aside);
  bytes.fill(3, 30, 90);
  writeFileSync(aside, bytes);
  const passphrase = join(folder.path, 'passphrase');
  writeFileSync(passphrase, 'four plain words here\n');

  const out = join(folder.path, 'out');
  const args = ['export', out, aside, '--data', data, '--desk', 'one', '--insecure-key-file'];
  const { code, said } = await unsent(args, { ANTEROOM_BACKUP_PASSPHRASE_FILE: passphrase });
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(readFileSync(aside).equals(bytes)).toBe(true);
  const [name] = readdirSync(out);
  const file = await readUnsentFile(join(out, name ?? ''), 'four plain words here', clinicId);
  if (typeof file === 'string') throw new Error(file);
  expect(file.changes.map(({ changeId }) => changeId)).toEqual(lying.unsent);
  expect(file.refusals).toHaveLength(1);
});
