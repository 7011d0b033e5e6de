import type { FreeTime } from '../../../contract/appointment.ts';
import { readVisitType } from '../../appointments/grid.ts';
import { findFreeTimes } from '../../appointments/next-free.ts';
import type { Visit } from '../../appointments/slot.ts';
import type { Desk } from '../../desk.ts';
import type { Booking } from './bookings.ts';

/** How much time a booking takes, with the buffers of its visit type. */
export const visitOf = (desk: Desk, { visitTypeId, startsAt, endsAt }: Booking): Visit => ({
  ...((visitTypeId && readVisitType(desk, visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 }),
  length: Date.parse(endsAt) - Date.parse(startsAt),
});

/** How many times are offered for a move. */
const OFFERED = 4;

/** The doctor's free times for a booking, soonest after the one that was booked first. */
export const freeTimesFor = (desk: Desk, booking: Booking, count = OFFERED): FreeTime[] =>
  booking.doctorId === null
    ? []
    : findFreeTimes(desk, {
        doctorIds: [booking.doctorId],
        visit: visitOf(desk, booking),
        partOfDay: 'any',
        after: Date.parse(booking.startsAt),
        movingId: booking.appointmentId,
        count,
      });
