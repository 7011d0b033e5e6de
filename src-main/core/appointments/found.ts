import type { Appointment } from '../../contract/appointment.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk } from '../desk.ts';

/** What a command judges: the appointment's own row, without its patient, what to notice about it, and what is promised. */
export type FoundAppointment = Pick<
  Appointment,
  | 'id'
  | 'slotId'
  | 'doctorId'
  | 'locationId'
  | 'roomId'
  | 'visitTypeId'
  | 'start'
  | 'end'
  | 'status'
  | 'origin'
  | 'overbookReason'
  | Stamp
>;

type Stamp = 'confirmedAt' | 'arrivedAt' | 'readyAt' | 'inRoomAt' | 'completedAt';

type Row = Omit<FoundAppointment, 'start' | 'end' | Stamp> &
  Record<'start' | 'end', number> &
  Record<Stamp, number | null>;

/** One appointment as a command judges it, or undefined. As for screens, a time that is only held is none. */
export const findAppointment = ({ replica }: Desk, id: string): FoundAppointment | undefined => {
  const row = replica
    .statement(
      `select id, slot_id slotId, doctor_id doctorId, location_id locationId, room_id roomId, visit_type_id visitTypeId,
         scheduled_at start, ends_at "end", status, origin, overbook_reason overbookReason, confirmed_at confirmedAt,
         arrived_at arrivedAt, ready_at readyAt, in_room_at inRoomAt, completed_at completedAt
       from appointments where id = ? and status <> 'held' and patient_id is not null`,
    )
    .get(id) as Row | undefined;
  return (
    row && {
      ...row,
      start: iso(row.start),
      end: iso(row.end),
      confirmedAt: isoOrNull(row.confirmedAt),
      arrivedAt: isoOrNull(row.arrivedAt),
      readyAt: isoOrNull(row.readyAt),
      inRoomAt: isoOrNull(row.inRoomAt),
      completedAt: isoOrNull(row.completedAt),
    }
  );
};
