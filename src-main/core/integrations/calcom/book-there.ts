import { zoneOf } from '../../clinic-zone.ts';
import { type Ran, ran } from '../http.ts';
import type { CalCom, Refusal } from './client.ts';
import { readEventTypes } from './kept.ts';
import { emailOf, eventTypeFor, OWN_ID } from './mapping.ts';
import { type Contact, contactOf } from './people.ts';
import type { Appointment } from './rows.ts';
import type { Scope } from './scope.ts';
import type { Attendee, Booking, NewBooking } from './shapes.ts';

/** What became of it: booked, or why it cannot be. */
type Booked = { booking: Booking } | { refused: Refusal | 'no_contact' | 'no_event_type' };

/**
 * Books an appointment at Cal.com, for its patient or for whoever booked it there before. The booking carries the
 * appointment's id: where Cal.com says that the time is taken, it may be by the very booking whose answer was lost.
 */
export const bookFor = async (
  scope: Scope,
  cal: CalCom,
  appointment: Appointment,
  attendee?: Attendee,
): Promise<Ran<Booked>> => {
  const { desk } = scope;
  const eventTypeId = eventTypeFor(desk, appointment);
  if (eventTypeId === null) return ran({ refused: 'no_event_type' });
  const contact =
    (attendee && contactThere(attendee)) ??
    (appointment.patientId ? contactOf(desk, appointment.patientId) : null);
  if (!contact) return ran({ refused: 'no_contact' });
  const minutes = (Date.parse(appointment.endsAt) - Date.parse(appointment.scheduledAt)) / 60_000;
  const lengths = readEventTypes(desk).find(({ id }) => id === eventTypeId)?.minutes ?? [];
  const made = await cal.create({
    start: appointment.scheduledAt,
    eventTypeId,
    attendee: { ...contact, timeZone: zoneOf(desk, appointment.locationId) },
    ...(lengths.length > 1 && lengths.includes(minutes) ? { lengthInMinutes: minutes } : {}),
    metadata: { [OWN_ID]: appointment.id },
  } satisfies NewBooking);
  if (!made.ok) return made;
  if ('booking' in made.value) return ran(made.value);
  return made.value.refused.why === 'taken'
    ? findOwn(cal, appointment, eventTypeId, made.value.refused)
    : ran(made.value);
};

const findOwn = async (
  cal: CalCom,
  { id, scheduledAt, endsAt }: Appointment,
  eventTypeId: number,
  refused: Refusal,
): Promise<Ran<Booked>> => {
  const day = 86_400_000;
  const there = await cal.bookings({
    eventTypeIds: String(eventTypeId),
    afterStart: new Date(Date.parse(scheduledAt) - day).toISOString(),
    beforeEnd: new Date(Date.parse(endsAt) + day).toISOString(),
  });
  if (!there.ok) return there;
  const own = there.value.find(
    ({ metadata, status, start }) =>
      metadata?.[OWN_ID] === id && start === scheduledAt && (status === 'accepted' || status === 'pending'),
  );
  return ran(own ? { booking: own } : { refused });
};

const contactThere = (attendee: Attendee): Contact | null => {
  const { name, phoneNumber, language } = attendee;
  const email = emailOf(attendee);
  if (email === null && phoneNumber === null) return null;
  return {
    name,
    ...(email === null ? {} : { email }),
    ...(phoneNumber === null ? {} : { phoneNumber }),
    ...(language === null ? {} : { language }),
  };
};
