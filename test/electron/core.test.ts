import { EventEmitter } from 'node:events';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { describe, expect, it } from 'vitest';
import { type DeskEvent, PROTOCOL_VERSION } from '../../src-main/contract/envelope.ts';
import { ok, type Result, refuse } from '../../src-main/contract/errors.ts';
import { CoreHost } from '../../src-main/electron/core-host.ts';
import { type RunCoreOptions, runCore } from '../../src-main/electron/run-core.ts';
import type { DeskOptions } from '../../src-main/shell/options.ts';
import { StandInChannel, StandInProcess } from './stand-in.ts';

const options: DeskOptions = { data: '/d', central: null, desk: 'Front', insecureKeyFile: false };

/** A core's process as main sees it: what it is told, and what it does when it is. */
const coreProcess = (open: RunCoreOptions['open']) => {
  const parentPort = new EventEmitter();
  const told: unknown[] = [];
  const exits: number[] = [];
  runCore({
    parentPort: Object.assign(parentPort, { postMessage: (message: unknown) => told.push(message) }),
    open,
    exit: (code) => exits.push(code),
  });
  const tell = (message: object, ports: unknown[] = []) =>
    parentPort.emit('message', { data: message, ports });
  return { tell, told, exits };
};

const standInDesk = () => {
  const listeners = new Set<(event: DeskEvent) => void>();
  const desk = {
    closed: false,
    listeners,
    dispatch: async (name: string, input: unknown): Promise<Result<unknown>> =>
      name === 'clinic' ? ok({ input }) : refuse('unknown_call', { name }),
    on: (listener: (event: DeskEvent) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openSeat: () => ({
      session: { userId: null, rights: new Set<never>() },
      generation: 0,
      isMovedBy: () => false,
    }),
    files: {
      take: async () => refuse('not_found'),
      give: async () => refuse('not_found'),
      place: async () => refuse('not_found'),
    },
    close: async () => {
      desk.closed = true;
    },
  };
  return desk;
};

const window = (channel: StandInChannel) => {
  const heard: unknown[] = [];
  channel.port2.on('message', ({ data }) => heard.push(data));
  channel.port2.start();
  return heard;
};

describe('a window’s line to the core', () => {
  it('carries calls, also those made before the desk was open, and answers by number', async () => {
    let opened: (desk: ReturnType<typeof standInDesk>) => void = () => undefined;
    const core = coreProcess(() => new Promise((resolve) => (opened = resolve)));
    core.tell({ kind: 'open', options });
    const channel = new StandInChannel();
    core.tell({ kind: 'connect' }, [channel.port1]);
    const heard = window(channel);
    channel.port2.postMessage({ version: PROTOCOL_VERSION, id: 7, call: 'clinic', input: { a: 1 } });
    opened(standInDesk());
    await expect.poll(() => heard).toEqual([{ id: 7, result: ok({ input: { a: 1 } }) }]);
    expect(core.told).toEqual([{ kind: 'ready' }]);
    channel.port1.close();
  });

  it('carries events until the window closes', async () => {
    const desk = standInDesk();
    const core = coreProcess(async () => desk);
    core.tell({ kind: 'open', options });
    const channel = new StandInChannel();
    core.tell({ kind: 'connect' }, [channel.port1]);
    const heard = window(channel);
    await expect.poll(() => desk.listeners.size).toBe(1);
    const event: DeskEvent = { event: 'tablesChanged', tables: ['patients'] };
    for (const listener of desk.listeners) listener(event);
    await expect.poll(() => heard).toEqual([event]);
    channel.port2.close();
    await expect.poll(() => desk.listeners.size).toBe(0);
  });

  it('refuses a page of another protocol version', async () => {
    const core = coreProcess(async () => standInDesk());
    core.tell({ kind: 'open', options });
    const channel = new StandInChannel();
    core.tell({ kind: 'connect' }, [channel.port1]);
    const heard = window(channel);
    channel.port2.postMessage({ version: PROTOCOL_VERSION + 1, id: 1, call: 'clinic', input: {} });
    await expect.poll(() => heard).toMatchObject([{ id: 1, result: { error: { code: 'wrong_version' } } }]);
    channel.port1.close();
  });
});

describe('the core’s process', () => {
  it('closes the desk before it ends', async () => {
    const desk = standInDesk();
    const core = coreProcess(async () => desk);
    core.tell({ kind: 'open', options });
    core.tell({ kind: 'stop' });
    await expect.poll(() => core.exits).toEqual([0]);
    expect(desk.closed).toBe(true);
  });

  it('tells main in a sentence why the desk does not open', async () => {
    const core = coreProcess(async () => {
      throw new Error('The disk is full.');
    });
    core.tell({ kind: 'open', options });
    await expect.poll(() => core.told).toEqual([{ kind: 'failed', message: 'The disk is full.' }]);
    core.tell({ kind: 'stop' });
    await expect.poll(() => core.exits).toEqual([0]);
  });
});

describe('a core that crashed', () => {
  it('after a while of work is started again and the window asks anew', () => {
    const processes: StandInProcess[] = [];
    const failures: string[] = [];
    let restarts = 0;
    let now = 0;
    const host = new CoreHost({
      fork: () => {
        const made = new StandInProcess();
        processes.push(made);
        return made as unknown as UtilityProcess;
      },
      options,
      onFailed: (message) => failures.push(message),
      onRestarted: () => restarts++,
      now: () => now,
    });
    host.start();
    now = 60_000;
    processes[0]?.emit('exit', 139);
    expect(processes).toHaveLength(2);
    expect(processes[1]?.posted[0]?.message).toEqual({ kind: 'open', options });
    expect(restarts).toBe(1);
    const { port1 } = new StandInChannel();
    host.connect(port1 as unknown as MessagePortMain);
    expect(processes[1]?.posted).toHaveLength(2);
    processes[1]?.emit('exit', 139);
    expect(processes).toHaveLength(2);
    expect(failures).toHaveLength(1);
    port1.close();
  });
});
