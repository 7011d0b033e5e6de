import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type DeskEvent, PROTOCOL_VERSION } from '../contract/envelope.ts';
import { type Result, refuse } from '../contract/errors.ts';
import { Explained } from '../core/explained.ts';
import { faultLine } from '../core/fault.ts';
import type { Place, Seat, Session } from '../core/front-desk.ts';
import { type Log, stderrLog } from '../core/log.ts';
import { answerFile, filesFor, isFilePath, MAX_UPLOAD_BYTES, type SessionFileCalls } from '../shell/files.ts';
import { IMPORT_PATH, receiveImport } from '../shell/import-upload.ts';
import { readPage, safetyHeaders } from '../shell/pages.ts';
import { type Admissions, doorOf, enter, HOW_TO_ENTER, seatCookie } from './entrance.ts';
import { Access, checkRequest, type Denial, type Door, isSeat } from './guard.ts';
import { Streams } from './streams.ts';

/** What the server needs of a desk's core. */
export interface Core extends Admissions {
  dispatch(name: string, input: unknown, session: Session): Promise<Result<unknown>>;
  /** Calls `listener` at each event that whoever is at a place is told of; returns how to stop. */
  on(listener: (event: DeskEvent) => void, place: Place): () => void;
  isOpen(session: Session): boolean;
  files: SessionFileCalls;
}

/** Whom a request was let in as, and whether they still would be: a body may take until somebody else sits there. */
interface Visitor {
  place: Place;
  /** The seat of a browser, or the one that a program has for this request only. */
  seat: Seat | null;
  isAdmitted(): boolean;
  /** The request is over: gives up what was for this request only. */
  leave(): void;
}

export interface WebServer {
  port: number;
  token: string;
  /** The address to open, with the token. */
  url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

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
export const startServer = async (
  core: Core,
  port: number,
  limits = usualLimits,
  log: Log = stderrLog,
): Promise<WebServer> => {
  const { maxConnections, ...times } = limits;
  const server = createServer(times);
  server.maxConnections = maxConnections;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  await listen(server, port);
  const access = new Access((server.address() as AddressInfo).port);
  const house: House = { core, access, streams: new Streams(), log };

  server.on('request', (request, response) => void answer(house, request, response));
  server.on('upgrade', (request, socket, head) => {
    const { door, rest } = doorOf(pathOf(request));
    const visitor = rest === '/events' ? check(house, request, door) : { denial: { status: 404 } };
    if ('denial' in visitor) return turnAway(socket, visitor.denial.status);
    socket.once('close', () => visitor.leave());
    sockets.handleUpgrade(request, socket, head, (client) => house.streams.add(core, client, visitor));
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

/** What every request needs. */
interface House {
  core: Core;
  access: Access;
  streams: Streams;
  log: Log;
}

/** An HTTP status and what goes with it. */
interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: Buffer | string;
}

const answer = async (house: House, request: IncomingMessage, response: ServerResponse) => {
  const { status, headers, body } = await route(house, request).catch((fault: unknown) => {
    // Who asked went away in the middle, or was cut for taking too long: nobody reads the answer.
    if (!request.complete) return text(400, 'The request broke off.');
    house.log.error('request failed', { fault: faultLine(fault) });
    return json(500, refuse('internal'));
  });
  response.writeHead(status, { ...safetyHeaders, 'cache-control': 'no-store', ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const route = async (house: House, request: IncomingMessage): Promise<Answer> => {
  const { core, access } = house;
  if (!URL.canParse(request.url ?? '/', 'http://desk')) return text(400, 'This is no address.');
  const entered = enter(access, core, request);
  if (entered && 'to' in entered)
    return { status: 303, headers: { location: entered.to, 'set-cookie': entered.cookies } };
  if (entered) return text(entered.status, entered.text);
  const path = pathOf(request);
  const { door, rest } = doorOf(path);
  const visitor = check(house, request, door);
  if ('denial' in visitor) {
    const { status, reason } = visitor.denial;
    if (status === 401 && rest === '/') return text(401, HOW_TO_ENTER[door]);
    return json(status, refuse('not_allowed', { reason }));
  }
  try {
    if (rest.startsWith('/call/')) {
      if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
      return await takeCall(house, rest.slice('/call/'.length), request, visitor);
    }
    if (isFilePath(path) && visitor.seat) return await takeFile(core, request, visitor);
  } finally {
    visitor.leave();
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, headers: { allow: 'GET' } };
  const page = await readPage(path, [`ws://127.0.0.1:${access.port}`]);
  return page ? { status: 200, ...page } : text(404, 'There is nothing here.');
};

const NO_LONGER = { status: 401, reason: 'token' } as const;

/**
 * Whom a request comes from: a station while it is open, a browser at its seat, or a program that has the desk's token and
 * with it a seat at which nobody is signed in. The files of the screens hold nothing of the clinic, and any of this desk's
 * pages may load them.
 */
const check = (
  { core, access }: House,
  request: IncomingMessage,
  door: Door,
): { denial: Denial } | Visitor => {
  const isFile = pathOf(request).startsWith('/assets/');
  const tried = (isFile ? (['desk', 'kiosk', 'display'] as const) : [door]).map((one) =>
    checkRequest(request.headers, access, one),
  );
  const [checked = { denial: NO_LONGER }] = [...tried.filter((one) => 'who' in one), ...tried];
  if ('denial' in checked) return checked;
  const { who } = checked;
  if (who === 'desk') return atSeat(core, core.openSeat(), true);
  if (isSeat(who)) return atSeat(core, who, false);
  const isAdmitted = () => core.isOpen(who);
  const place: Place = { session: who };
  return isAdmitted() ? { place, seat: null, isAdmitted, leave: () => {} } : { denial: NO_LONGER };
};

const atSeat = (core: Core, seat: Seat, isForNow: boolean): Visitor => {
  const { generation } = seat;
  const isAdmitted = () => seat.generation === generation;
  return {
    place: seat,
    seat,
    isAdmitted,
    leave: () => {
      // Whoever signed in by it keeps it, and got its cookie.
      if (isForNow && isAdmitted()) core.closeSeat(seat);
    },
  };
};

const takeCall = async (
  { core, access, streams }: House,
  name: string,
  request: IncomingMessage,
  { place, seat, isAdmitted }: Visitor,
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
  if (!isAdmitted()) return noLonger();
  const { session } = place;
  const result = await core.dispatch(name, input, session);
  const answer = json(statusOf(result), result);
  // Only the call that somebody came in by: another one that was on its way may be a thief's.
  if (!seat?.isMovedBy(session)) return answer;
  streams.cut();
  return { ...answer, headers: { ...answer.headers, 'set-cookie': [seatCookie(access, core, seat)] } };
};

const takeFile = async (
  core: Core,
  request: IncomingMessage,
  { place, isAdmitted }: Visitor,
): Promise<Answer> => {
  const { headers, method = 'GET', url: address = '/' } = request;
  const fileName = headers['x-file-name'];
  const asked = {
    method,
    address,
    contentType: headers['content-type'] ?? '',
    fileName: typeof fileName === 'string' ? fileName : '',
  };
  const files = filesFor(core.files, place.session);
  if (pathOf(request) === IMPORT_PATH) {
    const placed = await answerFile(files, { ...asked, body: new Uint8Array() });
    const received = await receiveImport(placed, request);
    return isAdmitted() ? received : noLonger();
  }
  const body = await readBytes(request, MAX_UPLOAD_BYTES);
  if (!isAdmitted()) return noLonger();
  return answerFile(files, { ...asked, body: body === 'too large' ? null : body });
};

/** Somebody came in or signed out while the request was on its way: it was another's. */
const noLonger = (): Answer => json(NO_LONGER.status, refuse('not_allowed', { reason: NO_LONGER.reason }));

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

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EADDRINUSE') return reject(fault);
      reject(new Explained(`Port ${port} is taken by another program. Choose another one, or --port 0.`));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
