import { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const ipc = Object.assign(new EventEmitter(), { send: vi.fn() });
const bridge = { exposeInMainWorld: vi.fn() };
vi.mock('electron', () => ({ ipcRenderer: ipc, contextBridge: bridge }));

type Heard = { source: unknown; origin: string; data: unknown };
const listeners: ((message: Heard) => void)[] = [];
const posted: unknown[][] = [];
const page = {
  location: { origin: 'anteroom://desk' },
  addEventListener: (_name: string, listener: (message: Heard) => void) => listeners.push(listener),
  postMessage: (...message: unknown[]) => posted.push(message),
};
const before = Object.keys(page);

beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('../../src-main/electron/preload.ts');
});
const say = (message: Partial<Heard>) => {
  for (const listener of listeners)
    listener({ source: page, origin: 'anteroom://desk', data: 'anteroom-ready', ...message });
};

describe('what stands between the page and Electron', () => {
  it('gives the page no function and no object of Electron’s', () => {
    expect(bridge.exposeInMainWorld).not.toHaveBeenCalled();
    expect(Object.keys(page)).toEqual(before);
  });

  it('asks for the core for the page itself, and for no frame, other origin or other word', () => {
    say({ source: {} });
    say({ origin: 'https://evil.example' });
    say({ data: { call: 'erasePatient' } });
    expect(ipc.send).not.toHaveBeenCalled();
    say({});
    expect(ipc.send.mock.calls).toEqual([['anteroom-connect']]);
  });

  it('hands the page its line to the core, and that page alone', () => {
    const port = {};
    ipc.emit('anteroom-port', { ports: [port] });
    expect(posted).toEqual([['anteroom-port', 'anteroom://desk', [port]]]);
  });
});
