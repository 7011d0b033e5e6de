import type { MessageEvent, ParentPort } from 'electron';
import type { Seat } from '../core/front-desk.ts';
import { answerFile, type FileRequest, filesFor, type SessionFileCalls } from '../shell/files.ts';
import type { DeskOptions } from '../shell/options.ts';
import type { FromCore, ToCore } from './messages.ts';
import { type Core, servePort } from './serve-port.ts';

interface OpenCore extends Core {
  openSeat(): Seat;
  files: SessionFileCalls;
  close(): Promise<void>;
}

export interface RunCoreOptions {
  parentPort: Pick<ParentPort, 'on' | 'postMessage'>;
  open: (options: DeskOptions) => Promise<OpenCore>;
  exit: (code: number) => void;
}

interface Opened {
  core: OpenCore;
  /** The app has one window: whoever signs in there stays at the seat when the page is loaded anew. */
  seat: Seat;
}

/** The core's process: opens the desk when told, serves each window's line, and closes before it ends. */
export const runCore = ({ parentPort, open, exit }: RunCoreOptions): void => {
  let desk: Promise<Opened> | undefined;
  const tell = (message: FromCore): void => parentPort.postMessage(message);

  const start = (options: DeskOptions): void => {
    desk = open(options).then((core) => ({ core, seat: core.openSeat() }));
    desk.then(
      () => tell({ kind: 'ready' }),
      (fault: unknown) => {
        tell({ kind: 'failed', message: fault instanceof Error ? fault.message : String(fault) });
      },
    );
  };
  const file = async (id: number, request: FileRequest): Promise<void> => {
    const open = await desk;
    if (!open) return;
    const files = filesFor(open.core.files, open.seat.session);
    tell({ kind: 'file', id, answer: await answerFile(files, request) });
  };
  const stop = async (): Promise<void> => {
    const open = await desk?.catch(() => undefined);
    await open?.core.close();
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
      if (port) void desk?.then(({ core, seat }) => servePort(core, seat, port)).catch(() => port.close());
    }
  });
};
