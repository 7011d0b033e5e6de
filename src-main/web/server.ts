import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { type DeskEvent, PROTOCOL_VERSION } from '../contract/envelope.ts';
import { type Result, refuse } from '../contract/errors.ts';
import { Explained } from '../core/explained.ts';
import type { Session } from '../core/front-desk.ts';
import { stderrLog } from '../core/log.ts';
import { answerFile, type DeskFileCalls, isFilePath, MAX_UPLOAD_BYTES } from '../shell/files.ts';
import { readPage, safetyHeaders } from '../shell/pages.ts';
import { type Admissions, doorOf, enter, HOW_TO_ENTER } from './entrance.ts';
import { Access, checkRequest, type Denial, type Door } from './guard.ts';

/** What the server needs of a desk's core. Without a session, the desk's own person asks. */
export interface Core extends Admissions {
  dispatch(name: string, input: unknown, session?: Session): Promise<Result<unknown>>;
  /** Calls `listener` at each event that the session is told of; returns how to stop. */
  on(listener: (event: DeskEvent) => void, session?: Session): () => void;
  isOpen(session: Session): boolean;
  files: DeskFileCalls;
}

export interface WebServer {
  port: number;
  token: string;
  /** The address to open, with the token. */
  url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** A page that is this far behind on events is cut; it connects again and reads everything anew. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** How long a client may take, in milliseconds, and how many come at once: one that dawdles holds up nobody for long. */
export const usualLimits = {
  headersTimeout: 10_000,
  /** For the largest file over loopback, with room. */
  requestTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
  /** Every open window takes two or three. */
  maxConnections: 256,
};

/** Serves one core to the browsers of this PC. `port` 0 takes any free one. */
export const startServer = async (core: Core, port: number, limits = usualLimits): Promise<WebServer> => {
  const { maxConnections, ...times } = limits;
  const server = createServer(times);
  server.maxConnections = maxConnections;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  await listen(server, port);
  const access = new Access((server.address() as AddressInfo).port);

  server.on('request', (request, response) => void answer(core, access, request, response));
  server.on('upgrade', (request, socket, head) => {
    const { door, rest } = doorOf(pathOf(request));
    const checked = rest === '/events' ? check(core, access, request, door) : { denial: { status: 404 } };
    if ('denial' in checked) return turnAway(socket, checked.denial.status);
    sockets.handleUpgrade(request, socket, head, (client) => tellEvents(core, client, checked.session));
  });

  return {
    port: access.port,
    token: access.token,
    url: `http://127.0.0.1:${access.port}/?token=${access.token}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};

/** An HTTP status and what goes with it. */
interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: Buffer | string;
}

const answer = async (core: Core, access: Access, request: IncomingMessage, response: ServerResponse) => {
  const { status, headers, body } = await route(core, access, request).catch((fault: unknown) => {
    // Who asked went away in the middle, or was cut for taking too long: nobody reads the answer.
    if (!request.complete) return text(400, 'The request broke off.');
    stderrLog.error('request failed', { fault: fault instanceof Error ? fault.name : typeof fault });
    return json(500, refuse('internal'));
  });
  response.writeHead(status, { ...safetyHeaders, 'cache-control': 'no-store', ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const route = async (core: Core, access: Access, request: IncomingMessage): Promise<Answer> => {
  if (!URL.canParse(request.url ?? '/', 'http://desk')) return text(400, 'This is no address.');
  const entered = enter(access, core, request);
  if (entered && 'to' in entered)
    return { status: 303, headers: { location: entered.to, 'set-cookie': entered.cookies } };
  if (entered) return text(entered.status, entered.text);
  const path = pathOf(request);
  const { door, rest } = doorOf(path);
  const checked = check(core, access, request, door);
  if ('denial' in checked) {
    const { status, reason } = checked.denial;
    if (status === 401 && rest === '/') return text(401, HOW_TO_ENTER[door]);
    return json(status, refuse('not_allowed', { reason }));
  }
  if (rest.startsWith('/call/')) {
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
    return takeCall(core, rest.slice('/call/'.length), request, checked.session);
  }
  if (isFilePath(path) && !checked.session) return takeFile(core, request);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, headers: { allow: 'GET' } };
  const page = await readPage(path, [`ws://127.0.0.1:${access.port}`]);
  return page ? { status: 200, ...page } : text(404, 'There is nothing here.');
};

/**
 * Whose request it is: a station's session while it is open, or the desk's own person. The files of the screens hold
 * nothing of the clinic, and any of this desk's pages may load them.
 */
const check = (
  core: Core,
  access: Access,
  request: IncomingMessage,
  door: Door,
): { denial: Denial } | { session?: Session } => {
  const isFile = pathOf(request).startsWith('/assets/');
  const tried = (isFile ? (['desk', 'kiosk', 'display'] as const) : [door]).map((one) =>
    checkRequest(request.headers, access, one),
  );
  const [checked = { denial: { status: 401, reason: 'token' } as const }] = [
    ...tried.filter((one) => 'who' in one),
    ...tried,
  ];
  if ('denial' in checked) return checked;
  if (checked.who === 'desk') return {};
  return core.isOpen(checked.who) ? { session: checked.who } : { denial: { status: 401, reason: 'token' } };
};

const takeCall = async (
  core: Core,
  name: string,
  request: IncomingMessage,
  session?: Session,
): Promise<Answer> => {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return json(415, refuse('invalid_input', { reason: 'content-type' }));
  const version = request.headers['x-anteroom-version'];
  if (version !== undefined && version !== String(PROTOCOL_VERSION))
    return json(200, refuse('wrong_version', { core: PROTOCOL_VERSION }));
  const body = await readBody(request);
  if (body === 'too large') return json(413, refuse('invalid_input', { maxBytes: MAX_BODY_BYTES }));
  const input = parse(body);
  if (input === malformed) return json(400, refuse('invalid_input', { reason: 'json' }));
  const result = await core.dispatch(name, input, session);
  return json(statusOf(result), result);
};

const takeFile = async (core: Core, request: IncomingMessage): Promise<Answer> => {
  const { headers, method = 'GET', url: address = '/' } = request;
  const fileName = headers['x-file-name'];
  const body = await readBytes(request, MAX_UPLOAD_BYTES);
  return answerFile(core.files, {
    method,
    address,
    contentType: headers['content-type'] ?? '',
    fileName: typeof fileName === 'string' ? fileName : '',
    body: body === 'too large' ? null : body,
  });
};

/** What a desk refuses is an answer like any other; only a wrong address and a fault are HTTP's business. */
const statusOf = (result: Result<unknown>): number => {
  if (result.ok) return 200;
  if (result.error.code === 'unknown_call') return 404;
  return result.error.code === 'internal' ? 500 : 200;
};

const readBody = async (request: IncomingMessage): Promise<string | 'too large'> => {
  const body = await readBytes(request, MAX_BODY_BYTES);
  return typeof body === 'string' ? body : body.toString('utf8');
};

const readBytes = async (request: IncomingMessage, limit: number): Promise<Buffer | 'too large'> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return 'too large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const malformed = Symbol('malformed');
const parse = (body: string): unknown => {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return malformed;
  }
};

const json = (status: number, result: Result<unknown>): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(result),
});

const text = (status: number, body: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  },
  body,
});

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

const turnAway = (socket: Duplex, status: number): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** Sends a page the events that it is told of, until it goes or the station that it belongs to is closed. */
const tellEvents = (core: Core, client: WebSocket, session?: Session): void => {
  const stop = core.on((event) => {
    if (session && !core.isOpen(session)) return client.terminate();
    if (client.readyState !== WebSocket.OPEN) return;
    if (client.bufferedAmount > MAX_UNSENT_BYTES) client.terminate();
    else client.send(JSON.stringify(event));
  }, session);
  client.on('close', stop);
  // A frame that is none closes the connection, which is all that is to be done about it.
  client.on('error', () => client.terminate());
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EADDRINUSE') return reject(fault);
      reject(new Explained(`Port ${port} is taken by another program. Choose another one, or --port 0.`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
