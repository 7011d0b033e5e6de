import { describe, expect, it } from 'vitest';
import { defaultDataFolder, electronOptions, webOptions } from '../../src-main/shell/options.ts';

describe('the command line', () => {
  it('has a meaning for every option', () => {
    const args = '--port 4871 --data /d --central postgres://x --no-open --insecure-key-file --desk Two';
    expect(webOptions(args.split(' '), {})).toEqual({
      port: 4871,
      data: '/d',
      central: 'postgres://x',
      open: false,
      insecureKeyFile: true,
      desk: 'Two',
    });
  });

  it('may be empty: the sample clinic, any free port, the browser', () => {
    expect(webOptions([], { HOME: '/home/x' })).toMatchObject({ port: 0, central: null, open: true });
  });

  it('stands over the environment', () => {
    const env = { ANTEROOM_CENTRAL_URL: 'postgres://env', ANTEROOM_DATA: '/env' };
    expect(webOptions([], env)).toMatchObject({ central: 'postgres://env', data: '/env' });
    expect(webOptions(['--central', 'postgres://x', '--data', '/d'], env)).toMatchObject({
      central: 'postgres://x',
      data: '/d',
    });
  });

  it('is refused in a sentence where it makes no sense', () => {
    expect(() => webOptions(['--port', 'http'], {})).toThrow('--port takes a number');
    expect(() => webOptions(['--prot', '1'], {})).toThrow("'--prot'");
  });

  it('of Electron may hold switches of Chromium', () => {
    const args = ['--no-sandbox', '--data=/d', '--desk', 'Two', '--lang', 'el', '--insecure-key-file'];
    expect(electronOptions(args, {})).toEqual({
      data: '/d',
      desk: 'Two',
      central: null,
      insecureKeyFile: true,
    });
  });
});

describe('the data folder', () => {
  it.each([
    ['linux', { HOME: '/home/x' }, '/home/x/.local/share/anteroom'],
    ['linux', { HOME: '/home/x', XDG_DATA_HOME: '/data' }, '/data/anteroom'],
    ['darwin', { HOME: '/Users/x' }, '/Users/x/Library/Application Support/Anteroom'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/Anteroom'],
  ] as const)('is where %s wants it', (platform, env, folder) => {
    expect(defaultDataFolder(platform, env)).toBe(folder);
  });
});
