import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { waitingListEntries } from '../schema/replica/index.ts';
import { isBookable } from './book.ts';
import { refuseOwned } from './owned.ts';
import { readAppointment } from './view.ts';
import { describeEntries, readEntry, waiterOf } from './waiting-list-read.ts';

/**
 * Notes that a patient would come earlier. With a later appointment: its doctor, place and visit type where nothing
 * else is wished, and once only.
 */
export const addToWaitingList = (
  desk: Desk,
  session: Session,
  { patientId, appointmentId, wish }: ParsedInput<'addToWaitingList'>,
): CallResult<'addToWaitingList'> => {
  if (!isBookable(desk, patientId)) return refuse('not_found', { what: 'patient', id: patientId });
  const later = appointmentId === undefined ? undefined : readAppointment(desk, appointmentId);
  if (appointmentId !== undefined && later?.patient.id !== patientId)
    return refuse('not_found', { what: 'appointment', id: appointmentId });
  const owned = later && refuseOwned(later);
  if (owned) return owned;
  const waiting = later && waitingFor(desk, later.id);
  if (waiting !== undefined) return refuse('already_waiting', { entryId: waiting });
  const id = desk.newId();
  writeChange(desk, { kind: 'addToWaitingList', actor: session.userId }, (change) =>
    change.insert(waitingListEntries, {
      id,
      patientId,
      appointmentId: later?.id ?? null,
      doctorId: later?.doctorId ?? null,
      specialtyId: null,
      locationId: later?.locationId ?? null,
      visitTypeId: later?.visitTypeId ?? null,
      partOfDay: 'any',
      earliestDay: null,
      latestDay: null,
      urgent: false,
      notes: null,
      ...given(wish),
      status: 'waiting',
    }),
  );
  return answerWith(desk, id);
};

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that were given. */
const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;

/** The entry by which somebody waits already to have this appointment earlier. */
const waitingFor = ({ replica }: Desk, appointmentId: string): string | undefined =>
  replica
    .statement(`select id from waiting_list_entries where appointment_id = ? and status = 'waiting'`)
    .pluck()
    .get(appointmentId) as string | undefined;

/**
 * Changes what somebody wishes; takes them off the list, or puts them on it again: then without the appointment that
 * they got, where that was cancelled since.
 */
export const updateWaitingListEntry = (
  desk: Desk,
  session: Session,
  { entryId, set }: ParsedInput<'updateWaitingListEntry'>,
): CallResult<'updateWaitingListEntry'> => {
  const entry = readEntry(desk, entryId);
  if (!entry) return refuse('not_found', { what: 'waiting_list_entry', id: entryId });
  const lost = set.status === 'waiting' && !waiterOf(entry).later?.movable;
  writeChange(desk, { kind: 'updateWaitingListEntry', actor: session.userId }, (change) =>
    change.update(waitingListEntries, entryId, { ...given(set), ...(lost ? { appointmentId: null } : {}) }),
  );
  return answerWith(desk, entryId);
};

const answerWith = (desk: Desk, id: string): CallResult<'addToWaitingList'> => {
  const entry = readEntry(desk, id);
  const [described] = entry ? describeEntries(desk, [entry]) : [];
  return described ? ok(described) : refuse('not_found', { what: 'waiting_list_entry', id });
};
