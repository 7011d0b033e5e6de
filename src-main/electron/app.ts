import { join } from 'node:path';
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { places } from '../core/places.ts';
import { CrashReports } from '../shell/crash-reports.ts';
import { electronOptions } from '../shell/options.ts';
import { recordsFolder } from '../shell/records.ts';
import { CoreHost } from './core-host.ts';
import { type Program, reportCrashes } from './crashes.ts';
import { isFileRequest, serveFile } from './files.ts';
import { connectWindows } from './ipc.ts';
import { confine, denyPermissions, PAGE_ORIGIN, pageScheme, servePages, webPreferences } from './policy.ts';

/** The part of Electron that is used. Passed in, so that the shell is tested without Electron. */
export type Electron = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'protocol'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

/** Built by electron-vite; see electron.vite.config.ts. */
const built = {
  core: join(places.root, 'out/main/core-process.js'),
  preload: join(places.root, 'out/preload/index.cjs'),
};

/** Runs the desktop app: one window, one core. A second start brings the first one's window to the front. */
export const runApp = async (electron: Electron, argv: string[], program: Program): Promise<void> => {
  const { app, ipcMain, MessageChannelMain, protocol, session, Menu, utilityProcess, dialog } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([pageScheme]);
  confine(app, (url) => void electron.shell.openExternal(url));

  const options = electronOptions(argv.slice(app.isPackaged ? 1 : 2));
  reportCrashes(electron, program, new CrashReports(recordsFolder(options)), () => performance.now());
  let window: BrowserWindow | undefined;
  const core = new CoreHost({
    fork: () => utilityProcess.fork(built.core, [], { serviceName: 'Anteroom core', stdio: 'inherit' }),
    options,
    onFailed: (message) => {
      dialog.showErrorBox('Anteroom cannot start', message);
      app.quit();
    },
    onRestarted: () => window?.webContents.reload(),
  });
  const openWindow = () => {
    window = createWindow(electron);
    window.on('closed', () => {
      window = undefined;
    });
  };
  connectWindows({
    ipcMain,
    createChannel: () => new MessageChannelMain(),
    toCore: (port) => core.connect(port),
  });
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (!core.running) return;
    event.preventDefault();
    void core.stop().then(() => app.quit());
  });

  await app.whenReady();
  denyPermissions(session.defaultSession);
  protocol.handle(pageScheme.scheme, (request) =>
    isFileRequest(request) ? serveFile(request, (file) => core.askFile(file)) : servePages(request),
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu(process.platform)));
  core.start();
  openWindow();
};

const createWindow = ({ app, BrowserWindow }: Electron): BrowserWindow => {
  const window = new BrowserWindow({
    title: 'Anteroom',
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    icon: join(places.resources, 'icon.png'),
    webPreferences: webPreferences(built.preload, !app.isPackaged),
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
};

/** Roles only: their labels and keys are the system's own, and the screens have the rest. */
const menu = (platform: NodeJS.Platform): MenuItemConstructorOptions[] => [
  ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : [{ role: 'fileMenu' } as const]),
  { role: 'editMenu' },
  {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  { role: 'windowMenu' },
];
