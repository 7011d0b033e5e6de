import { ok, type Result, refuse } from '../../../contract/errors.ts';
import { feeOf } from '../../appointments/fee.ts';
import { findPlace, type Place } from '../../appointments/placement.ts';
import type { Desk, Session } from '../../desk.ts';
import { readDeskState } from '../../replica/desk-state.ts';
import { appointments } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import type { Booking } from './bookings.ts';
import { agreedWith, type Plan, settled } from './plan.ts';
import { freeTimesFor, visitOf } from './times.ts';

/**
 * Puts a booking whose time is taken here at another time of its doctor: the slot that was asked for, else the soonest
 * free one. It is on the board at once; the next run moves it there too.
 */
export const planMove = (
  desk: Desk,
  session: Session,
  booking: Booking,
  slotId: string | undefined,
): Result<Plan> => {
  const [soonest] = slotId ? [{ slotId }] : freeTimesFor(desk, booking, 1);
  if (!soonest) return refuse('not_resolvable', { reason: 'nothing_free' });
  const { appointmentId, patientId } = booking;
  if (appointmentId === null && patientId === null) return refuse('not_resolvable', { reason: 'no_patient' });
  const place = findPlace(desk, session, {
    slotId: soonest.slotId,
    visit: visitOf(desk, booking),
    overOwnHolds: true,
    ...(appointmentId === null ? {} : { movingId: appointmentId }),
  });
  if (!place.ok) return place;
  const id = appointmentId ?? ownId(desk, booking);
  return ok({
    appointmentId: id,
    write: (change) =>
      appointmentId === null
        ? change.insert(appointments, { id, ...newRow(desk, booking, place.value) })
        : change.update(appointments, id, place.value),
    set: { ...settled, appointmentId: id, agreed: agreedWith(booking) },
  });
};

/** As the run names it: were it booked here by both, it would still be one. */
const ownId = ({ replica }: Desk, { source, externalId }: Booking): string =>
  outsideId(source, readDeskState(replica).clinicId ?? '', 'appointment', externalId);

const newRow = (desk: Desk, booking: Booking, place: Place) => ({
  ...place,
  patientId: booking.patientId,
  visitTypeId: booking.visitTypeId,
  status: booking.status === 'pending' ? ('pending' as const) : ('scheduled' as const),
  appointmentType: 'in_person' as const,
  origin: booking.source,
  calComUid: booking.externalId,
  reason: booking.title,
  ...feeOf(desk, booking.visitTypeId, place.doctorId),
});
