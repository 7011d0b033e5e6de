import { createServer, type IncomingMessage } from 'node:http';
import {
  CalBook,
  type CalBooking,
  type CalEventType,
  type CalHost,
  type CalOutcome,
  type NewCalBooking,
} from './cal-com-book.ts';
import { bookingsPage } from './cal-com-page.ts';
import { type Faults, plannedFaults, type Reply, sendReply } from './faults.ts';

/** A request and what was answered, for the tests that hold both against the description. */
export interface Exchange {
  /** With `{bookingUid}` in the place of one. */
  operation: string;
  version: string | undefined;
  query: Record<string, string>;
  body: unknown;
  status: number;
  answer: unknown;
}

/** A stand-in for Cal.com's API v2: a real server that follows the published description. */
export interface CalComServer {
  url: string;
  key: string;
  /** What is booked; its methods do what patients and hosts do on Cal.com's own pages. */
  book: CalBook;
  faults: Faults;
  exchanges: Exchange[];
  /** How many requests a minute are answered, by `now`. */
  limit: number;
  /** `X-RateLimit-Reset` as seconds from now or as a Unix time: both have been seen. */
  resetAs: 'seconds' | 'unix';
  close(): Promise<void>;
}

export interface CalComStart {
  key: string;
  hosts: CalHost[];
  eventTypes: CalEventType[];
  /** Epoch milliseconds. */
  now(): number;
}

const VERSIONS: Record<string, string> = { bookings: '2024-08-13', 'event-types': '2024-06-14' };

/** Starts it on 127.0.0.1; `/` shows the bookings to a browser. */
export const startCalCom = async ({ key, hosts, eventTypes, now }: CalComStart): Promise<CalComServer> => {
  const book = new CalBook({ hosts, eventTypes, now });
  const faults = plannedFaults();
  const exchanges: Exchange[] = [];
  const limits = { limit: Number.POSITIVE_INFINITY, resetAs: 'seconds' as CalComServer['resetAs'] };
  let minute = { began: 0, requests: 0 };

  const overLimit = (): Reply | undefined => {
    if (now() - minute.began >= 60_000) minute = { began: now(), requests: 0 };
    minute.requests += 1;
    if (minute.requests <= limits.limit) return undefined;
    const reset = minute.began + 60_000;
    const told = limits.resetAs === 'unix' ? reset / 1000 : (reset - now()) / 1000;
    return {
      ...refusal(429, 'TooManyRequestsException', 'Too many requests'),
      headers: { ...JSON_TYPE, 'x-ratelimit-reset': String(Math.ceil(told)) },
    };
  };

  const answer = (request: IncomingMessage, url: URL, body: unknown): Reply => {
    const [, , family = '', uid, action] = url.pathname.split('/');
    if (url.pathname === '/')
      return {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: bookingsPage([...book.bookings.values()]),
      };
    const limited = overLimit();
    if (limited) return limited;
    if (request.headers.authorization !== `Bearer ${key}`)
      return refusal(401, 'UnauthorizedException', 'Invalid API key');
    if (family === 'me') return success(me(hosts[0]));
    if (VERSIONS[family] !== undefined && request.headers['cal-api-version'] !== VERSIONS[family])
      return success({ bookings: [], totalCount: 0, nextCursor: null });
    if (family === 'event-types') return success(eventTypes.map((type) => describe(type, book)));
    if (family !== 'bookings')
      return refusal(404, 'NotFoundException', `Cannot ${request.method} ${url.pathname}`);
    if (request.method === 'GET') return uid === undefined ? list(book, url.searchParams) : one(book, uid);
    if (uid === undefined) return told(book.book(body as NewCalBooking), 201);
    return act(book, uid, action ?? '', (body ?? {}) as Body);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://cal.invalid');
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const reply = () => {
        const made = answer(request, url, body);
        if (url.pathname !== '/') exchanges.push(exchangeOf(request, url, body, made));
        return made;
      };
      sendReply(response, reply, faults.take(url.pathname));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(limits, {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    key,
    book,
    faults,
    exchanges,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

interface Body {
  start: string;
  reschedulingReason?: string;
  cancellationReason?: string;
  reason?: string;
  attendees?: { email: string; absent: boolean }[];
}

const act = (book: CalBook, uid: string, action: string, body: Body): Reply => {
  switch (action) {
    case 'reschedule':
      return told(
        book.move(uid, body.start, {
          ...(body.reschedulingReason ? { reason: body.reschedulingReason } : {}),
        }),
        201,
      );
    case 'cancel':
      return told(book.cancel(uid, body.cancellationReason), 200);
    case 'confirm':
      return told(book.confirm(uid), 200);
    case 'decline':
      return told(book.decline(uid, body.reason), 200);
    case 'mark-absent':
      return told(book.markAbsent(uid, body.attendees ?? []), 200);
    default:
      return refusal(404, 'NotFoundException', `Cannot POST ${action}`);
  }
};

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { ...JSON_TYPE },
  body: JSON.stringify(value),
});
const success = (data: unknown): Reply => json(200, { status: 'success', data });
const refusal = (status: number, code: string, message: string): Reply =>
  json(status, { status: 'error', error: { code, message, details: { statusCode: status } } });

const told = (outcome: CalOutcome, status: number): Reply =>
  'booking' in outcome
    ? json(status, { status: 'success', data: outcome.booking })
    : refusal(outcome.refused.status, outcome.refused.code, outcome.refused.message);

const one = (book: CalBook, uid: string): Reply => {
  const booking = book.bookings.get(uid);
  return booking
    ? success(booking)
    : refusal(404, 'NotFoundException', `Booking with uid=${uid} was not found`);
};

const list = (book: CalBook, query: URLSearchParams): Reply => {
  const after = (name: string, value: string | null): boolean => {
    const bound = query.get(name);
    return bound === null || (value !== null && value >= bound);
  };
  const types = query.get('eventTypeIds')?.split(',').map(Number);
  const found = [...book.bookings.values()].filter(
    (booking) =>
      after('afterStart', booking.start) &&
      after('afterCreatedAt', booking.createdAt) &&
      after('afterUpdatedAt', booking.updatedAt) &&
      (query.get('beforeEnd') === null || booking.end <= (query.get('beforeEnd') ?? '')) &&
      (types?.includes(booking.eventTypeId) ?? true),
  );
  const sorted = sortBy(found, query);
  const [take, skip] = [Number(query.get('take') ?? 100), Number(query.get('skip') ?? 0)];
  if (take < 1 || take > 250) return refusal(400, 'BadRequestException', 'take must not be greater than 250');
  const data = sorted.slice(skip, skip + take);
  const remaining = Math.max(0, sorted.length - skip - data.length);
  return json(200, {
    status: 'success',
    data,
    pagination: {
      totalItems: sorted.length,
      remainingItems: remaining,
      returnedItems: data.length,
      itemsPerPage: take,
      currentPage: Math.floor(skip / take) + 1,
      totalPages: Math.ceil(sorted.length / take),
      hasNextPage: remaining > 0,
      hasPreviousPage: skip > 0,
    },
  });
};

const SORTS = { sortStart: 'start', sortCreated: 'createdAt', sortUpdatedAt: 'updatedAt' } as const;

const sortBy = (found: CalBooking[], query: URLSearchParams): CalBooking[] => {
  for (const [name, field] of Object.entries(SORTS)) {
    const order = query.get(name);
    if (order === null) continue;
    const turn = order === 'desc' ? -1 : 1;
    return found.sort((a, b) => turn * ((a[field] ?? '').localeCompare(b[field] ?? '') || a.id - b.id));
  }
  return found.sort((a, b) => a.id - b.id);
};

const me = (host: CalHost | undefined) => ({
  id: host?.id ?? 1,
  username: host?.username ?? 'clinic',
  email: host?.email ?? 'clinic@example.com',
  name: host?.name ?? null,
  avatarUrl: null,
  bio: null,
  timeFormat: 24,
  defaultScheduleId: 1,
  weekStart: 'Monday',
  timeZone: host?.timeZone ?? 'Europe/Athens',
  organizationId: null,
});

const describe = (type: CalEventType, { hosts }: CalBook) => ({
  id: type.id,
  ownerId: hosts.find(({ username }) => type.hosts.includes(username))?.id ?? 1,
  lengthInMinutes: type.lengthInMinutes,
  ...(type.lengthInMinutesOptions ? { lengthInMinutesOptions: type.lengthInMinutesOptions } : {}),
  title: type.title,
  slug: type.slug,
  description: '',
  locations: [],
  bookingFields: [],
  disableGuests: false,
  recurrence: null,
  metadata: {},
  price: 0,
  currency: 'eur',
  lockTimeZoneToggleOnBookingPage: false,
  forwardParamsSuccessRedirect: null,
  successRedirectUrl: null,
  isInstantEvent: false,
  scheduleId: null,
  hidden: false,
  bookingRequiresAuthentication: false,
  confirmationPolicy: type.requiresConfirmation
    ? { type: 'always', blockUnconfirmedBookingsInBooker: true }
    : { disabled: true },
  users: type.hosts,
  bookingUrl: `https://cal.example/${type.hosts[0] ?? ''}/${type.slug}`,
});

const exchangeOf = (request: IncomingMessage, url: URL, body: unknown, reply: Reply): Exchange => {
  const [, , family, uid, action] = url.pathname.split('/');
  const path = [
    '',
    'v2',
    family,
    ...(uid === undefined ? [] : ['{bookingUid}']),
    ...(action === undefined ? [] : [action]),
  ];
  const version = request.headers['cal-api-version'];
  return {
    operation: `${request.method} ${path.join('/')}`,
    version: typeof version === 'string' ? version : undefined,
    query: Object.fromEntries(url.searchParams),
    body,
    status: reply.status,
    answer: JSON.parse(reply.body),
  };
};
