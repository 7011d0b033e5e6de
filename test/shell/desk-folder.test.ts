import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDeskFolder, openSecrets, takeDeskFolder } from '../../src-main/shell/desk-folder.ts';
import type { DeskOptions } from '../../src-main/shell/options.ts';

let data: string;
const options = (given: Partial<DeskOptions> = {}): DeskOptions => ({
  data,
  central: null,
  desk: 'Reception',
  insecureKeyFile: false,
  ...given,
});
const own = { central: 'postgres://desk@central/db' };
const makeReplica = (given: Partial<DeskOptions> = {}): void => {
  const folder = findDeskFolder(options(given));
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(folder.replica, '');
};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'anteroom-data-'));
});
afterEach(() => {
  rmSync(data, { recursive: true });
  vi.doUnmock('keytar');
});

describe('a desk', () => {
  it('of the sample clinic never shares a folder with one of a real clinic', () => {
    expect(findDeskFolder(options()).path).not.toBe(findDeskFolder(options(own)).path);
    expect(findDeskFolder(options())).toMatchObject({ sample: true });
  });

  it('that had a central of its own goes on with it when none is named', () => {
    makeReplica(own);
    expect(findDeskFolder(options())).toEqual(findDeskFolder(options(own)));
  });

  it('may have a Greek name, and no name leads out of the data folder', () => {
    expect(findDeskFolder(options({ desk: 'Γραμματεία 2' })).path).toBe(join(data, 'sample/γραμματεία-2'));
    expect(findDeskFolder(options({ desk: '../../etc' })).path).toBe(join(data, 'sample/etc'));
    expect(findDeskFolder(options({ desk: '…' })).path).toBe(join(data, 'sample/desk'));
  });

  it('is open once: a second program is told so, and may have it when the first has closed', () => {
    const folder = findDeskFolder(options());
    const release = takeDeskFolder(folder, 'Reception');
    expect(() => takeDeskFolder(folder, 'Reception')).toThrow('"Reception" is open already');
    release();
    takeDeskFolder(folder, 'Reception')();
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  });

  it('whose folder cannot be made is told which', () => {
    writeFileSync(join(data, 'sample'), '');
    const folder = findDeskFolder(options());
    expect(() => takeDeskFolder(folder, 'Reception')).toThrow(`The folder ${folder.path} cannot be used`);
  });
});

describe('without a keychain', () => {
  beforeEach(() => {
    vi.doMock('keytar', () => {
      throw new Error('no keychain');
    });
  });
  const secretsOf = (given: Partial<DeskOptions> = {}) =>
    openSecrets(findDeskFolder(options(given)), options(given));

  it('the sample clinic, which is made up, runs with a key file', async () => {
    expect((await secretsOf()).insecure).toBe(true);
  });

  it('a real clinic is refused with an explanation', async () => {
    await expect(secretsOf(own)).rejects.toThrow('--insecure-key-file');
  });

  it('a real clinic runs with a key file when somebody asks for it, each time', async () => {
    const secrets = await secretsOf({ ...own, insecureKeyFile: true });
    await secrets.set('replica-key', 'x');
    makeReplica(own);
    expect(await (await secretsOf({ ...own, insecureKeyFile: true })).get('replica-key')).toBe('x');
    await expect(secretsOf(own)).rejects.toThrow('--insecure-key-file');
  });

  it('a replica whose key is in the keychain is not opened with another one', async () => {
    makeReplica();
    makeReplica(own);
    await expect(secretsOf()).rejects.toThrow('keychain');
    await expect(secretsOf({ ...own, insecureKeyFile: true })).rejects.toThrow('keychain');
  });
});

it('with a keychain the key lies there, also that of the sample clinic', async () => {
  const kept = new Map<string, string>();
  vi.doMock('keytar', () => ({
    default: {
      getPassword: async (_service: string, account: string) => kept.get(account) ?? null,
      setPassword: async (_service: string, account: string, password: string) => kept.set(account, password),
      deletePassword: async (_service: string, account: string) => kept.delete(account),
    },
  }));
  const secrets = await openSecrets(findDeskFolder(options()), options());
  await secrets.set('replica-key', 'x');
  expect(secrets.insecure).toBe(false);
  expect([...kept.values()]).toEqual(['x']);
});
