import type { RunErrorCode } from '../../../contract/integrations.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import type { Ran } from '../http.ts';
import { ran } from '../http.ts';
import { outsideId } from '../outside-id.ts';
import { bookFor } from './book-there.ts';
import type { CalCom, Done, Refusal } from './client.ts';
import { emailOf, statusOf } from './mapping.ts';
import { merge, type Verdict } from './merge.ts';
import { adopt, tell } from './mirror.ts';
import { placeFor } from './place.ts';
import {
  type Appointment,
  inTheWayThere,
  isUnsent,
  oursOf,
  problemOf,
  type Row,
  readAppointment,
  rowOf,
  seenOf,
  setRow,
  settled,
  theirsOf,
} from './rows.ts';
import { change, type Scope } from './scope.ts';
import type { Booking } from './shapes.ts';
import { wordsOf } from './take.ts';

type Action = Extract<Verdict, { do: 'send' }>['action'];

/** What became of a step: it was done and there may be another one, there was none, or it was refused. */
export type Sent = 'again' | 'nothing';

/**
 * Does at Cal.com the next thing that has to be done there for one booking, and writes down what it says then. What was
 * refused for good is for a person to decide, and is not tried again before something about it has changed.
 */
export const sendStep = async (scope: Scope, cal: CalCom, id: string): Promise<Ran<Sent>> => {
  const row = rowOf(scope.desk, id);
  if (!row || isUnsent(row)) return ran('nothing');
  if (row.decision === 'decline') return endThere(scope, cal, row);
  const appointment = row.appointmentId === null ? undefined : readAppointment(scope.desk, row.appointmentId);
  if (!appointment || isUnanswered(scope, appointment.id)) return ran('nothing');
  const { theirs, agreed } = theirsOf(row, appointment);
  const ours = oursOf(appointment);
  const free = () => placeFor(scope.desk, appointment, ours).is === 'free';
  const verdict = merge(agreed, ours, theirs, { now: scope.desk.now(), free });
  if (verdict.do !== 'send') return ran('nothing');
  const { action } = verdict;
  const others = inTheWayThere(scope.desk, appointment).map(({ uid }) => uid);
  const intent = [action, ours.start, ours.doctorId, ours.status, row.externalId, row.status, ...others].join(
    ' ',
  );
  if (row.problemDetails?.['intent'] === intent) return ran('nothing');
  if (action === 'rebook') return rebook(scope, cal, { row, appointment, intent });
  const done = await act(cal, action, row, appointment);
  if (!done.ok) return done;
  if ('refused' in done.value)
    return refused(scope, cal, { row, refusal: done.value.refused, action, intent });
  const { booking } = done.value;
  change(scope, (writer) => heard(scope, writer, row.id, booking));
  return ran('again');
};

/** Whether central has not said yet what it makes of a change of it: what it refuses must not have gone out. */
export const isUnanswered = ({ desk }: Scope, appointmentId: string): boolean =>
  desk.replica
    .statement(
      `select 1 from outbox_rows r join outbox o on o.desk_seq = r.desk_seq
       where r.table_name = 'appointments' and r.row_id = ? and o.state = 'waiting' limit 1`,
    )
    .get(appointmentId) !== undefined;

const act = (
  cal: CalCom,
  action: Exclude<Action, 'rebook'>,
  row: Row,
  appointment: Appointment,
): Promise<Ran<Done>> => {
  const uid = row.externalId;
  const reason = appointment.cancellationReason;
  switch (action) {
    case 'reschedule':
      return cal.act(uid, action, { start: appointment.scheduledAt });
    case 'cancel':
      return cal.act(uid, action, reason ? { cancellationReason: reason } : {});
    case 'decline':
      return cal.act(uid, action, reason ? { reason } : {});
    case 'confirm':
      return cal.act(uid, action, null);
    case 'absent':
    case 'present':
      return cal.act(uid, 'mark-absent', { attendees: absence(row, action === 'absent') });
  }
};

const absence = (row: Row, absent: boolean): { email: string; absent: boolean }[] =>
  (seenOf(row)?.attendees ?? []).slice(0, 1).map(({ email }) => ({ email, absent }));

/** What Cal.com says after it did something. What we did is agreed; of what else it says, the next step makes what it may. */
const heard = (scope: Scope, writer: ChangeWriter, id: string, booking: Booking): void => {
  const row = rowOf(scope.desk, id);
  if (!row) return;
  tell(scope, writer, row, booking, settled);
  const now = rowOf(scope.desk, id);
  const appointment = now?.appointmentId ? readAppointment(scope.desk, now.appointmentId) : undefined;
  if (!now || !appointment) return;
  const { theirs, agreed } = theirsOf(now, appointment);
  const same = theirs.status === oursOf(appointment).status;
  setRow(writer, now, { agreed: wordsOf({ ...theirs, status: same ? theirs.status : agreed.status }) });
};

/** Cancels or declines there what nobody here has, because somebody decided so or because it was booked anew. */
const endThere = async (scope: Scope, cal: CalCom, row: Row): Promise<Ran<Sent>> => {
  const ended = (set: Partial<Row>) =>
    change(scope, (writer) => {
      const now = rowOf(scope.desk, row.id);
      if (now) setRow(writer, now, { ...settled, ...set });
    });
  if (row.status === 'cancelled' || row.endsAt <= scope.desk.now()) {
    ended({});
    return ran('nothing');
  }
  const action = row.status === 'pending' ? 'decline' : 'cancel';
  const done = await cal.act(row.externalId, action, {});
  if (!done.ok) return done;
  if ('booking' in done.value) {
    const { booking } = done.value;
    change(scope, (writer) => {
      const now = rowOf(scope.desk, row.id);
      if (now) tell(scope, writer, now, booking, settled);
    });
    return ran('nothing');
  }
  const { refused: refusal } = done.value;
  const intent = [action, row.externalId, row.status].join(' ');
  return refused(scope, cal, { row, refusal, action, intent });
};

/**
 * A refusal is final only where the booking still is as it stands here: what changed there meanwhile the next reading
 * brings, and then it is looked at anew.
 */
const refused = async (
  scope: Scope,
  cal: CalCom,
  { row, refusal, action, intent }: { row: Row; refusal: Refusal; action: string; intent: string },
): Promise<Ran<Sent>> => {
  if (refusal.why !== 'gone') {
    const now = await cal.booking(row.externalId);
    if (!now.ok) return now;
    if (now.value && isAnother(row, now.value)) return ran('nothing');
  }
  const { code, message } = refusal;
  change(scope, (writer) => {
    const current = rowOf(scope.desk, row.id);
    if (current)
      setRow(writer, current, problemOf(scope.desk, current, 'not_sent', { action, code, message, intent }));
  });
  return ran('nothing');
};

const isAnother = (row: Row, booking: Booking): boolean =>
  booking.rescheduledToUid !== null ||
  booking.start !== row.startsAt ||
  statusOf(booking) !== row.status ||
  emailOf(booking.attendees[0] ?? NOBODY) !== row.email;

const NOBODY = { name: '', email: '', timeZone: '', language: null, phoneNumber: null, absent: false };

/** Books anew, with another doctor or after it was cancelled there; where that doctor is not booked there, it just ends. */
const rebook = async (
  scope: Scope,
  cal: CalCom,
  { row, appointment, intent }: { row: Row; appointment: Appointment; intent: string },
): Promise<Ran<Sent>> => {
  const answer = await bookFor(scope, cal, appointment, seenOf(row)?.attendees[0]);
  if (!answer.ok) return answer;
  const booked = answer.value;
  if ('booking' in booked) {
    const { booking } = booked;
    const id = outsideId('cal_com', scope.clinicId, 'booking', booking.uid);
    change(scope, (writer) => adopt(scope, writer, id, booking, appointment.id));
    return ran('again');
  }
  if (booked.refused === 'no_event_type') return leave(scope, cal, row, appointment);
  return refused(scope, cal, {
    row,
    refusal: booked.refused === 'no_contact' ? NO_CONTACT : booked.refused,
    action: 'create',
    intent,
  });
};

export const NO_CONTACT: Refusal = { why: 'other', code: 'no_contact', message: '' };

/** With a doctor who is not booked at Cal.com the appointment goes on by itself, and what was booked there ends. */
const leave = async (scope: Scope, cal: CalCom, row: Row, appointment: Appointment): Promise<Ran<Sent>> => {
  if (row.status === 'cancelled') return ran('nothing');
  change(scope, (writer) => {
    const now = rowOf(scope.desk, row.id);
    if (now?.appointmentId === appointment.id)
      setRow(writer, now, { ...settled, appointmentId: null, agreed: null, decision: 'decline' });
  });
  return endThere(scope, cal, { ...row, appointmentId: null });
};

/** Faults after which nothing else is worth trying in this run. */
export const ending: readonly RunErrorCode[] = [
  'offline',
  'refused_login',
  'too_many_requests',
  'lease_lost',
  'cancelled',
];
