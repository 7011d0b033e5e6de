import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { places } from '../../src-main/core/places.ts';
import { electronBinary } from '../../src-main/shell/electron-binary.ts';
import { expect, showsBoard, test } from './fixture.ts';

const binary = electronBinary();
if (!binary) console.log('skipped: no Electron binary');

test.describe('the desktop app', () => {
  test.skip(binary === null, 'no Electron binary');

  let app: ElectronApplication;
  let page: Page;
  let data: string;

  test.beforeAll(() => {
    const program = join(places.root, 'node_modules/electron-vite/bin/electron-vite.js');
    execFileSync(process.execPath, [program, 'build', '--logLevel', 'error'], { cwd: places.root });
  });
  test.beforeEach(async ({ clinic }) => {
    data = mkdtempSync(join(tmpdir(), 'anteroom-electron-'));
    const args = ['--data', data, '--central', await clinic.addDesk('Desktop'), '--insecure-key-file'];
    app = await _electron.launch({
      ...(binary ? { executablePath: binary } : {}),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), places.root, ...args],
    });
    page = await app.firstWindow();
    await showsBoard(page);
  });
  test.afterEach(async () => {
    await app.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('shows today’s board by its own scheme', () => {
    expect(page.url()).toBe('anteroom://desk/');
  });

  test('gives the page nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => [
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
    ]);
    expect(seen).toEqual(['undefined', 'undefined']);
  });

  test('opens no window and goes to no other page', async () => {
    await page.evaluate(() => {
      window.open('https://example.org/');
      window.location.href = 'https://example.org/';
    });
    expect(app.windows()).toHaveLength(1);
    await showsBoard(page);
    expect(page.url()).toBe('anteroom://desk/');
  });

  test('starts the core again when it dies, and the board goes on', async () => {
    // A core that lived shorter than ten seconds is not started again; this one has to have worked for a while.
    const bornAt = Date.now();
    await expect.poll(() => Date.now() - bornAt, { timeout: 20_000 }).toBeGreaterThan(11_000);
    await app.evaluate(({ app: electronApp }) => {
      const core = electronApp.getAppMetrics().find(({ name }) => name === 'Anteroom core');
      if (core) process.kill(core.pid, 'SIGKILL');
    });
    await showsBoard(page);
  });
});
