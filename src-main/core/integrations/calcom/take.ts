import { mayMove, stampsOf } from '../../appointments/appointment.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { appointments } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import { linkName } from './link-name.ts';
import { meaningOf, meetingUrlOf, typeOf } from './mapping.ts';
import type { Side, SideStatus } from './merge.ts';
import { merge } from './merge.ts';
import { patientOf } from './people.ts';
import { placeFor } from './place.ts';
import {
  type Appointment,
  isUnsent,
  oursOf,
  problemOf,
  type Row,
  type RowSet,
  readAppointment,
  rowOf,
  seenOf,
  setRow,
  settled,
  theirsOf,
} from './rows.ts';
import { change, type Scope } from './scope.ts';

/** Longer than this nothing stands on the board (`appointments_length`). */
const LONGEST_MS = 12 * 3_600_000;
/** No booking needs more steps than its place and a walk of its status. */
const MOST_STEPS = 4;

/** Brings what Cal.com says of one booking on to the board, as far as it is theirs to say. Done again, it writes nothing. */
export const takeIn = (scope: Scope, id: string): void => {
  for (let step = 0; step < MOST_STEPS; step += 1) if (!takeStep(scope, id)) return;
};

const takeStep = (scope: Scope, id: string): boolean =>
  change(scope, (writer) => {
    const row = rowOf(scope.desk, id);
    if (!row || isUnsent(row)) return false;
    const appointment =
      row.appointmentId === null ? undefined : readAppointment(scope.desk, row.appointmentId);
    if (!appointment) return putOnBoard(scope, writer, row);
    const { theirs, agreed } = theirsOf(row, appointment);
    const ours = oursOf(appointment);
    const verdict = merge(agreed, ours, theirs, {
      now: scope.desk.now(),
      free: () => placeFor(scope.desk, appointment, ours).is === 'free',
    });
    switch (verdict.do) {
      case 'agree':
        setRow(writer, row, { agreed: wordsOf(theirs), ...(isOver(row) ? settled : {}) });
        return false;
      case 'part':
        part(writer, row, appointment);
        return true;
      case 'take':
        return verdict.what === 'place'
          ? takePlace(scope, writer, { row, appointment, theirs, agreed })
          : takeStatus(scope, writer, { row, appointment, theirs });
      case 'rest':
        if (row.problem === 'not_sent' && row.endsAt <= scope.desk.now()) setRow(writer, row, settled);
        return false;
      case 'send':
        return false;
    }
  });

/** Nothing is left to decide once both sides say the same. */
const isOver = ({ problem }: Row): boolean => problem !== null;

/** What both sides have alike, in the words of `outside_bookings.agreed`. */
export const wordsOf = ({ start, end, status, doctorId }: Side): Record<string, unknown> => ({
  start,
  end,
  status,
  doctorId,
});

interface Both {
  row: Row;
  appointment: Appointment;
  theirs: Side;
}

/** Moves the appointment along. Where its new time is taken here, the old one is free all the same, and a person decides. */
const takePlace = (
  scope: Scope,
  writer: ChangeWriter,
  { row, appointment, theirs, agreed }: Both & { agreed: Side },
): boolean => {
  const wanted = { ...theirs, end: endFor(appointment, theirs, agreed) };
  const place = placeFor(scope.desk, appointment, wanted);
  switch (place.is) {
    case 'held':
      return false;
    case 'free':
      writer.update(appointments, appointment.id, place.set);
      setRow(writer, row, { agreed: wordsOf({ ...theirs, status: agreed.status }), ...settled });
      return true;
    case 'taken':
    case 'unnamed':
      free(scope, writer, appointment);
      part(writer, row, undefined);
      return true;
  }
};

/** A length that was changed here stays, unless they changed theirs. */
const endFor = (appointment: Appointment, theirs: Side, agreed: Side): string => {
  const length = (start: string, end: string) => Date.parse(end) - Date.parse(start);
  if (length(theirs.start, theirs.end) !== length(agreed.start, agreed.end)) return theirs.end;
  const own = length(appointment.scheduledAt, appointment.endsAt);
  return new Date(Date.parse(theirs.start) + own).toISOString();
};

const free = ({ desk }: Scope, writer: ChangeWriter, appointment: Appointment): void =>
  writer.update(appointments, appointment.id, {
    status: 'cancelled',
    ...stampsOf(appointment, 'cancelled', desk.now()),
    calComUid: null,
    calComBookingId: null,
  });

/** The booking is no longer this appointment, which stays what it was, and comes as one of its own. */
const part = (writer: ChangeWriter, row: Row, appointment: Appointment | undefined): void => {
  setRow(writer, row, { appointmentId: null, agreed: null, ...settled });
  if (appointment) writer.update(appointments, appointment.id, { calComUid: null, calComBookingId: null });
};

/** The steps that lead from one status to another by the moves of front-desk.md. */
const walk = (from: Appointment['status'], to: SideStatus): SideStatus[] => {
  if (mayMove(from, to)) return [to];
  return mayMove(from, 'scheduled') && mayMove('scheduled', to) ? ['scheduled', to] : [];
};

const takeStatus = ({ desk }: Scope, writer: ChangeWriter, { row, appointment, theirs }: Both): boolean => {
  for (const status of walk(appointment.status, theirs.status))
    writer.update(appointments, appointment.id, {
      status,
      ...stampsOf(appointment, status, desk.now()),
      ...(status === 'cancelled' ? { cancellationReason: seenOf(row)?.cancellationReason ?? null } : {}),
    });
  setRow(writer, row, { agreed: wordsOf(theirs), ...settled });
  return false;
};

/** A booking that has no appointment here yet gets one, or a person is told what stands in its way. */
const putOnBoard = (scope: Scope, writer: ChangeWriter, row: Row): boolean => {
  const booking = seenOf(row);
  if (!booking || row.decision === 'decline') return false;
  if (row.status === 'cancelled' || row.status === 'no_show') {
    setRow(writer, row, settled);
    return false;
  }
  const { doctorId, visitTypeId } = meaningOf(scope.desk, booking);
  const hindered = (set: RowSet): false => {
    setRow(writer, row, { doctorId, visitTypeId, ...set });
    return false;
  };
  const problem = (name: NonNullable<Row['problem']>, details: Record<string, unknown>) =>
    problemOf(scope.desk, row, name, details);
  const [attendee] = booking.attendees;
  if (Date.parse(row.endsAt) - Date.parse(row.startsAt) > LONGEST_MS)
    return hindered(problem('invalid', { where: 'end' }));
  if (!attendee) return hindered(problem('invalid', { where: 'attendees' }));
  if (doctorId === null) return hindered(problem('unknown_doctor', { unlinked: linkName(booking) }));
  if (row.decision === 'dismiss') return false;
  const place = placeFor(scope.desk, undefined, { start: row.startsAt, end: row.endsAt, doctorId });
  if (place.is === 'held') return false;
  const patientId = row.patientId ?? patientOf(scope, writer, booking, attendee);
  if (place.is !== 'free')
    return hindered({
      patientId,
      ...problem('taken', place.is === 'taken' ? { appointmentId: place.appointmentId } : {}),
    });
  const id = newAppointmentId(scope, booking.uid);
  const status = row.status === 'pending' ? 'pending' : 'scheduled';
  writer.insert(appointments, {
    id,
    ...place.set,
    doctorId,
    patientId,
    visitTypeId,
    status,
    appointmentType: typeOf(booking),
    origin: 'cal_com',
    reason: booking.title.slice(0, 255) || null,
    calComUid: booking.uid,
    calComBookingId: String(booking.id),
    meetingUrl: meetingUrlOf(booking),
  });
  const agreed = wordsOf({ start: row.startsAt, end: row.endsAt, doctorId, status });
  setRow(writer, row, { doctorId, visitTypeId, patientId, appointmentId: id, agreed, ...settled });
  return false;
};

/** Follows from the booking; where that one stands already, and was parted from it, from how often that was. */
const newAppointmentId = ({ desk, clinicId }: Scope, uid: string): string => {
  for (let times = 0; ; times += 1) {
    const again = times === 0 ? [] : [String(times)];
    const id = outsideId('cal_com', clinicId, 'appointment', uid, ...again);
    if (!readAppointment(desk, id)) return id;
  }
};
