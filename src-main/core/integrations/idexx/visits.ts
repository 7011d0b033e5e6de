import { stampsOf } from '../../appointments/appointment.ts';
import { iso } from '../../clinic-day.ts';
import { standingRecord } from '../../replica/same-person.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { appointments, outsideBookings } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import {
  type Agreed,
  type Booking,
  keepBooking,
  type Placed,
  type Problem,
  problemColumns,
  readAppointment,
  readBooking,
} from './bookings.ts';
import { takeLink } from './links.ts';
import { hashOf, type Visit } from './mapping.ts';
import { type Known, takePeople } from './people.ts';
import { isRoomFree, placeFor, type Wish } from './place.ts';
import type { Scope } from './scope.ts';
import { mergeStatus, type NeoStatus, takesTime } from './status.ts';

/** The id of the appointment that one of Neo is here. */
export const appointmentIdOf = ({ clinicId }: Scope, externalId: string): string =>
  outsideId('idexx', clinicId, 'appointment', externalId);

/**
 * Brings one appointment of Neo and what stands here together, within the caller's change: Neo has the word on whether it
 * is, when, with whom and for whom; the desk on who has come and where they wait (`mergeStatus`). What a person has to
 * decide is noted with it, and goes again once it no longer holds. Done again, it writes nothing.
 * @returns whether it stands on another one's time, which may be free by the end of the run.
 */
export const takeVisit = (scope: Scope, change: ChangeWriter, told: Visit): { doubled: boolean } => {
  const person = takePeople(scope, change, told);
  const visit = person?.erased ? withoutPerson(told) : told;
  const booking = readBooking(scope.desk, visit.appointmentId);
  const before = readAppointment(
    scope.desk,
    booking?.appointmentId ?? appointmentIdOf(scope, visit.appointmentId),
  );
  const meant = meaningOf(scope, change, visit, person);
  const kept = { patientId: person?.id ?? null, doctorId: meant.doctorId, visitTypeId: meant.visitTypeId };
  const stays = { appointmentId: before?.id ?? null, agreed: booking?.agreed ?? null };
  const outcome = meant.problem
    ? { ...stays, problem: meant.problem, doubled: false }
    : place(scope, change, { visit, booking, before, meant });
  const { doubled, ...rest } = outcome;
  keepBooking(scope, change, booking, visit, { ...kept, ...rest });
  return { doubled };
};

/** What was erased here does not come back from there. */
const withoutPerson = (visit: Visit): Visit => {
  const blank = { ...visit, personName: null, phone: null, email: null, title: null, reason: null };
  const { hash: _hash, client: _client, animal: _animal, ...rest } = blank;
  return { ...blank, hash: hashOf(rest) };
};

/** What the names of a visit mean here; or what has to be settled first. */
type Meaning = { visitTypeId: string | null } & (
  | { doctorId: string; locationId: string | null; patientId: string; problem: null }
  | { doctorId: string | null; problem: Problem }
);

const meaningOf = (scope: Scope, change: ChangeWriter, visit: Visit, person: Known | null): Meaning => {
  const { provider, type, wrong } = visit;
  const linked = provider && takeLink(scope, change, 'provider', provider);
  const typeLink = type && takeLink(scope, change, 'visit_type', { externalId: type, name: type });
  const visitTypeId = typeLink ? typeLink.visitTypeId : null;
  const doctor = linked?.doctorId ? readDoctor(scope, linked.doctorId) : undefined;
  const invalid = (where: string): Meaning => ({
    visitTypeId,
    doctorId: doctor?.id ?? null,
    problem: { code: 'invalid', details: { where } },
  });
  if (wrong !== null) return invalid(wrong);
  if (!person) return invalid('client_id');
  if (doctor)
    return {
      visitTypeId,
      doctorId: doctor.id,
      locationId: doctor.locationId,
      patientId: person.id,
      problem: null,
    };
  const unlinked = provider && { kind: 'provider', ...provider };
  const details = unlinked ? { unlinked } : { where: 'provider' };
  return { visitTypeId, doctorId: null, problem: { code: 'unknown_doctor', details } };
};

interface Doctor {
  id: string;
  locationId: string | null;
}

const readDoctor = ({ desk }: Scope, id: string): Doctor | undefined =>
  desk.replica
    .statement('select id, location_id locationId from doctors where id = ? and deleted_at is null')
    .get(id) as Doctor | undefined;

interface Placing {
  visit: Visit;
  booking: Booking | undefined;
  before: Placed | undefined;
  meant: Meaning & { problem: null };
}

interface Result {
  appointmentId: string | null;
  agreed: Agreed | null;
  problem: Problem | null;
  doubled: boolean;
}

/** Puts a visit where Neo has it, or says what stands in the way. */
const place = (scope: Scope, change: ChangeWriter, placing: Placing): Result => {
  const { visit, booking, before, meant } = placing;
  const agreed = booking?.agreed ?? null;
  const merged = before ? mergeStatus(before.status, visit.status, agreed?.status ?? null) : 'theirs';
  const status = merged === 'theirs' ? visit.status : (before?.status ?? visit.status);
  // What was never here and will not be is nothing to put on the board.
  if (!before && status === 'cancelled')
    return { appointmentId: null, agreed, problem: null, doubled: false };

  const appointmentId = before?.id ?? appointmentIdOf(scope, visit.appointmentId);
  const wish = { appointmentId, doctorId: meant.doctorId, ...visit.span };
  const standing = takesTime(status) ? placeFor(scope, change, wish) : asItIs;
  if ('taken' in standing) {
    const problem: Problem = { code: 'taken', details: { appointmentId: standing.taken } };
    return { appointmentId: before?.id ?? null, agreed, problem, doubled: false };
  }
  write(scope, change, placing, { wish, standing, to: merged === 'theirs' ? visit.status : null });
  const times = { start: iso(visit.span.start), end: iso(visit.span.end), doctorId: meant.doctorId };
  const isAgreed = merged === 'theirs' || merged === 'alike';
  return {
    appointmentId,
    agreed: { ...times, status: isAgreed ? visit.status : (agreed?.status ?? visit.status) },
    problem: merged === 'clash' ? { code: 'changed_both', details: { appointmentId } } : null,
    doubled: standing.overbookReason !== null,
  };
};

const asItIs = { overbookReason: null, overbookedBy: null };

interface Target {
  wish: Wish;
  standing: { overbookReason: string | null; overbookedBy: string | null };
  /** The status that it goes to; null where it stays. */
  to: NeoStatus | null;
}

const write = (
  scope: Scope,
  change: ChangeWriter,
  placing: Placing,
  { wish, standing, to }: Target,
): void => {
  const { visit, booking, before, meant } = placing;
  const { appointmentId: id, doctorId, start, end } = wish;
  const columns = {
    doctorId,
    scheduledAt: iso(start),
    endsAt: iso(end),
    ...standing,
    ...(meant.visitTypeId === null ? {} : { visitTypeId: meant.visitTypeId }),
    ...(to === null ? {} : statusColumns(scope, before, to, end)),
  };
  const { patientId, locationId } = meant;
  if (!before) {
    const kind = { status: to ?? visit.status, appointmentType: 'in_person', origin: 'idexx' } as const;
    change.insert(appointments, {
      id,
      patientId,
      locationId,
      reason: visit.reason,
      ...kind,
      ...columns,
    });
    return;
  }
  const { replica } = scope.desk;
  const moved = before.start !== start || before.end !== end;
  const isHers = standingRecord(replica, patientId) === standingRecord(replica, before.patientId ?? '');
  change.update(appointments, id, {
    ...columns,
    ...(isHers ? {} : { patientId }),
    ...(before.doctorId === doctorId ? {} : { locationId, roomId: null }),
    ...(moved && before.roomId && !isRoomFree(scope, before.roomId, wish) ? { roomId: null } : {}),
    ...(booking?.hash === visit.hash ? {} : { reason: visit.reason }),
  });
};

const neverCame = { arrivedAt: null, readyAt: null, inRoomAt: null };

/** A status with its stamps. What a run learns of a visit that is over was so at its end at the latest. */
const statusColumns = ({ now }: Scope, before: Placed | undefined, to: NeoStatus, end: number) => ({
  status: to,
  ...stampsOf(before ?? neverCame, to, iso(Math.min(now, end))),
  ...(to === 'cancelled' ? { cancellationReason: 'IDEXX Neo' } : {}),
});

/** Who has come is not taken off the board without somebody having a look. */
const hasCome = (status: Placed['status']): boolean =>
  ['arrived', 'ready', 'in_room', 'completed'].includes(status);

/**
 * Marks an appointment as gone from Neo, within the caller's change: it is cancelled here, unless the animal has come or
 * the desk has taken another step with it; then a person has to say.
 */
export const dropVisit = (scope: Scope, change: ChangeWriter, booking: Booking): void => {
  const { appointmentId, agreed } = booking;
  const before = appointmentId === null ? undefined : readAppointment(scope.desk, appointmentId);
  const merged = before ? mergeStatus(before.status, 'cancelled', agreed?.status ?? null) : 'alike';
  const isOpen =
    before !== undefined && merged !== 'alike' && (merged !== 'theirs' || hasCome(before.status));
  if (before && merged === 'theirs' && !isOpen)
    change.update(appointments, before.id, statusColumns(scope, before, 'cancelled', before.end));
  const problem: Problem | null = isOpen ? { code: 'changed_both', details: { appointmentId } } : null;
  change.update(outsideBookings, booking.id, {
    status: 'cancelled',
    goneAt: iso(scope.now),
    ...(agreed && !isOpen && agreed.status !== 'cancelled'
      ? { agreed: { ...agreed, status: 'cancelled' } }
      : {}),
    ...problemColumns(scope, booking, problem, true),
  });
};
