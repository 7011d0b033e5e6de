import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { UtilityProcess } from 'electron';
import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../src-main/contract/errors.ts';
import { CoreHost } from '../../src-main/electron/core-host.ts';
import { isFileRequest, serveFile } from '../../src-main/electron/files.ts';
import { type RunCoreOptions, runCore } from '../../src-main/electron/run-core.ts';
import type { DeskOptions } from '../../src-main/shell/options.ts';
import { StandInProcess } from './stand-in.ts';

const options: DeskOptions = { data: '/d', central: null, desk: 'Front', insecureKeyFile: false };
const picture = randomBytes(100_000);

/** Main and the core's process, joined by the messages that they post. */
const joined = () => {
  const taken: { fileName: string; bytes: Buffer }[] = [];
  const open: RunCoreOptions['open'] = async () => ({
    dispatch: async () => refuse('unknown_call'),
    on: () => () => undefined,
    openSeat: () => ({
      session: { userId: null, rights: new Set<never>() },
      generation: 0,
      isMovedBy: () => false,
    }),
    files: {
      take: async (_session, fileName, bytes) => {
        taken.push({ fileName, bytes });
        return ok({ sha256: 'a'.repeat(64), fileName, mimeType: 'image/png', sizeBytes: bytes.length });
      },
      give: async (_session, id) =>
        id === 'one'
          ? ok({ fileName: 'φωτό.png', mimeType: 'image/png', bytes: picture })
          : refuse('not_found'),
      place: async () => refuse('not_found'),
    },
    close: async () => undefined,
  });
  const process = new StandInProcess();
  const host = new CoreHost({
    fork: () => process as unknown as UtilityProcess,
    options,
    onFailed: () => undefined,
    onRestarted: () => undefined,
  });
  const parentPort = new EventEmitter();
  runCore({
    parentPort: Object.assign(parentPort, {
      // Electron clones what is posted.
      postMessage: (message: unknown) => process.emit('message', structuredClone(message)),
    }),
    open,
    exit: () => undefined,
  });
  const post = process.postMessage.bind(process);
  process.postMessage = (message, ports) => {
    post(message, ports);
    parentPort.emit('message', { data: structuredClone(message), ports: ports ?? [] });
  };
  host.start();
  return { host, taken, process };
};

const fetched = (host: CoreHost, path: string, init: RequestInit = {}) =>
  serveFile(new Request(`anteroom://desk${path}`, init), (request) => host.askFile(request));

describe('the desktop window', () => {
  it('gives a file to the core byte for byte, under its Greek name', async () => {
    const { host, taken } = joined();
    const answer = await fetched(host, '/files', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('φωτό.png') },
      body: picture,
    });
    expect(await answer.json()).toMatchObject({ ok: true, value: { fileName: 'φωτό.png' } });
    expect(taken[0]?.bytes.equals(picture)).toBe(true);
  });

  it('gets one that is shown and not run', async () => {
    const { host } = joined();
    const answer = await fetched(host, '/files/one');
    expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetched(host, '/files/two')).status).toBe(404);
  });

  it('is answered when the core ends before it could', async () => {
    const { host, process } = joined();
    process.postMessage = () => undefined;
    const answer = fetched(host, '/files/one');
    process.emit('exit', 1);
    expect((await answer).status).toBe(503);
  });

  it('asks only for files of its own address', () => {
    const isOurs = (url: string) => isFileRequest({ url } as Request);
    expect(isOurs('anteroom://desk/files/one')).toBe(true);
    expect(isOurs('anteroom://desk/')).toBe(false);
    expect(isOurs('anteroom://evil/files/one')).toBe(false);
  });
});
