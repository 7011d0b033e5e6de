import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OwnSecrets } from '../../src-main/contract/desks.ts';
import type { SyncState } from '../../src-main/contract/sync.ts';
import { passwordIn, scramVerifier, withPassword } from '../../src-main/core/central/own-password.ts';
import { noLog } from '../../src-main/core/log.ts';
import { Replica } from '../../src-main/core/replica/open.ts';
import { fileSecrets } from '../../src-main/core/security/secrets.ts';
import type { OpenDesk } from '../../src-main/shell/desk.ts';
import { openServedDesk } from '../../src-main/shell/served-desk.ts';
import { withClient } from '../support/central.ts';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/desk.ts';
import { must } from '../support/must.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';
import { until } from '../support/until.ts';

let clinic: SmallClinic;
const data = temporaryFolder();
const open: OpenDesk[] = [];
beforeAll(async () => {
  clinic = await smallClinic(['Alpha', 'Beta', 'Gamma']);
});
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close();
});
afterAll(async () => {
  await clinic.drop();
  data.remove();
});

const urlOf = (name: string): string => clinic.desks.find((desk) => desk.name === name)?.url ?? '';
const fileOf = (name: string): string => join(data.path, 'desks', name.toLowerCase(), 'replica.db');
const secretsOf = (name: string) => fileSecrets(join(data.path, 'desks', name.toLowerCase(), 'secrets.json'));
const kept = async (name: string) => {
  const [url, key] = [await secretsOf(name).get('central-url'), await secretsOf(name).get('replica-key')];
  return { url: url ?? '', key: Buffer.from(key ?? '', 'hex') };
};
const keptNames = (name: string): string[] =>
  Object.keys(
    JSON.parse(readFileSync(join(data.path, 'desks', name.toLowerCase(), 'secrets.json'), 'utf8')) as Record<
      string,
      string
    >,
  ).sort();
const settled = ['central-url', 'replica-key', 'replica-nonce'];

/** Starts a desk, with an address of central where one is given, and waits until it is in step. */
const online = async (name: string, central: string | null = null): Promise<OpenDesk> => {
  const desk = await openServedDesk({ data: data.path, desk: name, insecureKeyFile: true, central }, noLog);
  open.push(desk);
  await until('the desk is online', async () => (await ask<SyncState>(desk, 'syncState')).phase === 'online');
  return desk;
};
const ask = async <T>(desk: OpenDesk, name: string, input: object = {}): Promise<T> =>
  must(await desk.dispatch(name, input)) as T;
const changed = (desk: OpenDesk, secret: 'key' | 'password') =>
  until(`the ${secret} is changed`, async () => {
    const { state, changedAt } = (await ask<OwnSecrets>(desk, 'deskSecrets'))[secret];
    if (state === 'failed') throw new Error('not changed');
    return state === 'done' && changedAt !== null;
  });
const leadsIn = (url: string): Promise<boolean> =>
  withClient(url, async () => true).catch((fault: { code?: string }) => {
    if (fault.code === '28P01') return false;
    throw fault;
  });

describe('the password of a desk at central', { timeout: 60_000 }, () => {
  test('is made at the desk as Postgres keeps it, so that it stands in no statement', async () => {
    const salt = randomBytes(16);
    const verifier = await scramVerifier('a password', salt);
    const salted = pbkdf2Sync('a password', salt, 4096, 32, 'sha256');
    const clientKey = createHmac('sha256', salted).update('Client Key').digest();
    const stored = createHash('sha256').update(clientKey).digest('base64');
    expect(verifier).toMatch(/^SCRAM-SHA-256\$4096:/);
    expect(verifier.split(/[$:]/).slice(2, 4)).toEqual([salt.toString('base64'), stored]);
    expect(verifier).not.toContain('a password');
  });

  test('is changed while the desk works; the one before leads in no more', async () => {
    const desk = await online('Alpha', urlOf('Alpha'));
    await ask(desk, 'changeDeskPassword');
    await changed(desk, 'password');
    const { url } = await kept('Alpha');
    expect(passwordIn(url)).not.toBe(passwordIn(urlOf('Alpha')));
    expect([await leadsIn(url), await leadsIn(urlOf('Alpha'))]).toEqual([true, false]);
    expect(keptNames('Alpha')).toEqual(settled);
    expect((await ask<SyncState>(desk, 'syncState')).phase).toBe('online');
    const listed = await until('central knows of it', async () => {
      const [first] = await ask<{ passwordChangedAt: string | null }[]>(desk, 'clinicDesks');
      return first?.passwordChangedAt;
    });
    expect(Date.now() - Date.parse(listed)).toBeLessThan(60_000);
    await desk.close();
    // A shortcut that still names the address as it was handed over.
    await online('Alpha', urlOf('Alpha'));
    expect((await kept('Alpha')).url).toBe(url);
  });

  test.each([
    ['before central was told', false, false],
    ['before it was told that central took it', true, false],
    ['before the last trace of the change went', true, true],
  ])('cut off %s still leads in, and the change is brought to its end', async (_, altered, promoted) => {
    const first = await online('Beta', (await kept('Beta').catch(() => null))?.url || urlOf('Beta'));
    await first.close();
    const { url } = await kept('Beta');
    const next = randomBytes(24).toString('base64url');
    await secretsOf('Beta').set('central-password-next', next);
    if (altered) {
      const role = new URL(url).username;
      await withClient(clinic.ownerUrl, (owner) => owner.query(`alter role ${role} password '${next}'`));
    }
    if (promoted) await secretsOf('Beta').set('central-url', withPassword(url, next));
    const desk = await online('Beta');
    await until('the change is at its end', () => !keptNames('Beta').includes('central-password-next'));
    const now = (await kept('Beta')).url;
    expect([passwordIn(now) === next, await leadsIn(now), await leadsIn(url)]).toEqual([true, true, false]);
    await desk.close();
  });

  test('that somebody renewed at central leads in when the desk is given it, and is kept', async () => {
    const url = withPassword((await kept('Beta')).url, 'renewed-by-the-owner');
    await withClient(clinic.ownerUrl, (owner) =>
      owner.query(`alter role ${new URL(url).username} password 'renewed-by-the-owner'`),
    );
    const desk = await online('Beta', url);
    await until('it is kept', async () => (await kept('Beta')).url === url);
    await desk.close();
  });

  test('is not changed offline, where nobody could be told of it', async () => {
    const desk = await online('Alpha');
    await ask(desk, 'workOffline', { offline: true });
    expect(await desk.dispatch('changeDeskPassword', {})).toMatchObject({
      ok: false,
      error: { code: 'needs_central' },
    });
    expect(keptNames('Alpha')).toEqual(settled);
  });
});

describe('the key of a desk’s replica', { timeout: 60_000 }, () => {
  test('is changed while the desk works, offline too, and its files stay readable', async () => {
    const desk = await online('Alpha');
    const before = (await kept('Alpha')).key;
    await ask(desk, 'workOffline', { offline: true });
    await ask(desk, 'registerPatient', { firstName: 'Eleni', lastName: 'Nova', phone: '2101234567' });
    const stored = must(
      await desk.files.take(
        { userId: null, rights: new Set(['messages.write']) },
        'letter.pdf',
        Buffer.from('%PDF-1.4 a letter'),
      ),
    );
    await ask(desk, 'changeDeskKey');
    await changed(desk, 'key');
    const now = (await kept('Alpha')).key;
    expect(now.equals(before)).toBe(false);
    expect(keptNames('Alpha')).toEqual(settled);
    expect(await ask<unknown[]>(desk, 'findPatient', { text: 'Nova' })).toHaveLength(1);
    await desk.close();
    expect(() => new Replica({ file: fileOf('Alpha'), key: before, newId: () => '' })).toThrow();
    const [, again] = [stored, await online('Alpha')];
    expect(await ask<unknown[]>(again, 'findPatient', { text: 'Nova' })).toHaveLength(1);
  });

  test.each([
    ['before the file was written anew', false],
    ['after the new file took its place', true],
  ])('cut off %s opens what lies there', async (_, swapped) => {
    const first = await online('Gamma', urlOf('Gamma'));
    if (swapped) {
      await ask(first, 'changeDeskKey');
      await changed(first, 'key');
    }
    await first.close();
    const { key } = await kept('Gamma');
    const other = randomBytes(32).toString('hex');
    await secretsOf('Gamma').set('replica-key', swapped ? other : key.toString('hex'));
    await secretsOf('Gamma').set('replica-key-next', swapped ? key.toString('hex') : other);
    const desk = await online('Gamma');
    expect((await kept('Gamma')).key.equals(key)).toBe(true);
    expect(keptNames('Gamma')).toEqual(settled);
    await desk.close();
  });
});

test('a desk killed again and again while it changes key and password opens, connects and has what it had', async () => {
  const first = await online('Gamma');
  const before = await ask(first, 'locations');
  await first.close();
  for (let round = 0; round < 4; round += 1) {
    const child = startChild('serves-desk', [data.path, 'Gamma', '', 'key', 'password']);
    await child.said((line) => line === 'online');
    await pause(round * 71);
    await child.kill();
  }
  const desk = await online('Gamma');
  expect(await ask(desk, 'locations')).toEqual(before);
  await until('nothing is under way', () => keptNames('Gamma').length === settled.length);
  expect(keptNames('Gamma')).toEqual(settled);
}, 120_000);
