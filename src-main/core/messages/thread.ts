import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { showMessages } from './show.ts';
import { SELECT_MESSAGES, type StoredMessage } from './stored.ts';
import { newThreadId, readThreadAppointment, subjectOf } from './subject.ts';

/** A thread by its name, and what its messages refer to. */
export interface ThreadLinks {
  threadId: string;
  appointmentId: string | null;
  patientId: string | null;
  doctorId: string | null;
  /** The references as the thread's messages have them. */
  refs: Record<string, unknown>;
  newest: StoredMessage | undefined;
}

/** One thread with its messages, oldest first. */
export const messageThread = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'messageThread'>,
): CallResult<'messageThread'> => {
  const found = findThread(desk, input);
  if (!found.ok) return found;
  const { threadId, newest } = found.value;
  const rows = desk.replica
    .statement(`${SELECT_MESSAGES} where m.thread_id = ?`)
    .all(threadId) as StoredMessage[];
  return ok({
    ...subjectOf(desk, threadId, found.value, newest),
    messages: showMessages(desk, session, rows),
  });
};

/** The thread that is meant: of an appointment also where nobody has written in it. */
export const findThread = (
  desk: Desk,
  { threadId, appointmentId }: { threadId?: string | undefined; appointmentId?: string | undefined },
): Result<ThreadLinks> => {
  if (appointmentId !== undefined) return threadOfAppointment(desk, appointmentId);
  const newest = threadId === undefined ? undefined : newestIn(desk, 'm.thread_id = ?', threadId);
  if (newest) return ok(linksOf(newest));
  // The name that an appointment's thread gets before the first message.
  const named = /^apt-([0-9a-f-]{36})$/.exec(threadId ?? '')?.[1];
  if (named !== undefined) return threadOfAppointment(desk, named);
  return refuse('not_found', { what: 'thread', id: threadId ?? null });
};

const newestIn = ({ replica }: Desk, where: string, value: string): StoredMessage | undefined =>
  replica.statement(`${SELECT_MESSAGES} where ${where} order by m.id desc limit 1`).get(value) as
    | StoredMessage
    | undefined;

const threadOfAppointment = (desk: Desk, id: string): Result<ThreadLinks> => {
  const newest = newestIn(desk, 'm.appointment_id = ?', id);
  if (newest) return ok(linksOf(newest));
  const appointment = readThreadAppointment(desk, id);
  if (!appointment) return refuse('not_found', { what: 'appointment', id });
  const { patientId, doctorId, locationId } = appointment;
  const refs = { appointment_id: id, patient_id: patientId, doctor_id: doctorId, location_id: locationId };
  return ok({ threadId: newThreadId(id), appointmentId: id, patientId, doctorId, refs, newest: undefined });
};

const linksOf = (newest: StoredMessage): ThreadLinks => ({
  threadId: newest.threadId,
  appointmentId: newest.appointmentId,
  patientId: newest.patientId,
  doctorId: newest.doctorId,
  refs: JSON.parse(newest.relationalRefs) as Record<string, unknown>,
  newest,
});
