import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Session } from 'electron';
import { afterAll, describe, expect, it } from 'vitest';
import {
  confine,
  denyPermissions,
  isPage,
  servePages,
  webPreferences,
} from '../../src-main/electron/policy.ts';
import { readPage } from '../../src-main/shell/pages.ts';

it('a window has no Node, no webview and no way around its sandbox', () => {
  expect(webPreferences('/preload.cjs', false)).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    devTools: false,
  });
  // Features that Chromium has not decided on, by name.
  expect(webPreferences('/preload.cjs', false)).not.toHaveProperty('enableBlinkFeatures');
});

it('every permission is denied, asked for or looked up', () => {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const keep = (name: string) => (handler: (...args: unknown[]) => unknown) => {
    handlers[name] = handler;
  };
  denyPermissions({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
  } as unknown as Session);
  const answers: unknown[] = [];
  handlers['request']?.(null, 'media', (answer: unknown) => answers.push(answer));
  expect(answers).toEqual([false]);
  expect(handlers['check']?.(null, 'geolocation')).toBe(false);
  expect(handlers['device']?.({ deviceType: 'usb' })).toBe(false);
});

describe('a page', () => {
  const contents = () => {
    const app = new EventEmitter();
    const outside: string[] = [];
    confine(app as unknown as App, (address) => outside.push(address));
    let windowOpen: ((details: { url: string }) => { action: string }) | undefined;
    const made = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: (details: { url: string }) => { action: string }) => {
        windowOpen = handler;
      },
    });
    app.emit('web-contents-created', {}, made);
    const prevented = (name: string, url = '') => {
      let was = false;
      made.emit(name, { url, preventDefault: () => (was = true) });
      return was;
    };
    return { prevented, outside, windowOpen: (url: string) => windowOpen?.({ url }) };
  };

  it('opens no window, and hands links of messages to the browser and the mail alone', () => {
    const { windowOpen, outside } = contents();
    const good = ['https://clinic.example/', 'http://clinic.example/', 'mailto:desk@clinic.example'];
    const bad = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'anteroom://desk/',
      'smb://x/',
      '',
    ];
    for (const address of [...good, ...bad]) expect(windowOpen(address)).toEqual({ action: 'deny' });
    expect(outside).toEqual(good);
  });

  it.each(['will-navigate', 'will-frame-navigate'])('goes nowhere else (%s)', (event) => {
    const { prevented } = contents();
    expect(prevented(event, 'https://example.org/')).toBe(true);
    expect(prevented(event, 'file:///etc/passwd')).toBe(true);
    expect(prevented(event, 'anteroom://evil/')).toBe(true);
    expect(prevented(event, 'anteroom://desk/')).toBe(false);
  });

  it('is not redirected and embeds no webview', () => {
    const { prevented } = contents();
    expect(prevented('will-redirect', 'https://example.org/')).toBe(true);
    expect(prevented('will-attach-webview')).toBe(true);
  });
});

it('only our own address counts as a page', () => {
  expect(isPage('anteroom://desk/')).toBe(true);
  for (const address of [
    'anteroom://desk.evil/',
    'anteroom://x@desk/',
    'anteroom:desk',
    'https://desk/',
    'about:blank',
    'data:text/html,x',
    '',
  ]) {
    expect(isPage(address)).toBe(false);
  }
});

describe('the screens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-pages-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<style nonce="ANTEROOM-NONCE"></style>');
  writeFileSync(join(folder, 'assets/index-abc123.js'), '1');
  writeFileSync(join(folder, 'assets/.hidden.js'), '1');
  writeFileSync(join(folder, '..', 'anteroom-outside.js'), 'secret');
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(join(folder, '..', 'anteroom-outside.js'));
  });

  it('come with a policy that runs no inline script and a nonce that is new each time', async () => {
    const pages = [await readPage('/', [], folder), await readPage('/', [], folder)];
    const policies = pages.map((page) => page?.headers['content-security-policy'] ?? '');
    const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(pages[0]?.body).toBe(`<style nonce="${nonces[0]}"></style>`);
    expect(policies[0]).toContain("default-src 'none'; script-src 'self';");
    expect(policies[0]).not.toContain('unsafe');
  });

  it('keep for ever only what has its hash in its name', async () => {
    expect((await readPage('/assets/index-abc123.js', [], folder))?.headers['cache-control']).toContain(
      'immutable',
    );
    expect((await readPage('/', [], folder))?.headers['cache-control']).toBe('no-store');
  });

  it.each([
    '/../anteroom-outside.js',
    '/assets/../../anteroom-outside.js',
    '/assets/..%2f..%2fanteroom-outside.js',
    '/assets/%2e%2e/x.js',
    '/assets\\..\\x.js',
    '/assets/.hidden.js',
    '//anteroom-outside.js',
    '/assets/',
    '/assets/index-abc123.js\0.html',
  ])('let %s lead nowhere', async (path) => {
    expect(await readPage(path, [], folder)).toBeUndefined();
  });

  it('answer no other host and no other method', async () => {
    expect((await servePages(new Request('anteroom://evil/'))).status).toBe(404);
    expect((await servePages(new Request('anteroom://desk/', { method: 'POST' }))).status).toBe(404);
    expect((await servePages(new Request('anteroom://desk/assets/../../package.json'))).status).toBe(404);
  });
});
