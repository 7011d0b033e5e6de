import { failed, type Ran, type World } from '../http.ts';
import type { NeoAppointment, NeoConsultation } from './shapes.ts';

/** The login of a clinic's own staff account at Neo. */
export interface NeoLogin {
  username: string;
  password: string;
  companyId: string | null;
}

export interface OpenNeo extends World {
  /** Such as `https://us.idexxneo.com`. */
  baseUrl: string;
  login: NeoLogin;
  /** Milliseconds at least from one request to the next. */
  pace: number;
}

/** A signed-in session at Neo: read only. Ends by itself; nothing has to be closed. */
export interface Neo {
  /**
   * All that the calendar has of the days from `firstDay` to `lastDay`, both included, in the clinic's days
   * (`2026-11-24`). Either all of it or an error: half a window is never given.
   */
  appointments(
    firstDay: string,
    lastDay: string,
    progress: (daysDone: number, days: number) => void,
  ): Promise<Ran<NeoAppointment[]>>;
  /** The page of one consultation. */
  consultation(id: string): Promise<Ran<NeoConsultation>>;
}

/**
 * Signs in at Neo.
 * @returns the session; `refused_login` or `two_factor` where Neo does not let this account in, `unreadable` naming what
 * is missing where the page has changed, or what is wrong with the network.
 */
export const openNeo = async (_open: OpenNeo): Promise<Ran<Neo>> => failed('internal', 'openNeo');
