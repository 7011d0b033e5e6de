import type { IncomingMessage } from 'node:http';
import type { Seat, Session } from '../core/front-desk.ts';
import { type Access, checkSource, type Door, isSeat, noCookie, tokenCookie } from './guard.ts';

/** What the entrance needs of a desk's core. */
export interface Admissions {
  admit(ticket: string): Session | null;
  dismiss(session: Session): void;
  openSeat(): Seat;
  closeSeat(seat: Seat): void;
}

/** A door is passed, or why not in words. */
export type Entrance = { to: string; cookies: string[] } | { status: 401 | 409; text: string };

/** Where a path belongs: what a station's page asks stands under the station's own path. */
export const doorOf = (path: string): { door: Door; rest: string } => {
  const match = /^\/(kiosk|display)(\/.*)?$/.exec(path);
  return match ? { door: match[1] as Door, rest: match[2] ?? '/' } : { door: 'desk', rest: path };
};

export const HOW_TO_ENTER: Record<Door, string> = {
  desk: 'This desk opens with the address that Anteroom printed when it started. Open that one, with its token.',
  kiosk: 'This kiosk is closed. Make a new link for it in the settings of the desk.',
  display: 'This screen is closed. Make a new link for it in the settings of the desk.',
};

const OWN_BROWSER =
  'This browser is a seat of the desk, so patients must not reach it. Open the link in another browser or a private ' +
  'window, or choose "Make this screen the kiosk" in the settings.';

/**
 * Whom an address lets in, or null for one that does not mean to: `/?token=…` a browser to a seat of the desk,
 * `/kiosk?ticket=…` and `/display?ticket=…` a station, once. The secret goes into a cookie and out of the address. A browser is never the desk
 * and a kiosk at once, or a patient could change from the one to the other.
 */
export const enter = (access: Access, core: Admissions, request: IncomingMessage): Entrance | null => {
  const url = new URL(request.url ?? '/', 'http://desk');
  const { door, rest } = doorOf(url.pathname);
  const given = url.searchParams.get(door === 'desk' ? 'token' : 'ticket');
  if (request.method !== 'GET' || rest !== '/' || given === null) return null;
  if (checkSource(request.headers, access.port)) return null;
  if (door === 'desk') return enterDesk(access, core, request, given);
  if (door === 'kiosk' && access.byCookie(request.headers, 'desk')) return { status: 409, text: OWN_BROWSER };
  const session = core.admit(given);
  if (session?.station?.kind !== door) return { status: 401, text: HOW_TO_ENTER[door] };
  return { to: `/${door}`, cookies: [tokenCookie(access.port, access.letIn(session), door)] };
};

const enterDesk = (access: Access, core: Admissions, request: IncomingMessage, token: string): Entrance => {
  if (access.whose(token) !== 'desk') return { status: 401, text: HOW_TO_ENTER.desk };
  const cookies: string[] = [];
  // A browser that has a seat stays at it.
  if (!access.byCookie(request.headers, 'desk')) cookies.push(seatCookie(access, core, core.openSeat()));
  const kiosk = access.byCookie(request.headers, 'kiosk');
  if (kiosk && !isSeat(kiosk)) {
    access.forget(kiosk);
    core.dismiss(kiosk);
    cookies.push(noCookie(access.port, 'kiosk'));
  }
  return { to: '/', cookies };
};

/** The header that gives a browser a new id of its seat; every earlier one is dead. */
export const seatCookie = (access: Access, core: Pick<Admissions, 'closeSeat'>, seat: Seat): string => {
  const { id, gone } = access.seat(seat);
  for (const one of gone) core.closeSeat(one);
  return tokenCookie(access.port, id);
};
