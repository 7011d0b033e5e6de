import type { Desk } from '../../desk.ts';
import { wordsOf } from '../../fold.ts';
import type { SideStatus } from './merge.ts';
import type { RowSet } from './rows.ts';
import type { Attendee, Booking } from './shapes.ts';

/** The name under which a booking carries the id of the appointment that it was made for. */
export const OWN_ID = 'anteroomAppointment';

/** Addresses that Cal.com makes up for those who gave a phone number only. */
const MADE_UP = /@sms\.cal\.com$/i;
const PHONE = 30;
const EMAIL = 255;
const NAME = 100;

/** Cal.com's status in our words: somebody who did not come is a booking that was accepted, with an absent attendee. */
export const statusOf = ({ status, attendees }: Booking): SideStatus => {
  if (status === 'cancelled' || status === 'rejected') return 'cancelled';
  if (status === 'pending') return 'pending';
  return attendees[0]?.absent ? 'no_show' : 'scheduled';
};

/** What a booking says, in the columns of its row. */
export const columnsOf = (desk: Desk, booking: Booking): RowSet & Said => {
  const [attendee] = booking.attendees;
  return {
    externalId: booking.uid,
    startsAt: booking.start,
    endsAt: booking.end,
    status: statusOf(booking),
    ...meaningOf(desk, booking),
    personName: attendee?.name ?? null,
    phone: attendee?.phoneNumber?.slice(0, PHONE) ?? null,
    email: (attendee && emailOf(attendee)) ?? null,
    title: booking.title,
    seen: { ...booking },
  };
};

type Said = {
  externalId: string;
  startsAt: string;
  endsAt: string;
  status: SideStatus;
  seen: Record<string, unknown>;
};

/** The address that an attendee has; null for one that was made up or is too long to be kept. */
export const emailOf = ({ email }: Attendee): string | null => {
  const address = email.trim();
  return address === '' || address.length > EMAIL || MADE_UP.test(address) ? null : address;
};

/** The doctor and visit type that a booking is of here: by the link of its event type, else by its host's user name. */
export const meaningOf = (
  { replica }: Desk,
  { eventType, hosts }: Booking,
): { doctorId: string | null; visitTypeId: string | null } => {
  const id = String(eventType.id);
  const link = replica
    .statement(
      `select doctor_id doctorId, visit_type_id visitTypeId from outside_links
       where source = 'cal_com' and kind = 'event_type' and external_id = ? and deleted_at is null`,
    )
    .get(id) as { doctorId: string | null; visitTypeId: string | null } | undefined;
  const ofHost = replica
    .statement(
      `select id from doctors where deleted_at is null
         and (lower(cal_com_username) in (select lower(value) from json_each(@hosts)) or cal_com_event_type_id = @id)
       order by cal_com_event_type_id is not @id, id limit 1`,
    )
    .pluck();
  const names = JSON.stringify(hosts.flatMap(({ username }) => username ?? []));
  return {
    doctorId: link?.doctorId ?? (ofHost.get({ hosts: names, id }) as string | undefined) ?? null,
    visitTypeId: link?.visitTypeId ?? null,
  };
};

/** The event type by which a doctor's visit is booked: the visit type's own, else one for every visit, else any of theirs. */
export const eventTypeFor = (
  { replica }: Desk,
  { doctorId, visitTypeId }: { doctorId: string; visitTypeId: string | null },
): number | null => {
  const linked = replica
    .statement(
      `select external_id from outside_links
       where source = 'cal_com' and kind = 'event_type' and deleted_at is null and doctor_id = @doctorId
       order by visit_type_id is not @visitTypeId, visit_type_id is not null, external_id limit 1`,
    )
    .pluck()
    .get({ doctorId, visitTypeId }) as string | undefined;
  const own = replica
    .statement('select cal_com_event_type_id from doctors where id = ?')
    .pluck()
    .get(doctorId) as string | null | undefined;
  const id = Number(linked ?? own ?? Number.NaN);
  return Number.isInteger(id) ? id : null;
};

/** A name that was typed into one field: its first word, and the rest. */
export const splitName = (name: string): { firstName: string; lastName: string } => {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { firstName: first.slice(0, NAME), lastName: rest.join(' ').slice(0, NAME) };
};

/** A name as it is compared, whatever the order of its words. */
export const nameKey = (name: string): string => wordsOf(name).sort().join(' ');

/** How the patient is going to be seen: by what Cal.com has for a place. */
export const typeOf = ({ location, meetingUrl }: Booking): 'in_person' | 'video' | 'phone' => {
  const place = meetingUrl ?? location ?? '';
  if (/^https?:|^integrations:/.test(place)) return 'video';
  return /^\+?[\d\s()-]{6,}$/.test(place) ? 'phone' : 'in_person';
};

/** The address of a video visit; null for every other place. */
export const meetingUrlOf = ({ location, meetingUrl }: Booking): string | null =>
  [meetingUrl, location].find((place) => place && URL.canParse(place) && /^https?:/.test(place)) ?? null;
