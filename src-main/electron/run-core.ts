import type { MessageEvent, ParentPort } from 'electron';
import { answerFile, type DeskFileCalls, type FileRequest } from '../shell/files.ts';
import type { DeskOptions } from '../shell/options.ts';
import type { FromCore, ToCore } from './messages.ts';
import { type Core, servePort } from './serve-port.ts';

interface OpenCore extends Core {
  files: DeskFileCalls;
  close(): Promise<void>;
}

export interface RunCoreOptions {
  parentPort: Pick<ParentPort, 'on' | 'postMessage'>;
  open: (options: DeskOptions) => Promise<OpenCore>;
  exit: (code: number) => void;
}

/** The core's process: opens the desk when told, serves each window's line, and closes before it ends. */
export const runCore = ({ parentPort, open, exit }: RunCoreOptions): void => {
  let core: Promise<OpenCore> | undefined;
  const tell = (message: FromCore): void => parentPort.postMessage(message);

  const start = (options: DeskOptions): void => {
    core = open(options);
    core.then(
      () => tell({ kind: 'ready' }),
      (fault: unknown) => {
        tell({ kind: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
      },
    );
  };
  const file = async (id: number, request: FileRequest): Promise<void> => {
    const open = await core;
    if (open) tell({ kind: 'file', id, answer: await answerFile(open.files, request) });
  };
  const stop = async (): Promise<void> => {
    const open = await core?.catch(() => undefined);
    await open?.close();
    exit(0);
  };

  parentPort.on('message', ({ data, ports }: MessageEvent) => {
    const message = data as ToCore;
    if (message.kind === 'open') start(message.options);
    else if (message.kind === 'file') void file(message.id, message.request).catch(() => undefined);
    else if (message.kind === 'stop') void stop();
    else {
      // A port keeps what is posted to it until it is started, so a window may call before the desk is open.
      const [port] = ports;
      if (port) void core?.then((open) => servePort(open, port)).catch(() => port.close());
    }
  });
};
