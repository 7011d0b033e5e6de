import { z } from 'zod';

/*
 * What is asked of Cal.com and what it answers (API v2), as far as the desk goes by it. The published description has more
 * fields, which are left out; a field that is here and has another shape is an error that names it, never an empty list.
 */

/** Versions by family (integrations.md): a request without one is answered in an older shape. */
export const versions = { bookings: '2024-08-13', eventTypes: '2024-06-14' } as const;

/** Text as Postgres can keep it: without NUL and halves of characters. */
const text = z.string().transform((value) => value.replace(/\0|\p{Surrogate}/gu, ''));
/** An instant as ISO 8601 UTC with milliseconds. */
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());
const maybe = <T extends z.ZodType>(shape: T) =>
  shape.nullish().transform((value): z.output<T> | null => value ?? null);

const Host = z.object({ username: maybe(text), name: maybe(text) });

const Attendee = z.object({
  name: text,
  email: text,
  timeZone: z.string(),
  language: maybe(z.string()),
  phoneNumber: maybe(text),
  absent: z.boolean(),
});
export type Attendee = z.infer<typeof Attendee>;

/** A booking, one of a series and one with several attendees included. */
export const Booking = z
  .object({
    id: z.int(),
    uid: z.string().min(1).max(255),
    title: text,
    status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
    start: instant,
    end: instant,
    duration: z.number(),
    hosts: z.array(Host),
    attendees: z.array(Attendee),
    eventType: z.object({ id: z.int(), slug: z.string() }),
    location: maybe(text),
    meetingUrl: maybe(text),
    cancellationReason: maybe(text),
    rescheduledFromUid: maybe(z.string()),
    rescheduledToUid: maybe(z.string()),
    createdAt: instant,
    /** Null until it is first changed. */
    updatedAt: maybe(instant),
    metadata: maybe(z.record(z.string(), z.unknown())),
  })
  .refine(({ start, end }) => end > start, { path: ['end'], message: 'not after start' });
export type Booking = z.infer<typeof Booking>;

export const BookingAnswer = z.object({ status: z.literal('success'), data: Booking });
export const BookingsAnswer = z.object({
  status: z.literal('success'),
  data: z.array(Booking),
  pagination: z.object({ hasNextPage: z.boolean() }),
});

/** Described as user names, and seen as records of the users too. */
const User = z.union([z.string(), z.object({ username: maybe(z.string()), name: maybe(z.string()) })]);

const EventType = z.object({
  id: z.int(),
  slug: z.string(),
  title: text,
  lengthInMinutes: z.number().positive(),
  lengthInMinutesOptions: maybe(z.array(z.number().positive())),
  users: maybe(z.array(User)),
  hosts: maybe(z.array(User)),
  /** `{type, …}` where a booking waits for the host's yes, `{disabled: true}` where none does. */
  confirmationPolicy: maybe(z.object({ disabled: maybe(z.boolean()), type: maybe(z.string()) })),
});
export type EventType = z.infer<typeof EventType>;

export const EventTypesAnswer = z.object({ status: z.literal('success'), data: z.array(EventType) });

export const MeAnswer = z.object({
  status: z.literal('success'),
  data: z.object({ username: z.string(), email: z.string(), name: maybe(text) }),
});

/** Why a request was refused, in Cal.com's words. */
export const Refused = z.object({
  error: z.object({ code: z.coerce.string().catch(''), message: z.string().catch('') }),
});

/** Which bookings are listed, and in which order. */
export interface Listing {
  afterStart?: string;
  beforeEnd?: string;
  afterCreatedAt?: string;
  afterUpdatedAt?: string;
  eventTypeIds?: string;
  sortStart?: 'asc' | 'desc';
  sortCreated?: 'asc' | 'desc';
  sortUpdatedAt?: 'asc' | 'desc';
}

/** A booking to be made: `start` in UTC, and an e-mail address or a phone number in international form. */
export interface NewBooking {
  start: string;
  eventTypeId: number;
  attendee: {
    name: string;
    timeZone: string;
    language?: string;
    email?: string;
    phoneNumber?: string;
  };
  /** Only where the event type offers several. */
  lengthInMinutes?: number;
  /** Comes back with every reading of the booking. */
  metadata: Record<string, string>;
}

/** What is done to a booking that is there, and what it takes. */
export interface Actions {
  reschedule: { start: string; reschedulingReason?: string };
  cancel: { cancellationReason?: string };
  confirm: null;
  decline: { reason?: string };
  'mark-absent': { attendees: { email: string; absent: boolean }[] };
}
