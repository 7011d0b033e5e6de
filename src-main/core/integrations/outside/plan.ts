import type { ChangeWriter } from '../../replica/write.ts';
import type { Agreed } from '../booking-words.ts';
import type { Booking } from './bookings.ts';

/** What a decision changes here: its rows, and what is set on the booking. */
export interface Plan {
  appointmentId: string | null;
  write?(change: ChangeWriter): void;
  set: Partial<Omit<Booking, 'id' | 'rev' | 'createdAt' | 'updatedAt'>>;
}

/** Nothing is left to decide. */
export const settled = { problem: null, problemAt: null, problemDetails: null } as const;

/** What the outside system says now, as what both sides had alike: the next run then takes ours for what was changed. */
export const agreedWith = (booking: Booking): Booking['agreed'] => {
  const { startsAt: start, endsAt: end, status, doctorId } = booking;
  return { ...booking.agreed, ...({ start, end, status, doctorId } satisfies Agreed) };
};
