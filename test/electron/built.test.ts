import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName } from '../../src-main/contract/calls.ts';
import { PROTOCOL_VERSION } from '../../src-main/contract/envelope.ts';
import { places } from '../../src-main/core/places.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { temporaryFolder } from '../support/desk.ts';
import { until } from '../support/until.ts';

/** Inside the project, where a built file finds the packages, the migrations and package.json as in an installed app. */
const built = join(places.root, 'out/check');

beforeAll(() => {
  const program = join(places.root, 'node_modules/electron-vite/bin/electron-vite.js');
  execFileSync(process.execPath, [program, 'build', '--outDir', built, '--logLevel', 'error'], {
    cwd: places.root,
  });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

describe('the app as it is packaged', () => {
  it('has its main process, a preload that a sandbox can load, and the screens', () => {
    const manifest = JSON.parse(readFileSync(join(places.root, 'package.json'), 'utf8')) as { main: string };
    expect(existsSync(join(places.root, manifest.main.replace('out/', 'out/check/')))).toBe(true);
    const preload = readFileSync(join(built, 'preload/index.cjs'), 'utf8');
    expect(preload.match(/require\([^)]*\)/g)).toEqual(['require("electron")']);
    expect(preload).not.toMatch(/^import /m);
    expect(readFileSync(join(built, 'renderer/index.html'), 'utf8')).not.toMatch(/<script(?![^>]* src=)/);
  });
});

describe('the core as it is packaged', () => {
  let central: TestCentral;
  const folder = temporaryFolder();
  beforeAll(async () => {
    central = await freshCentral();
  });
  afterAll(async () => {
    await central.drop();
    folder.remove();
  });

  it('opens a desk, fills its replica in a thread, answers a window, and closes', async () => {
    const { desks } = await clinicWithDesks(central.ownerUrl);
    const core = fork(join(import.meta.dirname, 'as-utility-process.ts'), [
      join(built, 'main/core-process.js'),
    ]);
    const heard: { fromCore?: object; fromPort?: { id?: number; result?: unknown }; loaded?: true }[] = [];
    core.on('message', (message: object) => heard.push(message));
    await until('the program is loaded', () => heard.some(({ loaded }) => loaded));
    let id = 0;
    const ask = async (call: CallName): Promise<unknown> => {
      id += 1;
      core.send({ onPort: { version: PROTOCOL_VERSION, id, call, input: {} } });
      const asked = id;
      return until(
        `${call} is answered`,
        () => heard.find((one) => one.fromPort?.id === asked)?.fromPort?.result,
      );
    };
    core.send({
      toCore: {
        kind: 'open',
        options: { data: folder.path, central: desks[0]?.url, desk: 'Built', insecureKeyFile: true },
      },
    });
    core.send({ connect: true });
    await until('the desk is online', async () => {
      const state = (await ask('syncState')) as { value?: { phase: string } };
      return state.value?.phase === 'online';
    });
    expect(await ask('clinic')).toMatchObject({
      ok: true,
      value: { deskName: 'Desk 1', insecureKeyFile: true },
    });
    expect(await ask('doctors')).toEqual({ ok: true, value: [] });
    core.send({ toCore: { kind: 'stop' } });
    expect(await once(core, 'exit')).toEqual([0, null]);
  });
});
