import type { z } from 'zod';
import type { CalComAccount, CalComEventType } from '../../../contract/cal-com.ts';
import { type Answer, type Ask, failed, pauseFor, type Ran, ran, request, type World } from '../http.ts';
import {
  type Actions,
  type Booking,
  BookingAnswer,
  BookingsAnswer,
  type EventType,
  EventTypesAnswer,
  type Listing,
  MeAnswer,
  type NewBooking,
  Refused,
  versions,
} from './shapes.ts';

/** What became of something that was to be done there: the booking as it is now, or why it was refused for good. */
export type Done = { booking: Booking } | { refused: Refusal };

/** `taken`: the time is not free there; `gone`: there is no such booking; else `code` and `message` are Cal.com's words. */
export interface Refusal {
  why: 'taken' | 'gone' | 'other';
  code: string;
  message: string;
}

/** Cal.com, as one key opens it. */
export interface CalCom {
  me(): Promise<Ran<CalComAccount>>;
  eventTypes(): Promise<Ran<CalComEventType[]>>;
  /** Every booking of a listing, each once. */
  bookings(listing: Listing): Promise<Ran<Booking[]>>;
  /** One booking; null where there is none. */
  booking(uid: string): Promise<Ran<Booking | null>>;
  create(booking: NewBooking): Promise<Ran<Done>>;
  act<A extends keyof Actions>(uid: string, action: A, body: Actions[A]): Promise<Ran<Done>>;
}

const PAGE = 100;
/** 120 requests a minute are allowed for a key, which other programs of the clinic may use as well. */
const A_MINUTE = 60_000;
const MOST_A_MINUTE = 100;
const LONGEST_MESSAGE = 300;

/**
 * Asks Cal.com by its API v2 at a polite pace. What writes is sent once: whether a request did something whose answer was
 * lost is for the next reading to say. Errors: those of `request`, `refused_login` for a key that is not taken, and
 * `unreadable` with the field.
 */
export const calCom = (world: World, { baseUrl, key }: { baseUrl: string; key: string }): CalCom => {
  const asked: number[] = [];

  const keepPace = async (): Promise<Ran<never> | undefined> => {
    const now = world.now();
    while (asked[0] !== undefined && asked[0] <= now - A_MINUTE) asked.shift();
    const wait = asked.length < MOST_A_MINUTE ? 0 : (asked[0] ?? now) + A_MINUTE - now;
    const stopped = wait > 0 ? await pauseFor(world, wait) : undefined;
    asked.push(world.now());
    return stopped;
  };

  const ask = async (
    what: Pick<Ask, 'method' | 'name' | 'once'> & {
      path: string;
      version?: string;
      query?: Listing | Record<string, string>;
      body?: object;
    },
  ): Promise<Ran<Answer>> => {
    const stopped = await keepPace();
    if (stopped) return stopped;
    const url = new URL(what.path, baseUrl);
    for (const [name, value] of Object.entries(what.query ?? {})) url.searchParams.set(name, value);
    const answer = await request(world, {
      method: what.method,
      name: what.name,
      ...(what.once ? { once: true } : {}),
      url,
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(what.version ? { 'cal-api-version': what.version } : {}),
        ...(what.body ? { 'content-type': 'application/json' } : {}),
      },
      ...(what.body ? { body: JSON.stringify(what.body) } : {}),
    });
    if (!answer.ok) return answer;
    const { status } = answer.value;
    return status === 401 || status === 403 ? failed('refused_login', what.name) : answer;
  };

  const page = async (listing: Listing, skip: number) =>
    read(
      await ask({
        method: 'GET',
        path: '/v2/bookings',
        name: 'GET /v2/bookings',
        version: versions.bookings,
        query: { ...listing, take: String(PAGE), skip: String(skip) },
      }),
      'GET /v2/bookings',
      BookingsAnswer,
    );

  const write = async (path: string, name: string, body: object | null): Promise<Ran<Done>> => {
    const answer = await ask({
      method: 'POST',
      path,
      name,
      version: versions.bookings,
      ...(body ? { body } : {}),
      once: true,
    });
    if (!answer.ok) return answer;
    if (answer.value.status >= 400) return ran({ refused: refusalOf(answer.value) });
    const booking = read(answer, name, BookingAnswer);
    return booking.ok ? ran({ booking: booking.value.data }) : booking;
  };

  return {
    me: async () => {
      const name = 'GET /v2/me';
      const me = read(await ask({ method: 'GET', path: '/v2/me', name }), name, MeAnswer);
      return me.ok ? ran(me.value.data) : me;
    },

    eventTypes: async () => {
      const name = 'GET /v2/event-types';
      const answer = await ask({
        method: 'GET',
        path: '/v2/event-types',
        name,
        version: versions.eventTypes,
      });
      const types = read(answer, name, EventTypesAnswer);
      return types.ok ? ran(types.value.data.map(inOurWords)) : types;
    },

    bookings: async (listing) => {
      const found = new Map<string, Booking>();
      for (let skip = 0; ; skip += PAGE) {
        const answer = await page(listing, skip);
        if (!answer.ok) return answer;
        // What is booked or changed while pages are read pushes others on to the next page, where they come again.
        for (const booking of answer.value.data)
          found.set(booking.uid, later(booking, found.get(booking.uid)));
        if (!answer.value.pagination.hasNextPage) return ran([...found.values()]);
      }
    },

    booking: async (uid) => {
      const name = 'GET /v2/bookings/{bookingUid}';
      const path = `/v2/bookings/${encodeURIComponent(uid)}`;
      const answer = await ask({ method: 'GET', path, name, version: versions.bookings });
      if (answer.ok && answer.value.status === 404) return ran(null);
      const booking = read(answer, name, BookingAnswer);
      return booking.ok ? ran(booking.value.data) : booking;
    },

    create: (booking) => write('/v2/bookings', 'POST /v2/bookings', booking),

    act: (uid, action, body) =>
      write(
        `/v2/bookings/${encodeURIComponent(uid)}/${action}`,
        `POST /v2/bookings/{bookingUid}/${action}`,
        body,
      ),
  };
};

const later = (one: Booking, other: Booking | undefined): Booking =>
  other && (other.updatedAt ?? '') > (one.updatedAt ?? '') ? other : one;

/** An answer in its shape; the error names the first field that has another, and nothing of what it says. */
const read = <T extends z.ZodType>(answer: Ran<Answer>, name: string, shape: T): Ran<z.output<T>> => {
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status !== 200 && status !== 201) return failed('unreadable', `${name}: ${status}`);
  const parsed = shape.safeParse(jsonOf(body));
  if (parsed.success) return ran(parsed.data);
  return failed('unreadable', `${name}: ${parsed.error.issues[0]?.path.join('.') || 'no JSON'}`);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** In whatever words Cal.com says that the time is not free; it does so with 400 or 409 (integrations.md). */
const TAKEN =
  /already (has|have|booked|taken)|not available|no_available|booking_conflict|slot.*(taken|booked)/i;

const refusalOf = ({ status, body }: Answer): Refusal => {
  const told = Refused.safeParse(jsonOf(body)).data?.error ?? { code: '', message: '' };
  const taken = status === 409 || (status === 400 && TAKEN.test(`${told.code} ${told.message}`));
  return {
    why: status === 404 ? 'gone' : taken ? 'taken' : 'other',
    code: told.code || String(status),
    message: told.message.replace(/\0|\p{Surrogate}/gu, '').slice(0, LONGEST_MESSAGE),
  };
};

const inOurWords = (type: EventType): CalComEventType => {
  const lengths = new Set([type.lengthInMinutes, ...(type.lengthInMinutesOptions ?? [])]);
  const policy = type.confirmationPolicy;
  return {
    id: type.id,
    slug: type.slug,
    title: type.title,
    minutes: [...lengths],
    hosts: [...(type.users ?? []), ...(type.hosts ?? [])].flatMap((user) =>
      typeof user === 'string' ? user : (user.username ?? user.name ?? []),
    ),
    confirmed: policy !== null && policy.disabled !== true,
  };
};
