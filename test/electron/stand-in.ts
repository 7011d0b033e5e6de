import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** Electron's port as far as the shell uses it, on Node's own: `message` brings an event with `data`. */
export class StandInPort extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  start(): void {
    this.#port.on('message', (data) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }
}

/** Electron's channel, both ends in this process. */
export class StandInChannel {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPort(port1);
    this.port2 = new StandInPort(port2);
  }
}

/** Electron's utility process: what main posts is kept, and the test speaks for the core. */
export class StandInProcess extends EventEmitter {
  readonly posted: { message: { kind: string }; ports: unknown[] }[] = [];
  killed = false;

  postMessage(message: { kind: string }, ports: unknown[] = []): void {
    this.posted.push({ message, ports });
  }

  kill(): boolean {
    this.killed = true;
    this.emit('exit', 1);
    return true;
  }
}

class StandInWindow extends EventEmitter {
  readonly loaded: string[] = [];
  shown = false;
  focused = false;
  reloads = 0;
  readonly options: Record<string, unknown>;
  readonly webContents = { reload: () => this.reloads++ };

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }

  show(): void {
    this.shown = true;
  }

  focus(): void {
    this.focused = true;
  }

  isMinimized(): boolean {
    return false;
  }
}

/** Electron as far as the shell uses it. */
export const standInElectron = ({ firstInstance = true } = {}) => {
  const windows: StandInWindow[] = [];
  const processes: StandInProcess[] = [];
  const seen = {
    windows,
    processes,
    quits: 0,
    exits: [] as number[],
    sandboxed: false,
    schemes: [] as { scheme: string; privileges: object }[],
    handled: [] as string[],
    errors: [] as string[],
    permissions: [] as string[],
    forked: [] as string[],
  };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    requestSingleInstanceLock: () => firstInstance,
    enableSandbox: () => {
      seen.sandboxed = true;
    },
    whenReady: async () => undefined,
    quit: () => {
      seen.quits++;
    },
    exit: (code: number) => {
      seen.exits.push(code);
    },
  });
  const ipcMain = new EventEmitter();
  class BrowserWindow extends StandInWindow {
    constructor(options: Record<string, unknown>) {
      super(options);
      windows.push(this);
    }
  }
  const electron = {
    app,
    ipcMain,
    BrowserWindow,
    MessageChannelMain: StandInChannel,
    dialog: { showErrorBox: (_title: string, message: string) => seen.errors.push(message) },
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined },
    protocol: {
      registerSchemesAsPrivileged: (schemes: typeof seen.schemes) => seen.schemes.push(...schemes),
      handle: (scheme: string) => seen.handled.push(scheme),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => seen.permissions.push('request'),
        setPermissionCheckHandler: () => seen.permissions.push('check'),
        setDevicePermissionHandler: () => seen.permissions.push('device'),
      },
    },
    utilityProcess: {
      fork: (path: string) => {
        seen.forked.push(path);
        const made = new StandInProcess();
        processes.push(made);
        return made;
      },
    },
  };
  return { electron, app, ipcMain, seen };
};
