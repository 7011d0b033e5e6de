import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { letOthersGo } from '../../let-others-go.ts';
import { failed, type Ran, ran, type World } from '../http.ts';
import { signIn } from './login.ts';
import type { NeoLogin } from './login-form.ts';
import { fieldOf, NeoAppointment, NeoConsultation } from './shapes.ts';
import { LOGIN, visitorOf } from './visitor.ts';

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

/** Days to a request: 10,000 appointments in four weeks are some hundred kilobytes to a piece. */
const DAYS_AT_ONCE = 2;
/** Entries that are checked before others may go. */
const ENTRIES_AT_ONCE = 250;

/**
 * Signs in at Neo. A session that Neo ends in the middle is opened again once, and then the reading goes on; a login that
 * was refused is not tried again by anything that is asked later.
 * @returns the session; `refused_login` or `two_factor` where Neo does not let this account in, `unreadable` naming what
 * is missing where a page has changed, or what is wrong with the network.
 */
export const openNeo = async (open: OpenNeo): Promise<Ran<Neo>> => {
  const visitor = visitorOf(open, open.baseUrl, open.pace);
  const signedIn = await signIn(open, visitor, open.login);
  if (!signedIn.ok) return signedIn;
  let refused: Ran<never> | undefined;

  /** The JSON of a page, after signing in again where the session has ended. */
  const readJson = async (path: string, name: string): Promise<Ran<unknown>> => {
    for (const isSecond of [false, true]) {
      if (refused) return refused;
      const page = await visitor.get(path, name);
      if (!page.ok) return page;
      const { status, body, url } = page.value;
      if (url.pathname !== LOGIN && status !== 401)
        return status === 200 ? jsonOf(body, name) : failed('unreadable', `${name}: ${status}`);
      if (isSecond) break;
      const again = await signIn(open, visitor, open.login);
      if (again.ok) continue;
      if (['refused_login', 'two_factor'].includes(again.error.code)) refused = again;
      return again;
    }
    return failed('server_error', `${name}: sent to the login again`);
  };

  return ran({
    appointments: async (firstDay, lastDay, progress) => {
      const found = new Map<string, NeoAppointment>();
      const last = Temporal.PlainDate.from(lastDay);
      let day = Temporal.PlainDate.from(firstDay);
      const days = day.until(last).days + 1;
      for (let done = 0; done < days; done += DAYS_AT_ONCE) {
        progress(done, days);
        const end = day.add({ days: Math.min(DAYS_AT_ONCE, days - done) - 1 });
        const query = new URLSearchParams({ start: `${day} 00:00:00`, end: `${end} 23:59:59` });
        const entries = await readJson(`${CALENDAR}?${query}`, `GET ${CALENDAR}`);
        const read = entries.ok ? await readEntries(entries.value) : entries;
        if (!read.ok) return read;
        // What reaches over midnight comes with both its days.
        for (const entry of read.value) found.set(entry.id, entry);
        day = end.add({ days: 1 });
      }
      progress(days, days);
      return ran([...found.values()]);
    },
    consultation: async (id) => {
      const data = await readJson(
        `/consultations/${encodeURIComponent(id)}/page-data`,
        `GET ${CONSULTATION}`,
      );
      return data.ok ? checked(NeoConsultation, data.value, 'consultation') : data;
    },
  });
};

const CALENDAR = '/appointments/getCalendarEventData';
const CONSULTATION = '/consultations/{id}/page-data';

const readEntries = async (value: unknown): Promise<Ran<NeoAppointment[]>> => {
  if (!Array.isArray(value)) return failed('unreadable', 'appointments');
  const entries: NeoAppointment[] = [];
  for (const [index, entry] of value.entries()) {
    const read = checked(NeoAppointment, entry, `appointments[${index}]`);
    if (!read.ok) return read;
    entries.push(read.value);
    if (index % ENTRIES_AT_ONCE === ENTRIES_AT_ONCE - 1) await letOthersGo();
  }
  return ran(entries);
};

const checked = <T>(shape: z.ZodType<T>, value: unknown, root: string): Ran<T> => {
  const read = shape.safeParse(value);
  return read.success ? ran(read.data) : failed('unreadable', fieldOf(read.error, root));
};

const jsonOf = (body: string, name: string): Ran<unknown> => {
  try {
    return ran(JSON.parse(body) as unknown);
  } catch {
    return failed('unreadable', `${name}: not JSON`);
  }
};
