import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Electron, runApp } from '../../src-main/electron/app.ts';
import { StandInPort, standInElectron } from './stand-in.ts';

const run = async (options?: { firstInstance?: boolean }, argv = ['anteroom', '--desk', 'Front']) => {
  const standIn = standInElectron(options);
  const program = new EventEmitter();
  await runApp(standIn.electron as unknown as Electron, argv, program);
  return { ...standIn, program };
};

/** A frame of a window, as ipc names the sender. */
const frame = (url: string, parent: unknown = null) => {
  const handed: unknown[] = [];
  return {
    url,
    parent,
    handed,
    postMessage: (name: string, _message: unknown, ports: unknown[]) => handed.push([name, ...ports]),
  };
};

describe('at start', () => {
  it('one sandboxed window shows the screens by their own scheme', async () => {
    const { seen } = await run();
    expect(seen.sandboxed).toBe(true);
    expect(seen.schemes).toMatchObject([
      { scheme: 'anteroom', privileges: { standard: true, secure: true } },
    ]);
    expect(seen.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
    expect(seen.handled).toEqual(['anteroom']);
    expect(seen.permissions).toEqual(['request', 'check', 'device']);
    expect(seen.windows).toHaveLength(1);
    expect(seen.windows[0]?.loaded).toEqual(['anteroom://desk/']);
    expect(seen.windows[0]?.options).toMatchObject({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
    });
  });

  it('the core opens the desk that the command line names, in a process of its own', async () => {
    const { seen } = await run(undefined, [
      'anteroom',
      '--no-zygote',
      '--desk',
      'Front',
      '--data',
      '/d',
      '--lang=el',
    ]);
    expect(seen.forked).toHaveLength(1);
    expect(seen.processes[0]?.posted[0]?.message).toMatchObject({
      kind: 'open',
      options: { desk: 'Front', data: '/d', central: null, insecureKeyFile: false },
    });
  });

  it('a second start leaves the first one its desk and brings its window to the front', async () => {
    const second = await run({ firstInstance: false });
    expect(second.seen).toMatchObject({ quits: 1, windows: [], processes: [] });
    const first = await run();
    first.app.emit('second-instance');
    expect(first.seen.windows[0]?.focused).toBe(true);
  });
});

describe('a window that asks for the core', () => {
  it('gets one end of a channel whose other end goes to the core', async () => {
    const { ipcMain, seen } = await run();
    const asking = frame('anteroom://desk/');
    ipcMain.emit('anteroom-connect', { senderFrame: asking });
    expect(asking.handed).toEqual([['anteroom-port', expect.any(StandInPort)]]);
    const [, connect] = seen.processes[0]?.posted ?? [];
    expect(connect?.message).toEqual({ kind: 'connect' });
    expect(connect?.ports).toEqual([expect.any(StandInPort)]);
  });

  it.each([
    ['shows another page', frame('https://example.org/')],
    ['shows another host of our scheme', frame('anteroom://evil/')],
    ['is a frame inside a page', frame('anteroom://desk/', {})],
  ])('gets nothing when it %s', async (_how, asking) => {
    const { ipcMain, seen } = await run();
    ipcMain.emit('anteroom-connect', { senderFrame: asking });
    ipcMain.emit('anteroom-connect', { senderFrame: null });
    expect(asking.handed).toEqual([]);
    expect(seen.processes[0]?.posted).toHaveLength(1);
  });
});

describe('the core', () => {
  it('that cannot open the desk says why, and the app ends', async () => {
    const { seen } = await run();
    seen.processes[0]?.emit('message', { kind: 'failed', message: 'The disk is full.' });
    expect(seen.errors).toEqual(['The disk is full.']);
    expect(seen.quits).toBe(1);
    seen.processes[0]?.emit('exit', 1);
    expect(seen.processes).toHaveLength(1);
  });

  it('that dies at once is not started for ever', async () => {
    const { seen } = await run();
    seen.processes[0]?.emit('exit', 139);
    expect(seen.processes).toHaveLength(1);
    expect(seen.errors[0]).toContain('139');
  });

  it('is closed before the app ends', async () => {
    const { app, seen } = await run();
    let prevented = false;
    app.emit('will-quit', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
    expect(seen.quits).toBe(0);
    const core = seen.processes[0];
    expect(core?.posted.at(-1)?.message).toEqual({ kind: 'stop' });
    core?.emit('exit', 0);
    await expect.poll(() => seen.quits).toBe(1);
    expect(seen.processes).toHaveLength(1);
  });
});
