import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type Faults, plannedFaults, type Reply, sendReply } from './faults.ts';
import type { NeoDay, PageData, RawEntry } from './neo-day.ts';

/** A staff account of the practice. */
export interface NeoUser {
  username: string;
  password: string;
  companyId: string;
  /** Neo asks this account for a code after the password. */
  twoFactor?: boolean;
}

interface LoginFields {
  company: string;
  username: string;
  password: string;
}

/** A stand-in for IDEXX Neo: a real server with the pages and answers that integrations.md has. */
export interface NeoServer {
  url: string;
  users: NeoUser[];
  /** What the fields of the login form are called. */
  fields: LoginFields;
  /** The calendar, by the entry's id. */
  entries: Map<number, RawEntry>;
  /** The pages of the consultations, by id. */
  consultations: Map<number, PageData>;
  faults: Faults;
  /** Each request since the start, as `GET /appointments/getCalendarEventData`. */
  requests: string[];
  /** Puts a day into the calendar. */
  fill(day: NeoDay): void;
  /** Opens the consultation of an appointment and says its status. */
  setStatus(appointmentId: number, label: string): void;
  /** Closes the consultation, with what the vet wrote. */
  finish(appointmentId: number, written: { notes: string; dischargeSummary: string }): void;
  cancel(appointmentId: number): void;
  /** Times by the practice's clock: `2026-11-24 16:00:00`. */
  move(appointmentId: number, start: string, end: string): void;
  /** Takes an appointment out of the calendar, as if it had never been there. */
  remove(appointmentId: number): void;
  /** Signs everybody out. */
  endSessions(): void;
  close(): Promise<void>;
}

interface Session {
  user: NeoUser;
  startedAt: number;
  usedAt: number;
}

const IDLE_MS = 20 * 60_000;
const LONGEST_MS = 8 * 3_600_000;

/** Starts a practice's Neo on 127.0.0.1. `now`: epoch milliseconds, by which sessions end. */
export const startNeo = async (start: { users: NeoUser[]; now: () => number }): Promise<NeoServer> => {
  const { now } = start;
  const users = [...start.users];
  const fields: LoginFields = { company: 'company_id', username: 'username', password: 'password' };
  const entries = new Map<number, RawEntry>();
  const consultations = new Map<number, PageData>();
  const sessions = new Map<string, Session>();
  const tokens = new Set<string>();
  const faults = plannedFaults();
  const requests: string[] = [];

  const userOf = (request: IncomingMessage): NeoUser | undefined => {
    const id = cookieOf(request, 'neo_session');
    const session = sessions.get(id);
    if (!session) return undefined;
    if (now() - session.usedAt > IDLE_MS || now() - session.startedAt > LONGEST_MS) {
      sessions.delete(id);
      return undefined;
    }
    session.usedAt = now();
    return session.user;
  };

  const loginPage = (): Reply => {
    const token = randomUUID();
    tokens.add(token);
    return page(loginForm(token, fields), { 'set-cookie': `neo_csrf=${token}; Path=/; SameSite=Lax` });
  };

  const signIn = (request: IncomingMessage, form: URLSearchParams): Reply => {
    const token = form.get('_token') ?? '';
    if (!tokens.delete(token) || cookieOf(request, 'neo_csrf') !== token)
      return { ...page('<h1>Page expired</h1>'), status: 419 };
    const user = users.find(
      (one) =>
        one.username === form.get(fields.username) &&
        one.password === form.get(fields.password) &&
        one.companyId === (form.get(fields.company) ?? ''),
    );
    if (!user) return redirect('/login?failed=1');
    if (user.twoFactor) return redirect('/two-factor');
    const id = randomUUID();
    sessions.set(id, { user, startedAt: now(), usedAt: now() });
    return redirect('/', `neo_session=${id}; Path=/; HttpOnly; SameSite=Lax`);
  };

  const calendar = (query: URLSearchParams): Reply => {
    const [start, end] = [query.get('start') ?? '', query.get('end') ?? ''];
    if (![start, end].every((one) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(one)))
      return { ...json({ message: 'start and end' }), status: 422 };
    return json([...entries.values()].filter((one) => one.start <= end && one.end >= start));
  };

  const answer = (request: IncomingMessage, url: URL, body: string): Reply => {
    const called = `${request.method} ${url.pathname}`;
    if (called === 'GET /login') return loginPage();
    if (called === 'POST /login') return signIn(request, new URLSearchParams(body));
    if (called === 'GET /two-factor') return page(twoFactorForm);
    if (!userOf(request)) return redirect('/login');
    if (called === 'GET /') return page('<h1>Dashboard</h1>');
    if (called === 'GET /appointments/getCalendarEventData') return calendar(url.searchParams);
    const consultation = /^GET \/consultations\/(\d+)\/page-data$/.exec(called);
    const found = consultation && consultations.get(Number(consultation[1]));
    return found ? json(found) : { ...page('<h1>Not found</h1>'), status: 404 };
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://neo.invalid');
    requests.push(`${request.method} ${url.pathname}`);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const fault = faults.take(url.pathname);
      sendReply(response, () => answer(request, url, Buffer.concat(pieces).toString()), fault);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  const entryOf = (appointmentId: number): RawEntry => {
    const entry = [...entries.values()].find((one) => one.appointment_id === appointmentId);
    if (!entry) throw new Error(`there is no appointment ${appointmentId}`);
    return entry;
  };
  const setStatus = (appointmentId: number, label: string): void => {
    const entry = entryOf(appointmentId);
    entry.status_label = label;
    entry.current_status = label.toLowerCase().replaceAll(' ', '_');
    const opened = consultations.get(entry.consultation_id ?? 0);
    if (opened) opened.consultation.status = label;
  };

  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    users,
    fields,
    entries,
    consultations,
    faults,
    requests,
    fill: (day) => {
      for (const entry of day.entries) entries.set(entry.id, entry);
      for (const data of day.consultations) consultations.set(data.consultation.id, data);
    },
    setStatus: (appointmentId, label) => {
      const entry = entryOf(appointmentId);
      if (entry.consultation_id === null) {
        entry.consultation_id = appointmentId + 50_000;
        consultations.set(entry.consultation_id, pageDataOf(entry, entry.consultation_id));
      }
      setStatus(appointmentId, label);
    },
    finish: (appointmentId, { notes, dischargeSummary }) => {
      const entry = entryOf(appointmentId);
      entry.consultation_id ??= appointmentId + 50_000;
      const data = consultations.get(entry.consultation_id) ?? pageDataOf(entry, entry.consultation_id);
      consultations.set(entry.consultation_id, data);
      data.consultation.dischargeSummary = dischargeSummary;
      data.consultationNotes.notes = notes;
      setStatus(appointmentId, 'Finalized');
    },
    cancel: (appointmentId) => setStatus(appointmentId, 'Cancelled'),
    move: (appointmentId, start, end) => {
      Object.assign(entryOf(appointmentId), { start, end });
    },
    remove: (appointmentId) => {
      entries.delete(entryOf(appointmentId).id);
    },
    endSessions: () => sessions.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** The page of a consultation that was just opened for an entry of the calendar. */
const pageDataOf = (entry: RawEntry, consultationId: number): PageData => ({
  consultation: {
    id: consultationId,
    reason: entry.reason,
    notes: null,
    dischargeSummary: null,
    date: entry.start,
    status: entry.status_label ?? '',
  },
  patient: entry.patient_id === null ? null : { id: entry.patient_id, name: entry.patient_name },
  client:
    entry.client_id === null
      ? null
      : {
          id: entry.client_id,
          firstName: entry.first_name,
          lastName: entry.last_name,
          email: entry.email,
          phoneNumber: entry.phone_number,
        },
  consultationNotes: { notes: null },
  consultationLines: [],
});

const cookieOf = (request: IncomingMessage, name: string): string =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '';

const page = (body: string, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html><head><title>Neo</title></head><body>${body}</body></html>`,
});

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const redirect = (location: string, cookie?: string): Reply => ({
  status: 302,
  headers: { location, ...(cookie ? { 'set-cookie': cookie } : {}) },
  body: '',
});

const loginForm = (token: string, fields: LoginFields): string => `
<form id="search" action="/search" method="get"><input name="q" type="text"></form>
<form id="login" action="/login" method="post">
  <input type="hidden" name="_token" value="${token}">
  <input type="hidden" name="locale" value="en">
  <label>Company ID <input type="text" name="${fields.company}"></label>
  <label>Username <input type="text" name="${fields.username}" required></label>
  <label>Password <input type="password" name="${fields.password}" required></label>
  <label><input type="checkbox" name="remember" value="1"> Remember me</label>
  <button type="submit" name="go" value="login">Log in</button>
</form>`;

const twoFactorForm = `
<h1>Two-factor authentication</h1>
<form action="/two-factor" method="post">
  <input type="text" name="code" inputmode="numeric" autocomplete="one-time-code">
</form>`;
