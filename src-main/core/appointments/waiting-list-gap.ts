import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { localTime } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments, waitingListEntries } from '../schema/replica/index.ts';
import { feeOf } from './fee.ts';
import { readVisitType } from './grid.ts';
import { endOwnHolds } from './hold.ts';
import { refuseMove } from './move.ts';
import { freeTimesBetween } from './next-free.ts';
import { findPlace } from './placement.ts';
import type { Visit } from './slot.ts';
import { answerWith, readAppointment } from './view.ts';
import { type FreedTime, wouldCome } from './waiting-list.ts';
import { describeEntries, readEntry, readWaiting, type StoredEntry, waiterOf } from './waiting-list-read.ts';

/**
 * Who would come for a time that became free, in their turn, each with the slot to begin with: the first in the gap
 * with which their visit is free, so that a gap of an hour serves a quarter of an hour too.
 */
export const fitsForGap = (
  desk: Desk,
  _session: Session,
  gap: ParsedInput<'fitsForGap'>,
): CallResult<'fitsForGap'> => {
  const freed = freedTime(desk, gap);
  if (!freed) return refuse('not_found', { what: 'doctor', id: gap.doctorId });
  const fitting = readWaiting(desk).flatMap((entry) => {
    if (!wouldCome(waiterOf(entry), freed)) return [];
    const [time] = freeTimesBetween(
      desk,
      {
        doctorIds: [gap.doctorId],
        visit: visitOf(desk, entry),
        locationId: gap.locationId ?? undefined,
        partOfDay: 'any',
        movingId: entry.appointmentId,
      },
      Math.max(freed.start, Date.parse(desk.now())),
      freed.end,
    );
    return time ? [{ entry, slotId: time.slotId }] : [];
  });
  const slots = new Map(fitting.map(({ entry, slotId }) => [entry.id, slotId]));
  return ok(
    describeEntries(
      desk,
      fitting.map(({ entry }) => entry),
    ).map((entry) => ({ ...entry, slotId: slots.get(entry.id) ?? '' })),
  );
};

/** The gap with its doctor's specialty and its wall clock, or undefined where the doctor is not known. */
const freedTime = (desk: Desk, gap: ParsedInput<'fitsForGap'>): FreedTime | undefined => {
  const doctor = desk.replica
    .statement('select specialty_id specialtyId from doctors where id = ?')
    .get(gap.doctorId) as { specialtyId: string | null } | undefined;
  if (!doctor) return undefined;
  const start = Date.parse(gap.start);
  const local = localTime(start, zoneOf(desk, gap.locationId));
  return {
    ...doctor,
    doctorId: gap.doctorId,
    locationId: gap.locationId,
    start,
    end: Date.parse(gap.end),
    day: local.toPlainDate().toString(),
    hour: local.hour,
  };
};

/** How much time the visit of an entry takes; null where nothing says so: as long as the slot. */
const visitOf = (desk: Desk, { visitTypeId, length }: StoredEntry): Visit | null =>
  length === null
    ? null
    : {
        ...((visitTypeId && readVisitType(desk, visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 }),
        length,
      };

/**
 * Gives somebody an earlier time and takes them off the list, in one change: their later appointment moves there, or a
 * new one is booked. The entry names the appointment that they got, so that two desks which serve one entry
 * apart clash, and nobody is booked twice.
 */
export const bookFromWaitingList = (
  desk: Desk,
  session: Session,
  { entryId, slotId }: ParsedInput<'bookFromWaitingList'>,
): CallResult<'bookFromWaitingList'> => {
  const entry = readEntry(desk, entryId);
  if (entry?.status !== 'waiting') return refuse('not_found', { what: 'waiting_list_entry', id: entryId });
  const later = entry.appointmentId === null ? undefined : readAppointment(desk, entry.appointmentId);
  if (later && later.status !== 'scheduled' && later.status !== 'pending')
    return refuseMove(later.status, 'scheduled');
  const place = findPlace(desk, session, {
    slotId,
    visit: visitOf(desk, entry),
    overOwnHolds: true,
    ...(later ? { movingId: later.id } : {}),
  });
  if (!place.ok) return place;

  endOwnHolds(desk, place.value);
  const appointmentId = later?.id ?? desk.newId();
  writeChange(desk, { kind: 'bookFromWaitingList', actor: session.userId }, (change) => {
    if (later) change.update(appointments, later.id, place.value);
    else
      change.insert(appointments, {
        id: appointmentId,
        ...place.value,
        patientId: entry.patientId,
        visitTypeId: entry.visitTypeId,
        status: 'scheduled',
        appointmentType: 'in_person',
        origin: 'desk',
        ...feeOf(desk, entry.visitTypeId, place.value.doctorId),
      });
    change.update(waitingListEntries, entryId, { status: 'booked', appointmentId });
  });
  const booked = answerWith(desk, appointmentId);
  return booked.ok ? ok({ appointment: booked.value, left: later ?? null }) : booked;
};
