import { standingRecord } from '../../replica/same-person.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { appointments, outsideBookings } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import { columnsOf, meetingUrlOf, OWN_ID } from './mapping.ts';
import {
  isUnsent,
  type Row,
  type RowSet,
  readAppointment,
  rowOf,
  rowOfAppointment,
  rowOfUid,
  setRow,
  settled,
} from './rows.ts';
import type { Scope } from './scope.ts';
import type { Booking } from './shapes.ts';

/**
 * Writes a booking as Cal.com tells it, within the caller's change. A booking that was moved there has a new uid: the row
 * of the old one goes along, and the old one is nothing any more. One that was made for an appointment of a desk is that
 * appointment's, whether or not the desk ever heard that it was made. Done again, it writes nothing.
 */
export const mirror = (scope: Scope, writer: ChangeWriter, booking: Booking): void => {
  const { desk } = scope;
  const row = rowOfUid(desk, booking.uid) ?? movedFrom(scope, booking);
  if (row) {
    tell(scope, writer, row, booking);
    return;
  }
  // What was moved on and never stood here under this uid stands under a later one.
  if (booking.rescheduledToUid !== null) return;
  const id = outsideId('cal_com', scope.clinicId, 'booking', booking.uid);
  const before = isLive(booking) ? madeFor(scope, booking) : undefined;
  if (before) adopt(scope, writer, id, booking, before);
  else writer.insert(outsideBookings, { id, source: 'cal_com', ...columnsOf(desk, booking) });
};

/** Whether what the row follows has moved on to a booking that is not here yet. */
export const movedOnFrom = ({ desk }: Scope, booking: Booking): string | null => {
  const next = booking.rescheduledToUid;
  return next !== null && rowOfUid(desk, booking.uid) && !rowOfUid(desk, next) ? next : null;
};

const isLive = ({ status }: Booking): boolean => status === 'accepted' || status === 'pending';

const movedFrom = ({ desk }: Scope, { rescheduledFromUid }: Booking): Row | undefined =>
  rescheduledFromUid === null ? undefined : rowOfUid(desk, rescheduledFromUid);

/** The appointment that a booking was made for. */
const madeFor = ({ desk }: Scope, { metadata }: Booking): string | undefined => {
  const id = metadata?.[OWN_ID];
  return typeof id === 'string' ? readAppointment(desk, id)?.id : undefined;
};

/** Sets what a booking says on its row, and on its appointment what names it there. */
export const tell = (
  { desk }: Scope,
  writer: ChangeWriter,
  row: Row,
  booking: Booking,
  more: RowSet = {},
): void => {
  const told = columnsOf(desk, isErased(desk, row) ? withoutPerson(booking) : booking);
  const changed =
    row.externalId !== told.externalId || row.startsAt !== told.startsAt || row.status !== told.status;
  // What somebody left as it was is looked at anew once it is something else.
  const anew = changed && row.decision === 'dismiss' ? settled : {};
  setRow(writer, row, { ...told, goneAt: null, ...anew, ...more });
  if (row.appointmentId !== null) nameThere(writer, row.appointmentId, booking);
};

/** Keeps on an appointment how it is called at Cal.com. */
export const nameThere = (writer: ChangeWriter, appointmentId: string, booking: Booking): void =>
  writer.update(appointments, appointmentId, {
    calComUid: booking.uid,
    calComBookingId: String(booking.id),
    meetingUrl: meetingUrlOf(booking),
  });

/**
 * A booking that a desk had made becomes its appointment's, in the place of the one that the appointment had there, if it
 * had one: that one is ended there by the next step of the run.
 */
export const adopt = (
  scope: Scope,
  writer: ChangeWriter,
  id: string,
  booking: Booking,
  appointmentId: string,
): void => {
  const { desk } = scope;
  const before = rowOfAppointment(desk, appointmentId);
  const columns = columnsOf(desk, booking);
  const { startsAt: start, endsAt: end, status } = columns;
  const appointment = readAppointment(desk, appointmentId);
  const agreed = { start, end, status, doctorId: columns.doctorId ?? appointment?.doctorId ?? null };
  const row = { ...columns, doctorId: agreed.doctorId, agreed, appointmentId };
  if (before && isUnsent(before)) setRow(writer, before, { ...row, ...settled });
  else {
    if (before)
      setRow(writer, before, {
        ...settled,
        appointmentId: null,
        agreed: null,
        decision: before.status === 'cancelled' ? null : 'decline',
      });
    const there = rowOf(desk, id);
    if (there) setRow(writer, there, row);
    else
      writer.insert(outsideBookings, {
        id,
        source: 'cal_com',
        patientId: appointment?.patientId ?? null,
        ...row,
      });
  }
  nameThere(writer, appointmentId, booking);
};

const isErased = ({ replica }: Scope['desk'], { patientId }: Row): boolean =>
  patientId !== null &&
  replica
    .statement('select 1 from patients where id = ? and erased_at is not null')
    .get(standingRecord(replica, patientId)) !== undefined;

/** What was erased here does not come back from there. */
const withoutPerson = (booking: Booking): Booking => ({
  ...booking,
  title: '',
  attendees: booking.attendees.map((one) => ({ ...one, name: '', email: '', phoneNumber: null })),
  metadata: null,
});
