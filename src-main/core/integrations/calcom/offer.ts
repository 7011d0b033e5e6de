import { outsideBookings } from '../../schema/replica/index.ts';
import type { Ran } from '../http.ts';
import { ran } from '../http.ts';
import { outsideId } from '../outside-id.ts';
import { bookFor } from './book-there.ts';
import type { CalCom } from './client.ts';
import { adopt } from './mirror.ts';
import {
  type Appointment,
  inTheWayThere,
  oursOf,
  problemOf,
  readAppointment,
  rowOf,
  rowOfAppointment,
  setRow,
  settled,
  unsentName,
} from './rows.ts';
import { change, type Scope } from './scope.ts';
import { isUnanswered, NO_CONTACT } from './send.ts';

/** Booked no further ahead than this at Cal.com, whose own pages offer about as much. */
const AHEAD_MS = 60 * 86_400_000;

/**
 * The appointments that were made at a desk and are still to be booked at Cal.com, soonest first: those of doctors who are
 * booked there. One that was put over another has no time of its own to be kept free.
 */
export const toOffer = ({ desk }: Scope): string[] =>
  desk.replica
    .statement(
      `select a.id from appointments a left join outside_bookings b on b.appointment_id = a.id and b.source = 'cal_com'
       where a.status = 'scheduled' and a.origin in ('desk', 'portal', 'import') and a.overbook_reason is null
         and a.patient_id is not null and a.scheduled_at > @now and a.scheduled_at < @until
         and (b.id is null or b.external_id like 'unsent:%')
         and a.doctor_id in (
           select doctor_id from outside_links where source = 'cal_com' and kind = 'event_type' and deleted_at is null
             and doctor_id is not null
           union select id from doctors where cal_com_event_type_id is not null)
       order by a.scheduled_at, a.id`,
    )
    .pluck()
    .all({ now: Date.parse(desk.now()), until: Date.parse(desk.now()) + AHEAD_MS }) as string[];

/**
 * Books one of them. What cannot be booked is for a person to decide, and is tried again once it is something else.
 * @returns whether Cal.com was asked.
 */
export const offer = async (scope: Scope, cal: CalCom, appointmentId: string): Promise<Ran<boolean>> => {
  const { desk, clinicId } = scope;
  const appointment = readAppointment(desk, appointmentId);
  if (appointment?.status !== 'scheduled' || isUnanswered(scope, appointmentId)) return ran(false);
  const others = inTheWayThere(desk, appointment);
  // It has the time there until somebody has decided where it goes.
  if (others.some(({ waits }) => waits)) return ran(false);
  const row = rowOfAppointment(desk, appointmentId);
  const { scheduledAt, doctorId, patientId } = appointment;
  const intent = ['create', scheduledAt, doctorId, patientId, ...others.map(({ uid }) => uid)].join(' ');
  const details = row?.problemDetails;
  if (details?.['intent'] === intent && details['code'] !== NO_CONTACT.code) return ran(false);
  const booked = await bookFor(scope, cal, appointment);
  if (!booked.ok) return booked;
  const outcome = booked.value;
  if ('booking' in outcome) {
    const { booking } = outcome;
    const id = outsideId('cal_com', clinicId, 'booking', booking.uid);
    change(scope, (writer) => adopt(scope, writer, id, booking, appointmentId));
    return ran(true);
  }
  if (outcome.refused === 'no_event_type') return ran(false);
  const { code, message } = outcome.refused === 'no_contact' ? NO_CONTACT : outcome.refused;
  noteUnsent(scope, appointment, { action: 'create', code, message, intent });
  return ran(outcome.refused !== 'no_contact');
};

const noteUnsent = (scope: Scope, appointment: Appointment, details: Record<string, unknown>): void =>
  change(scope, (writer) => {
    const { desk, clinicId } = scope;
    const id = outsideId('cal_com', clinicId, 'unsent', appointment.id);
    const { start, end, doctorId } = oursOf(appointment);
    const says = { startsAt: start, endsAt: end, doctorId, status: 'scheduled' as const };
    const row = rowOf(desk, id);
    const problem = problemOf(desk, row, 'not_sent', details);
    const { id: appointmentId, patientId, visitTypeId } = appointment;
    const externalId = unsentName(appointmentId);
    const more = { patientId, visitTypeId, appointmentId, personName: nameOf(scope, patientId) };
    if (row) setRow(writer, row, { ...says, appointmentId: appointment.id, ...problem });
    else
      writer.insert(outsideBookings, {
        id,
        source: 'cal_com',
        externalId,
        ...says,
        ...more,
        seen: {},
        ...problem,
      });
  });

const nameOf = ({ desk }: Scope, patientId: string | null): string | null =>
  (desk.replica
    .statement(`select trim(first_name || ' ' || last_name) from patients where id = ?`)
    .pluck()
    .get(patientId) as string | undefined) ?? null;

/** Lets go of what could not be booked and is not to be any more: cancelled, begun, or with a doctor who is not there. */
export const forgetUnsent = (scope: Scope, stillToOffer: ReadonlySet<string>): void => {
  const { desk } = scope;
  const ids = desk.replica
    .statement(
      `select id from outside_bookings
       where source = 'cal_com' and external_id like 'unsent:%' and status <> 'cancelled'`,
    )
    .pluck()
    .all() as string[];
  for (const id of ids)
    change(scope, (writer) => {
      const row = rowOf(desk, id);
      if (row && !(row.appointmentId !== null && stillToOffer.has(row.appointmentId)))
        setRow(writer, row, { ...settled, status: 'cancelled' });
    });
};
