import { z } from 'zod';

/*
 * What Cal.com's published description (API v2) says of the operations in use, written down by hand. Strict: a property
 * that is not described is a fault of whoever sends it. `updatedAt` is described as text and has been seen as null.
 */

const success = z.literal('success');
const languages =
  `ar ca de es eu he id ja lv pl ro sr th vi az cs el es-419 fi hr it km nl pt ru sv tr zh-CN bg da en et fr
  hu iw ko no pt-BR sk ta uk zh-TW bn`.split(/\s+/);
const Language = z.enum(languages);
const Metadata = z.record(z.string().max(40), z.string().max(500));

export const BookingHost = z.strictObject({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  displayEmail: z.string(),
  username: z.string(),
  timeZone: z.string(),
});

export const BookingAttendee = z.strictObject({
  name: z.string(),
  email: z.string(),
  displayEmail: z.string(),
  timeZone: z.string(),
  language: Language.optional(),
  absent: z.boolean(),
  phoneNumber: z.string().optional(),
});

export const EventTypeOfBooking = z.strictObject({ id: z.number(), slug: z.string() });

export const BookingOutput = z.strictObject({
  id: z.number(),
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  hosts: z.array(BookingHost),
  status: z.enum(['cancelled', 'accepted', 'rejected', 'pending']),
  cancellationReason: z.string().optional(),
  cancelledByEmail: z.string().optional(),
  reschedulingReason: z.string().optional(),
  rescheduledByEmail: z.string().optional(),
  rescheduledFromUid: z.string().optional(),
  rescheduledToUid: z.string().optional(),
  start: z.string(),
  end: z.string(),
  duration: z.number(),
  eventTypeId: z.number(),
  eventType: EventTypeOfBooking,
  meetingUrl: z.string().optional(),
  location: z.string(),
  absentHost: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  rating: z.number().optional(),
  icsUid: z.string().optional(),
  attendees: z.array(BookingAttendee),
  guests: z.array(z.string()).optional(),
  bookingFieldsResponses: z.record(z.string(), z.unknown()),
});

export const Pagination = z.strictObject({
  totalItems: z.number(),
  remainingItems: z.number(),
  returnedItems: z.number(),
  itemsPerPage: z.number(),
  currentPage: z.number(),
  totalPages: z.number(),
  hasNextPage: z.boolean(),
  hasPreviousPage: z.boolean(),
});

export const EventTypeOutput = z.strictObject({
  id: z.number(),
  lengthInMinutes: z.number(),
  lengthInMinutesOptions: z.array(z.number()).optional(),
  title: z.string(),
  slug: z.string(),
  description: z.string(),
  locations: z.array(z.unknown()),
  bookingFields: z.array(z.unknown()),
  disableGuests: z.boolean(),
  recurrence: z.record(z.string(), z.unknown()).nullable(),
  metadata: z.record(z.string(), z.unknown()),
  price: z.number(),
  currency: z.string(),
  lockTimeZoneToggleOnBookingPage: z.boolean(),
  forwardParamsSuccessRedirect: z.record(z.string(), z.unknown()).nullable(),
  successRedirectUrl: z.record(z.string(), z.unknown()).nullable(),
  isInstantEvent: z.boolean(),
  scheduleId: z.number().nullable(),
  hidden: z.boolean(),
  bookingRequiresAuthentication: z.boolean(),
  confirmationPolicy: z.record(z.string(), z.unknown()).optional(),
  ownerId: z.number(),
  users: z.array(z.string()),
  bookingUrl: z.string(),
});

export const MeOutput = z.strictObject({
  id: z.number(),
  username: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  bio: z.string().nullable(),
  timeFormat: z.number(),
  defaultScheduleId: z.number().nullable(),
  weekStart: z.string(),
  timeZone: z.string(),
  organizationId: z.number().nullable(),
});

export const CreateBookingAttendee = z.strictObject({
  name: z.string(),
  timeZone: z.string(),
  phoneNumber: z
    .string()
    .regex(/^\+\d+$/)
    .optional(),
  language: Language.optional(),
  email: z.string().optional(),
});

export const CreateBookingInput = z.strictObject({
  start: z.iso.datetime(),
  attendee: CreateBookingAttendee,
  eventTypeId: z.number(),
  metadata: Metadata.optional(),
  lengthInMinutes: z.number().optional(),
});

export const RescheduleBookingInput = z.strictObject({
  start: z.iso.datetime(),
  reschedulingReason: z.string().optional(),
});
export const CancelBookingInput = z.strictObject({ cancellationReason: z.string().optional() });
export const DeclineBookingInput = z.strictObject({ reason: z.string().optional() });
export const MarkAbsentAttendee = z.strictObject({ email: z.string(), absent: z.boolean() });
export const MarkAbsentBookingInput = z.strictObject({ attendees: z.array(MarkAbsentAttendee).optional() });

/** The parameters of a listing that are in use, as they stand in an address. */
export const GetBookingsQuery = z.strictObject({
  afterStart: z.iso.datetime().optional(),
  beforeEnd: z.iso.datetime().optional(),
  afterCreatedAt: z.iso.datetime().optional(),
  afterUpdatedAt: z.iso.datetime().optional(),
  eventTypeIds: z.string().optional(),
  sortStart: z.enum(['asc', 'desc']).optional(),
  sortCreated: z.enum(['asc', 'desc']).optional(),
  sortUpdatedAt: z.enum(['asc', 'desc']).optional(),
  take: z.string().regex(/^\d+$/),
  skip: z.string().regex(/^\d+$/),
});

/** integrations.md: not in the description, and the same for every operation. */
export const Refusal = z.strictObject({
  status: z.literal('error'),
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.unknown() }),
});

const Nothing = z.strictObject({});
const OneBooking = z.strictObject({ status: success, data: BookingOutput });

interface Operation {
  version?: string;
  query: z.ZodType;
  body: z.ZodType;
  success: number;
  answer: z.ZodType;
}

const acts = (body: z.ZodType, status = 200): Operation => ({
  version: '2024-08-13',
  query: Nothing,
  body,
  success: status,
  answer: OneBooking,
});
const none = z.undefined();

/** The operations in use, by method and path. */
export const operations: Record<string, Operation> = {
  'GET /v2/me': {
    query: Nothing,
    body: none,
    success: 200,
    answer: z.strictObject({ status: success, data: MeOutput }),
  },
  'GET /v2/event-types': {
    version: '2024-06-14',
    query: Nothing,
    body: none,
    success: 200,
    answer: z.strictObject({ status: success, data: z.array(EventTypeOutput) }),
  },
  'GET /v2/bookings': {
    ...acts(none),
    query: GetBookingsQuery,
    answer: z.strictObject({ status: success, data: z.array(BookingOutput), pagination: Pagination }),
  },
  'GET /v2/bookings/{bookingUid}': acts(none),
  'POST /v2/bookings': acts(CreateBookingInput, 201),
  'POST /v2/bookings/{bookingUid}/reschedule': acts(RescheduleBookingInput, 201),
  'POST /v2/bookings/{bookingUid}/cancel': acts(CancelBookingInput),
  'POST /v2/bookings/{bookingUid}/confirm': acts(none),
  'POST /v2/bookings/{bookingUid}/decline': acts(DeclineBookingInput),
  'POST /v2/bookings/{bookingUid}/mark-absent': acts(MarkAbsentBookingInput),
};
