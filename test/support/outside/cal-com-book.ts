/** Somebody who is booked at Cal.com. */
export interface CalHost {
  id: number;
  name: string;
  email: string;
  username: string;
  timeZone: string;
}

export interface CalEventType {
  id: number;
  slug: string;
  title: string;
  lengthInMinutes: number;
  /** Several lengths to choose from. */
  lengthInMinutesOptions?: number[];
  /** By user name; the first of them that is free is booked. */
  hosts: string[];
  requiresConfirmation?: boolean;
}

export interface CalAttendee {
  name: string;
  timeZone: string;
  email?: string;
  phoneNumber?: string;
  language?: string;
}

/** A booking, as the published description has it. */
export interface CalBooking {
  id: number;
  uid: string;
  title: string;
  description: string;
  hosts: (CalHost & { displayEmail: string })[];
  status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
  cancellationReason?: string;
  reschedulingReason?: string;
  rescheduledFromUid?: string;
  rescheduledToUid?: string;
  start: string;
  end: string;
  duration: number;
  eventTypeId: number;
  eventType: { id: number; slug: string };
  meetingUrl?: string;
  location: string;
  absentHost: boolean;
  createdAt: string;
  updatedAt: string | null;
  metadata: Record<string, string>;
  attendees: {
    name: string;
    email: string;
    displayEmail: string;
    timeZone: string;
    language: string;
    absent: boolean;
    phoneNumber?: string;
  }[];
  guests: string[];
  bookingFieldsResponses: Record<string, string>;
}

/** What a request is refused with. */
export interface CalRefusal {
  status: 400 | 404 | 409;
  code: string;
  message: string;
}

export type CalOutcome = { booking: CalBooking } | { refused: CalRefusal };

export interface NewCalBooking {
  eventTypeId: number;
  start: string;
  attendee: CalAttendee;
  lengthInMinutes?: number;
  metadata?: Record<string, string>;
}

const bad = (message: string, status: CalRefusal['status'] = 400): { refused: CalRefusal } => ({
  refused: { status, code: status === 404 ? 'NotFoundException' : 'BadRequestException', message },
});

const TAKEN = 'User either already has booking at this time or is not available';

/** The bookings of one Cal.com account and what can be done with them, by its clock (`now`, epoch milliseconds). */
export class CalBook {
  readonly hosts: CalHost[];
  readonly eventTypes: CalEventType[];
  readonly bookings = new Map<string, CalBooking>();
  readonly #now: () => number;
  /** A taken time is refused with 400 by one part of Cal.com and with 409 by another. */
  takenStatus: 400 | 409 = 400;

  constructor({
    hosts,
    eventTypes,
    now,
  }: { hosts: CalHost[]; eventTypes: CalEventType[]; now: () => number }) {
    this.hosts = hosts;
    this.eventTypes = eventTypes;
    this.#now = now;
  }

  book(wanted: NewCalBooking): CalOutcome {
    const type = this.eventTypes.find(({ id }) => id === wanted.eventTypeId);
    if (!type) return bad(`Event type with id ${wanted.eventTypeId} not found.`, 404);
    const { attendee } = wanted;
    if (!attendee.email && !attendee.phoneNumber)
      return bad('attendee.email or attendee.phoneNumber is required');
    const lengths = type.lengthInMinutesOptions ?? [];
    if (wanted.lengthInMinutes !== undefined && !lengths.includes(wanted.lengthInMinutes))
      return bad('Can not specify lengthInMinutes for this event type');
    return this.#put(type, wanted.start, wanted.lengthInMinutes ?? type.lengthInMinutes, {
      attendees: [attendeeOf(attendee)],
      metadata: { ...wanted.metadata },
      status: type.requiresConfirmation ? 'pending' : 'accepted',
    });
  }

  /** `byOwner`: nobody has to confirm it then. */
  move(
    uid: string,
    start: string,
    { reason, byOwner = false }: { reason?: string; byOwner?: boolean } = {},
  ): CalOutcome {
    const old = this.#live(uid);
    if ('refused' in old) return old;
    const { booking } = old;
    const type = this.eventTypes.find(({ id }) => id === booking.eventTypeId);
    if (!type) return bad('Event type not found', 404);
    const status = type.requiresConfirmation && !byOwner ? 'pending' : booking.status;
    const moved = this.#put(
      type,
      start,
      booking.duration,
      { ...pick(booking), status, rescheduledFromUid: uid },
      uid,
    );
    if ('refused' in moved) return moved;
    Object.assign(booking, {
      status: 'cancelled',
      rescheduledToUid: moved.booking.uid,
      ...(reason ? { reschedulingReason: reason } : {}),
    });
    this.#touch(booking);
    return moved;
  }

  cancel(uid: string, reason?: string): CalOutcome {
    return this.#change(uid, ['accepted', 'pending'], (booking) => {
      booking.status = 'cancelled';
      if (reason) booking.cancellationReason = reason;
    });
  }

  confirm(uid: string): CalOutcome {
    return this.#change(uid, ['pending'], (booking) => {
      booking.status = 'accepted';
    });
  }

  decline(uid: string, reason?: string): CalOutcome {
    return this.#change(uid, ['pending'], (booking) => {
      booking.status = 'rejected';
      if (reason) booking.cancellationReason = reason;
    });
  }

  markAbsent(uid: string, attendees: readonly { email: string; absent: boolean }[]): CalOutcome {
    return this.#change(uid, ['accepted'], (booking) => {
      for (const { email, absent } of attendees)
        for (const one of booking.attendees) if (one.email === email) one.absent = absent;
    });
  }

  /** Those that take up time. */
  live(): CalBooking[] {
    return [...this.bookings.values()].filter(({ status }) => status === 'accepted' || status === 'pending');
  }

  #live(uid: string): CalOutcome {
    const booking = this.bookings.get(uid);
    if (!booking) return bad(`Booking with uid=${uid} was not found in the database`, 404);
    if (booking.status === 'accepted' || booking.status === 'pending') return { booking };
    return bad(`Booking with uid=${uid} was cancelled or declined before`);
  }

  #change(
    uid: string,
    from: readonly CalBooking['status'][],
    change: (booking: CalBooking) => void,
  ): CalOutcome {
    const booking = this.bookings.get(uid);
    if (!booking) return bad(`Booking with uid=${uid} was not found in the database`, 404);
    if (!from.includes(booking.status)) return bad(`Booking is ${booking.status}`);
    change(booking);
    this.#touch(booking);
    return { booking };
  }

  #put(
    type: CalEventType,
    start: string,
    minutes: number,
    more: Pick<CalBooking, 'attendees' | 'metadata' | 'status'> & { rescheduledFromUid?: string },
    except?: string,
  ): CalOutcome {
    const at = Date.parse(start);
    if (Number.isNaN(at)) return bad('start must be a valid date');
    if (at < this.#now()) return bad('Attempting to book a meeting in the past.');
    const end = at + minutes * 60_000;
    const host = this.hosts
      .filter(({ username }) => type.hosts.includes(username))
      .find(({ username }) => !this.#isTaken(username, at, end, except));
    if (!host) return bad(TAKEN, this.takenStatus);
    const id = this.bookings.size + 1;
    const [attendee] = more.attendees;
    const booking: CalBooking = {
      id,
      uid: `cal${String(id).padStart(5, '0')}`,
      title: `${type.title} between ${host.name} and ${attendee?.name ?? ''}`,
      description: '',
      hosts: [{ ...host, displayEmail: host.email }],
      start: new Date(at).toISOString(),
      end: new Date(end).toISOString(),
      duration: minutes,
      eventTypeId: type.id,
      eventType: { id: type.id, slug: type.slug },
      location: 'Main street 1',
      absentHost: false,
      createdAt: new Date(this.#now()).toISOString(),
      updatedAt: null,
      guests: [],
      bookingFieldsResponses: { name: attendee?.name ?? '', email: attendee?.email ?? '' },
      ...more,
    };
    this.bookings.set(booking.uid, booking);
    return { booking };
  }

  #isTaken(username: string, start: number, end: number, except?: string): boolean {
    return this.live().some(
      (one) =>
        one.uid !== except &&
        one.hosts.some((host) => host.username === username) &&
        Date.parse(one.start) < end &&
        Date.parse(one.end) > start,
    );
  }

  #touch(booking: CalBooking): void {
    booking.updatedAt = new Date(this.#now()).toISOString();
  }
}

const pick = ({ attendees, metadata }: CalBooking) => ({
  attendees: attendees.map((one) => ({ ...one, absent: false })),
  metadata: { ...metadata },
});

/** An attendee as Cal.com keeps one: who gave a number only gets an address that nobody reads. */
const attendeeOf = ({
  name,
  timeZone,
  email,
  phoneNumber,
  language = 'en',
}: CalAttendee): CalBooking['attendees'][number] => {
  const address = email ?? `${(phoneNumber ?? '').replace(/\D/g, '')}@sms.cal.com`;
  return {
    name,
    email: address,
    displayEmail: address,
    timeZone,
    language,
    absent: false,
    ...(phoneNumber ? { phoneNumber } : {}),
  };
};
