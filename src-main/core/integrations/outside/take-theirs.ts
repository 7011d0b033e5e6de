import { ok, type Result, refuse } from '../../../contract/errors.ts';
import { isLive } from '../../../contract/status.ts';
import { stampsOf } from '../../appointments/appointment.ts';
import { describeTaken, findInTheWay } from '../../appointments/placement.ts';
import { readAppointment } from '../../appointments/view.ts';
import type { Desk } from '../../desk.ts';
import { appointments } from '../../schema/replica/index.ts';
import { shortestWay } from '../../undo/reverse.ts';
import type { Booking } from './bookings.ts';
import { agreedWith, type Plan, settled } from './plan.ts';
import { visitOf } from './times.ts';

/**
 * Makes an appointment what the outside system says of it: its time, where nobody else has that, and its status, step by
 * step as the statuses allow (front-desk.md).
 */
export const planTheirs = (desk: Desk, booking: Booking): Result<Plan> => {
  const settles = { ...settled, agreed: agreedWith(booking) };
  const here = booking.appointmentId === null ? undefined : readAppointment(desk, booking.appointmentId);
  if (!here) return ok({ appointmentId: null, set: settles });
  const way = here.status === booking.status ? [] : shortestWay(here.status, booking.status);
  if (!way)
    return refuse('not_resolvable', { reason: 'move_not_allowed', from: here.status, to: booking.status });
  const moves = here.start !== booking.startsAt || here.end !== booking.endsAt;
  const taken = moves && isLive(booking.status) ? takenBy(desk, booking, here.doctorId) : undefined;
  if (taken) return taken;
  return ok({
    appointmentId: here.id,
    write: (change) => {
      let stamps: Parameters<typeof stampsOf>[0] = here;
      for (const status of way) {
        const set = stampsOf(stamps, status, desk.now());
        change.update(appointments, here.id, { status, ...set });
        stamps = { ...stamps, ...set };
      }
      // No slot of ours need begin when it begins there.
      if (moves)
        change.update(appointments, here.id, {
          slotId: null,
          scheduledAt: booking.startsAt,
          endsAt: booking.endsAt,
        });
    },
    set: settles,
  });
};

const takenBy = (desk: Desk, booking: Booking, doctorId: string): Result<never> | undefined => {
  const wanted = { ...visitOf(desk, booking), doctorId, roomId: null, slotId: null };
  const taken = findInTheWay(desk, { ...wanted, start: Date.parse(booking.startsAt) }, booking.appointmentId);
  return taken && refuse('slot_taken', { ...describeTaken(desk, taken), nextFree: [] });
};
