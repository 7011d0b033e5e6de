import { and, asc, eq, type InferSelectModel, isNotNull, isNull } from 'drizzle-orm';
import type { OutsideDecision } from '../../../contract/outside.ts';
import type { Status } from '../../../contract/status.ts';
import type { Desk } from '../../desk.ts';
import { outsideBookings } from '../../schema/replica/index.ts';
import { detailsOf } from './details.ts';

/** A booking as an outside system last told it; instants are ISO 8601 UTC. */
export type Booking = InferSelectModel<typeof outsideBookings>;

/** Bookings with a problem that nobody has decided, oldest first; one that was linked since is none any more. */
export const openBookings = (desk: Desk): Booking[] =>
  desk.replica.orm
    .select()
    .from(outsideBookings)
    .where(and(isNotNull(outsideBookings.problem), isNull(outsideBookings.decision)))
    .orderBy(asc(outsideBookings.problemAt), asc(outsideBookings.id))
    .all()
    .filter((booking) => isOpen(desk, booking));

/** One booking, or undefined. */
export const readBooking = (desk: Desk, id: string): Booking | undefined =>
  desk.replica.orm.select().from(outsideBookings).where(eq(outsideBookings.id, id)).get();

/** Whether somebody has to decide about it. */
export const isOpen = (desk: Desk, booking: Booking): boolean =>
  booking.problem !== null && booking.decision === null && !isLinkedNow(desk, booking);

const isLinkedNow = ({ replica }: Desk, { source, problem, problemDetails }: Booking): boolean => {
  const { unlinked } = detailsOf(problemDetails);
  return (
    problem === 'unknown_doctor' &&
    unlinked !== undefined &&
    replica
      .statement(
        `select 1 from outside_links
         where source = ? and kind = ? and external_id = ? and deleted_at is null and doctor_id is not null`,
      )
      .get(source, unlinked.kind, unlinked.externalId) !== undefined
  );
};

/** An appointment as far as it is compared with a booking. Instants in ISO 8601 UTC. */
export interface Standing {
  id: string;
  doctorId: string;
  locationId: string | null;
  start: string;
  end: string;
  status: Status;
}

/** The appointment that a booking is here, or null. */
export const standingOf = ({ replica }: Desk, { appointmentId }: Booking): Standing | null => {
  if (appointmentId === null) return null;
  const row = replica
    .statement(
      `select id, doctor_id doctorId, location_id locationId, scheduled_at start, ends_at "end", status
       from appointments where id = ?`,
    )
    .get(appointmentId) as (Omit<Standing, 'start' | 'end'> & { start: number; end: number }) | undefined;
  if (!row) return null;
  return { ...row, start: new Date(row.start).toISOString(), end: new Date(row.end).toISOString() };
};

/** What can be decided about each problem; moving and declining is Cal.com's, since Neo is only read. */
export const choicesFor = ({ source, problem, doctorId }: Booking): OutsideDecision[] => {
  switch (problem) {
    case 'taken':
      if (source === 'idexx') return ['retry', 'dismiss'];
      return doctorId === null ? ['decline', 'retry'] : ['move', 'decline', 'retry'];
    case 'changed_both':
      return ['keep_ours', 'keep_theirs'];
    case 'not_sent':
      return ['retry', 'dismiss'];
    case 'unknown_doctor':
      return source === 'cal_com' ? ['decline', 'dismiss'] : ['dismiss'];
    case 'invalid':
      return ['dismiss'];
    case null:
      return [];
  }
};
