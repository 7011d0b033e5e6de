import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keychainSecrets } from '../../src-main/core/security/keytar-secrets.ts';
import { fileSecrets } from '../../src-main/core/security/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anteroom-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a key file', () => {
  it('keeps what it was given for the next start', async () => {
    const file = join(folder, 'desk/secrets.json');
    await fileSecrets(file).set('one', '1');
    await fileSecrets(file).set('two', '2');
    await fileSecrets(file).delete('one');
    expect(await fileSecrets(file).get('one')).toBeNull();
    expect(await fileSecrets(file).get('two')).toBe('2');
  });

  it('can be read by nobody else, also when it was open to all before', async () => {
    const file = join(folder, 'secrets.json');
    writeFileSync(file, '{}');
    chmodSync(file, 0o666);
    await fileSecrets(file).set('one', '1');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('that is damaged is named and not written over', async () => {
    const file = join(folder, 'secrets.json');
    writeFileSync(file, '{"one": ');
    await expect(fileSecrets(file).get('one')).rejects.toThrow(`${file} cannot be read (it is damaged)`);
    await expect(fileSecrets(file).set('two', '2')).rejects.toThrow('damaged');
    expect(readFileSync(file, 'utf8')).toBe('{"one": ');
  });
});

describe('the keychain', () => {
  const kept = new Map<string, string>();
  const standIn = {
    getPassword: async (service: string, account: string) => kept.get(`${service}|${account}`) ?? null,
    setPassword: async (service: string, account: string, password: string) => {
      kept.set(`${service}|${account}`, password);
    },
    deletePassword: async (service: string, account: string) => kept.delete(`${service}|${account}`),
  };
  afterEach(() => {
    kept.clear();
    vi.doUnmock('keytar');
  });

  it('keeps the desks of one computer apart', async () => {
    vi.doMock('keytar', () => ({ default: standIn }));
    const [one, two] = [await keychainSecrets('/data/one'), await keychainSecrets('/data/two')];
    await one.set('key', '1');
    expect(await two.get('key')).toBeNull();
    expect(await one.get('key')).toBe('1');
    await one.delete('key');
    expect(await one.get('key')).toBeNull();
    expect(one.insecure).toBe(false);
  });

  it('that does not answer is explained, with what to install and the way without', async () => {
    const locked = async () => {
      throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
    };
    vi.doMock('keytar', () => ({ default: { ...standIn, getPassword: locked } }));
    const message = await keychainSecrets('/data/one').then(
      () => '',
      (fault: Error) => fault.message,
    );
    expect(message).toContain('Cannot autolaunch D-Bus');
    expect(message).toContain('--insecure-key-file');
    if (process.platform === 'linux') expect(message).toMatch(/libsecret.*gnome-keyring/s);
  });

  it('that could not be installed is explained in the same way', async () => {
    vi.doMock('keytar', () => {
      throw new Error("Cannot find package 'keytar'");
    });
    await expect(keychainSecrets('/data/one')).rejects.toMatchObject({
      name: 'Explained',
      message: expect.stringContaining('--insecure-key-file'),
    });
  });
});
