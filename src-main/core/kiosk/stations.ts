import { randomBytes } from 'node:crypto';
import type { DeskEvent } from '../../contract/envelope.ts';
import { Station } from '../../contract/kiosk.ts';
import { iso } from '../clinic-day.ts';
import type { Session } from '../desk.ts';
import type { Store } from '../replica/connection.ts';
import { readSetting } from '../replica/desk-settings.ts';

/** The desk's setting that makes its own screen a kiosk. Kept on disk, so that no restart leads out of it. */
export const OWN_STATION = 'own_station';
const TICKET_MS = 10 * 60_000;

/** What a screen that patients can reach may do: its one right, as nobody. */
export const stationSession = (station: Station): Session => ({
  userId: null,
  rights: new Set([station.kind]),
  station,
});

/** What the desk's own screen was made, or null. */
export const ownStation = (store: Store): Station | null =>
  Station.safeParse(readSetting(store, OWN_STATION)).data ?? null;

/** The tables that a station's screen shows; it is told of no others. */
const shownTables: Record<Station['kind'], ReadonlySet<string>> = {
  kiosk: new Set(['clinics', 'desk_settings']),
  display: new Set(['appointments', 'patients', 'doctors', 'rooms', 'clinics']),
};

/** What of an event a session is told: a station, of no table that it does not show and nothing of the sync. */
export const eventFor = ({ station }: Session, event: DeskEvent): DeskEvent | null => {
  if (!station) return event;
  if (event.event !== 'tablesChanged') return null;
  const tables = event.tables.filter((table) => shownTables[station.kind].has(table));
  return tables.length > 0 ? { event: 'tablesChanged', tables } : null;
};

/** Stations of other browsers, by tickets: they last as long as the core runs. */
export class Stations {
  readonly #tickets = new Map<string, { station: Station; until: number }>();
  readonly #open = new Map<Session, string>();

  /** A ticket for one browser, `now` in epoch milliseconds. */
  issue(station: Station, now: number): { ticket: string; until: string } {
    for (const [ticket, { until }] of this.#tickets) if (until <= now) this.#tickets.delete(ticket);
    const ticket = randomBytes(32).toString('base64url');
    const until = now + TICKET_MS;
    this.#tickets.set(ticket, { station, until });
    return { ticket, until: iso(until) };
  }

  /** The session that a ticket stands for, once; null for one that was used, has run out, or never was. */
  admit(ticket: string, now: number): Session | null {
    const issued = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    if (!issued || issued.until <= now) return null;
    const session = stationSession(issued.station);
    this.#open.set(session, iso(now));
    return session;
  }

  isOpen(session: Session): boolean {
    return this.#open.has(session);
  }

  close(session: Session): void {
    this.#open.delete(session);
  }

  closeAll(): void {
    this.#open.clear();
    this.#tickets.clear();
  }

  /** The stations that are open, and since when. */
  list(): (Station & { since: string })[] {
    return [...this.#open].flatMap(([{ station }, since]) => (station ? [{ ...station, since }] : []));
  }
}
