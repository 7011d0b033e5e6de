import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** 256 random bits, made when the shell starts and never stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Compares in a time that does not tell how much of the token was right. */
export const sameToken = (given: string, token: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(token).digest());

/** Browsers keep cookies by host and not by port, and two desks may run on one PC. */
export const cookieName = (port: number): string => `anteroom-${port}`;

/** The header that hands the token to the browser: unreadable to scripts, never sent from another site. */
export const tokenCookie = (port: number, token: string): string =>
  `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;

/** Why a request is turned away. */
export type Denial = { status: 401 | 403; reason: 'token' | 'host' | 'origin' };

/**
 * Whether a request comes from this desk's own page or from a program that was given the token. The Host check
 * stops a page whose name was rebound to 127.0.0.1; the Origin check stops every other page.
 */
export const checkRequest = (
  headers: IncomingHttpHeaders,
  { port, token }: { port: number; token: string },
): Denial | null => checkSource(headers, port) ?? checkToken(headers, port, token);

/** The first half of `checkRequest`: Host, and Origin where the browser names one. */
export const checkSource = (headers: IncomingHttpHeaders, port: number): Denial | null => {
  if (headers.host !== `127.0.0.1:${port}`) return { status: 403, reason: 'host' };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://127.0.0.1:${port}`) return { status: 403, reason: 'origin' };
  return null;
};

const checkToken = (headers: IncomingHttpHeaders, port: number, token: string): Denial | null => {
  const given = bearer(headers.authorization) ?? cookie(headers.cookie, cookieName(port));
  return given !== undefined && sameToken(given, token) ? null : { status: 401, reason: 'token' };
};

const bearer = (header: string | undefined): string | undefined => header?.match(/^Bearer (\S+)$/i)?.[1];

const cookie = (header: string | undefined, name: string): string | undefined => {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
};
