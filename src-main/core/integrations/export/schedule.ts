import type { Status } from '../../../contract/status.ts';
import { dayBounds } from '../../clinic-day.ts';
import type { Desk } from '../../desk.ts';

type Text = string | null;

/** An appointment with what an export says of it. Instants in epoch milliseconds. */
export interface ExportedAppointment {
  id: string;
  slotId: Text;
  doctorId: string;
  roomId: Text;
  patientId: Text;
  start: number;
  end: number;
  status: Status;
  type: 'in_person' | 'video' | 'phone' | 'walk_in';
  reason: Text;
  notes: Text;
  confirmedAt: number | null;
  cancellationReason: Text;
  meetingUrl: Text;
  createdAt: number;
  updatedAt: number;
  visitType: Text;
  firstName: Text;
  lastName: Text;
}

export interface ExportedLocation {
  id: string;
  name: string;
  line1: string;
  line2: Text;
  city: string;
  region: Text;
  postalCode: Text;
  country: string;
  phone: Text;
  zone: string;
  active: 0 | 1;
}

/** The location, or undefined. */
export const readLocation = ({ replica }: Desk, id: string): ExportedLocation | undefined =>
  replica
    .statement(
      `select id, name, address_line1 line1, address_line2 line2, city, state_region region,
         postal_code postalCode, country, phone, timezone zone, deleted_at is null active
       from clinic_locations where id = ?`,
    )
    .get(id) as ExportedLocation | undefined;

/** From the first day's midnight to the last day's end, by the location's clock. */
export const boundsOf = (from: string, to: string, zone: string): { start: number; end: number } => ({
  start: dayBounds(from, zone).start,
  end: dayBounds(to, zone).end,
});

/** Appointments that begin in a stretch at a location or, without one of their own, at their doctor's home. */
export const readExported = (
  { replica }: Desk,
  locationId: string,
  { start, end }: { start: number; end: number },
): ExportedAppointment[] =>
  replica
    .statement(
      `select a.id, a.slot_id slotId, a.doctor_id doctorId, a.room_id roomId, a.patient_id patientId,
         a.scheduled_at start, a.ends_at "end", a.status, a.appointment_type type, a.reason, a.notes,
         a.confirmed_at confirmedAt, a.cancellation_reason cancellationReason, a.meeting_url meetingUrl,
         a.created_at createdAt, a.updated_at updatedAt, v.name_en visitType,
         p.first_name firstName, p.last_name lastName
       from appointments a
         left join doctors d on a.location_id is null and d.id = a.doctor_id
         left join visit_types v on v.id = a.visit_type_id
         left join patients p on p.id = a.patient_id
       where a.scheduled_at >= ? and a.scheduled_at < ? and coalesce(a.location_id, d.location_id) = ?
       order by a.scheduled_at, a.id`,
    )
    .all(start, end, locationId) as ExportedAppointment[];

/** The names of the clinic's rooms by id. */
export const roomNames = ({ replica }: Desk): Map<string, string> =>
  new Map(replica.statement('select id, name from rooms').raw().all() as [string, string][]);
