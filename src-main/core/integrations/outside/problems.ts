import type { CallResult } from '../../../contract/calls.ts';
import { ok } from '../../../contract/errors.ts';
import type { OutsideProblem } from '../../../contract/outside.ts';
import { isLive } from '../../../contract/status.ts';
import { describeTaken, findInTheWay } from '../../appointments/placement.ts';
import { readAppointment } from '../../appointments/view.ts';
import type { Desk } from '../../desk.ts';
import { doctorNames } from '../../doctors/names.ts';
import { letOthersGo } from '../../let-others-go.ts';
import { type Booking, choicesFor, openBookings, standingOf } from './bookings.ts';
import { detailsOf } from './details.ts';
import { freeTimesFor, visitOf } from './times.ts';

/**
 * Bookings of outside systems that somebody has to decide about, the same at every desk, oldest first. Lets other calls
 * in between them, since free times are looked for.
 */
export const outsideProblems = async (desk: Desk): Promise<CallResult<'outsideProblems'>> => {
  const problems: OutsideProblem[] = [];
  for (const booking of openBookings(desk)) {
    await letOthersGo();
    const problem = describe(desk, booking);
    if (problem) problems.push(problem);
  }
  return ok(problems);
};

const describe = (desk: Desk, booking: Booking): OutsideProblem | null => {
  const { problem, problemAt } = booking;
  if (problem === null) return null;
  const details = detailsOf(booking.problemDetails);
  const inTheWay = problem === 'taken' ? inTheWayOf(desk, booking) : null;
  // While somebody stands there, trying again comes to the same.
  const choices = choicesFor(booking).filter((choice) => choice !== 'retry' || inTheWay === null);
  return {
    id: booking.id,
    source: booking.source,
    problem,
    since: problemAt ?? booking.updatedAt,
    person: { name: booking.personName ?? '', phone: booking.phone, email: booking.email },
    title: booking.title,
    theirs: theirs(desk, booking),
    ours: ours(desk, booking),
    inTheWay,
    unlinked: details.unlinked ?? null,
    notSent:
      problem === 'not_sent'
        ? { action: details.action ?? '', code: details.code ?? null, message: details.message ?? null }
        : null,
    where: details.where ?? null,
    choices,
    freeTimes: choices.includes('move') ? freeTimesFor(desk, booking) : [],
  };
};

const theirs = (desk: Desk, booking: Booking): OutsideProblem['theirs'] => ({
  doctorId: booking.doctorId,
  doctorName: booking.doctorId === null ? null : doctorNames(desk)(booking.doctorId),
  locationId: booking.doctorId === null ? null : homeOf(desk, booking.doctorId),
  start: booking.startsAt,
  end: booking.endsAt,
  status: booking.status,
});

const ours = (desk: Desk, booking: Booking): OutsideProblem['ours'] => {
  const standing = standingOf(desk, booking);
  if (!standing) return null;
  const { id, doctorId, locationId, start, end, status } = standing;
  return {
    appointmentId: id,
    doctorId,
    doctorName: doctorNames(desk)(doctorId),
    locationId,
    start,
    end,
    status,
  };
};

/** Who has the time that was booked: looked for anew, since the one that the run saw may have left. */
const inTheWayOf = (desk: Desk, booking: Booking): OutsideProblem['inTheWay'] => {
  const seen = detailsOf(booking.problemDetails).appointmentId;
  if (booking.doctorId !== null) {
    const wanted = { ...visitOf(desk, booking), doctorId: booking.doctorId, roomId: null, slotId: null };
    const taken = findInTheWay(
      desk,
      { ...wanted, start: Date.parse(booking.startsAt) },
      booking.appointmentId,
    );
    return taken ? describeTaken(desk, taken) : null;
  }
  const standing = seen === undefined ? undefined : readAppointment(desk, seen);
  if (!standing || !isLive(standing.status)) return null;
  return {
    appointmentId: standing.id,
    doctorName: doctorNames(desk)(standing.doctorId),
    patientName: `${standing.patient.firstName} ${standing.patient.lastName}`.trim(),
    roomName: null,
    heldBy: null,
    start: standing.start,
    end: standing.end,
  };
};

const homeOf = ({ replica }: Desk, doctorId: string): string | null =>
  (replica.statement('select location_id from doctors where id = ?').pluck().get(doctorId) as
    | string
    | null
    | undefined) ?? null;
