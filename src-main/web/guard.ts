import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Seat, Session } from '../core/front-desk.ts';

/** Where a page belongs: the desk, or a screen that patients can reach, under a path and with a cookie of its own. */
export type Door = 'desk' | 'kiosk' | 'display';

/** 256 random bits, made when the shell starts and never stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Compares in a time that does not tell how much of the token was right. */
export const sameToken = (given: string, token: string): boolean =>
  timingSafeEqual(digest(given), digest(token));

/** Browsers keep cookies by host and not by port, and two desks may run on one PC. */
export const cookieName = (port: number, door: Door = 'desk'): string =>
  door === 'desk' ? `anteroom-${port}` : `anteroom-${port}-${door}`;

/** The header that hands a token to the browser: unreadable to scripts, never sent from another site. */
export const tokenCookie = (port: number, token: string, door: Door = 'desk'): string =>
  `${cookieName(port, door)}=${token}; HttpOnly; SameSite=Strict; Path=/`;

/** The header that takes a cookie out of the browser. */
export const noCookie = (port: number, door: Door): string => `${tokenCookie(port, '', door)}; Max-Age=0`;

/** Why a request is turned away. */
export type Denial = { status: 401 | 403; reason: 'token' | 'host' | 'origin' };

/** Whom a token or a cookie lets in: whoever has the desk's own token, a station, or whoever is at a seat. */
export type Who = 'desk' | Session | Seat;

export const isSeat = (who: Who): who is Seat => who !== 'desk' && 'generation' in who;

/** More browsers than any desk has; those that were not heard of for longest make room. */
const MOST_SEATS = 200;

/**
 * Who may come in: by the desk's token to a door at which nobody is signed in, by a station's as that station, by a
 * browser's id to its seat. An id is good for one generation of its seat: once somebody has come in or signed out there,
 * it lets nobody in any more, and only the answer to that very call brings the next one.
 */
export class Access {
  readonly port: number;
  readonly token = newToken();
  /** By the digest of the token, so that a look-up tells nothing of it. */
  readonly #stations = new Map<string, Session>();
  readonly #seats = new Map<string, { seat: Seat; generation: number }>();

  constructor(port: number) {
    this.port = port;
  }

  /** Makes a token for a station. */
  letIn(session: Session): string {
    const token = newToken();
    this.#stations.set(keyOf(token), session);
    return token;
  }

  forget(session: Session): void {
    for (const [key, known] of this.#stations) if (known === session) this.#stations.delete(key);
  }

  /** Makes an id for a browser at a seat, in place of any earlier one; `gone` had to make room. */
  seat(seat: Seat): { id: string; gone: Seat[] } {
    for (const [key, known] of this.#seats) if (known.seat === seat) this.#seats.delete(key);
    const tooMany = [...this.#seats].slice(0, Math.max(0, this.#seats.size + 1 - MOST_SEATS));
    for (const [key] of tooMany) this.#seats.delete(key);
    const id = newToken();
    this.#seats.set(keyOf(id), { seat, generation: seat.generation });
    return { id, gone: tooMany.map(([, known]) => known.seat) };
  }

  /** Whose token a program or an address brings: the desk's own, a station's, or nobody's. */
  whose(token: string): 'desk' | Session | undefined {
    return sameToken(token, this.token) ? 'desk' : this.#stations.get(keyOf(token));
  }

  /** Whom a browser's cookie of a door lets in. */
  byCookie(headers: IncomingHttpHeaders, door: Door): Session | Seat | undefined {
    const given = cookie(headers.cookie, cookieName(this.port, door));
    if (given === undefined) return undefined;
    return door === 'desk' ? this.#seatOf(keyOf(given)) : this.#stations.get(keyOf(given));
  }

  #seatOf(key: string): Seat | undefined {
    const known = this.#seats.get(key);
    if (!known || known.generation !== known.seat.generation) return undefined;
    // Back in at the end: the order is that of the last request.
    this.#seats.delete(key);
    this.#seats.set(key, known);
    return known.seat;
  }
}

const keyOf = (token: string): string => digest(token).toString('hex');

/**
 * Who sends a request: a browser at its seat, a station, or a program that was given a token; or why it is turned away.
 * The Host check stops a page whose name was rebound to 127.0.0.1; the Origin check stops every other page.
 */
export const checkRequest = (
  headers: IncomingHttpHeaders,
  access: Access,
  door: Door,
): { denial: Denial } | { who: Who } => {
  const denial = checkSource(headers, access.port) ?? checkSite(headers);
  if (denial) return { denial };
  const given = bearer(headers.authorization);
  const who = given === undefined ? access.byCookie(headers, door) : access.whose(given);
  return who ? { who } : { denial: { status: 401, reason: 'token' } };
};

/** The first half of `checkRequest`: Host, and Origin where the browser names one. */
export const checkSource = (headers: IncomingHttpHeaders, port: number): Denial | null => {
  if (headers.host !== `127.0.0.1:${port}`) return { status: 403, reason: 'host' };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) return { status: 403, reason: 'origin' };
  return null;
};

/**
 * A browser says whose page asks, also where it names no origin and sends the cookie: to it, what another program serves
 * on another port of this PC is the same site. Following a link is no asking.
 */
const checkSite = (headers: IncomingHttpHeaders): Denial | null => {
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn || headers['sec-fetch-mode'] === 'navigate' ? null : { status: 403, reason: 'origin' };
};

const bearer = (header: string | undefined): string | undefined => header?.match(/^Bearer (\S+)$/i)?.[1];

const cookie = (header: string | undefined, name: string): string | undefined => {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
};
