import type { App, Session, WebContents, WebPreferences } from 'electron';
import { readPage } from '../shell/pages.ts';

/** The screens' own address. Not file://, which could read the disk. */
export const PAGE_ORIGIN = 'anteroom://desk';

/** The scheme has an origin, as https has, so that the policy's 'self' means it. */
export const pageScheme = {
  scheme: 'anteroom',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** What a window may do: nothing but show the screens. */
export const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  devTools,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
});

/** Answers `anteroom://desk/…` from the built screens, and nothing else. */
export const servePages = async (request: Request): Promise<Response> => {
  const url = new URL(request.url);
  const page = isPage(url.href) && request.method === 'GET' ? await readPage(url.pathname) : undefined;
  if (!page) return new Response('There is nothing here.', { status: 404 });
  const body = typeof page.body === 'string' ? page.body : new Uint8Array(page.body);
  return new Response(body, { headers: page.headers });
};

/** Whether an address is one of the screens'. URL.origin is 'null' for a scheme that Node does not know. */
export const isPage = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === PAGE_ORIGIN && url.username === '';
};

/** Camera, location, USB and all other permissions: the screens need none. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
};

/** What a link of a message may lead to, in the person's own browser or mail. */
const leadsOutside = (address: string): boolean =>
  ['https:', 'http:', 'mailto:'].includes(URL.parse(address)?.protocol ?? '');

/** No page leaves the screens, opens a window or embeds another page; a link is handed to `openOutside`. */
export const confine = (app: App, openOutside: (address: string) => void): void => {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (leadsOutside(url)) openOutside(url);
      return { action: 'deny' };
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault();
    });
    contents.on('will-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
};
