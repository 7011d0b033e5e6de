import { isDeepStrictEqual } from 'node:util';
import type { Status } from '../../../contract/status.ts';
import { iso, isoOrNull } from '../../clinic-day.ts';
import type { Desk } from '../../desk.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { outsideBookings } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import type { Visit } from './mapping.ts';
import type { Scope } from './scope.ts';
import type { NeoStatus } from './status.ts';

/** What both sides last had alike. Instants ISO 8601 UTC, as `outside_bookings.agreed` has them. */
export type Agreed = {
  start: string;
  end: string;
  doctorId: string | null;
  status: NeoStatus;
};

/** An appointment of Neo as it was last told, and what became of it here. */
export interface Booking {
  id: string;
  externalId: string;
  appointmentId: string | null;
  agreed: Agreed | null;
  /** The hash of what Neo said. */
  hash: string | null;
  problem: Problem['code'] | null;
  problemAt: number | null;
  problemDetails: Record<string, unknown> | null;
  decision: string | null;
  goneAt: number | null;
}

/** What a person has to decide. */
export interface Problem {
  code: 'taken' | 'unknown_doctor' | 'changed_both' | 'invalid';
  details: Record<string, unknown>;
}

type Stored = Omit<Booking, 'agreed' | 'hash' | 'problemDetails'> & {
  agreed: string | null;
  seen: string;
  problemDetails: string | null;
};

const SELECT = `
  select id, external_id externalId, appointment_id appointmentId, agreed, seen, problem, problem_at problemAt,
    problem_details problemDetails, decision,
    gone_at goneAt
  from outside_bookings where source = 'idexx'`;

const bookingOf = ({ agreed, seen, problemDetails, ...row }: Stored): Booking => ({
  ...row,
  agreed: JSON.parse(agreed ?? 'null') as Agreed | null,
  problemDetails: JSON.parse(problemDetails ?? 'null') as Booking['problemDetails'],
  hash: (JSON.parse(seen) as { hash?: string }).hash ?? null,
});

/** The booking of an appointment of Neo, or undefined. */
export const readBooking = ({ replica }: Desk, externalId: string): Booking | undefined => {
  const row = replica.statement(`${SELECT} and external_id = ?`).get(externalId) as Stored | undefined;
  return row && bookingOf(row);
};

/** What began in a stretch of time (epoch milliseconds) when Neo last told it, and is not marked as gone. */
export const readBookings = ({ replica }: Desk, from: number, to: number): Booking[] =>
  (
    replica
      .statement(`${SELECT} and gone_at is null and starts_at >= ? and starts_at < ? order by starts_at, id`)
      .all(from, to) as Stored[]
  ).map(bookingOf);

/** What became of a visit. */
export interface Outcome {
  appointmentId: string | null;
  agreed: Agreed | null;
  problem: Problem | null;
  /** Whom and what it names here, as far as that is known. */
  patientId: string | null;
  doctorId: string | null;
  visitTypeId: string | null;
}

/** Keeps what Neo said of an appointment and what became of it, within the caller's change. */
export const keepBooking = (
  scope: Scope,
  change: ChangeWriter,
  before: Booking | undefined,
  visit: Visit,
  { problem, agreed, ...outcome }: Outcome,
): void => {
  const changedThere = before?.hash !== visit.hash;
  const set = {
    ...outcome,
    ...(isDeepStrictEqual(agreed, before?.agreed) ? {} : { agreed }),
    startsAt: iso(visit.span.start),
    endsAt: iso(visit.span.end),
    status: visit.status,
    personName: visit.personName,
    phone: visit.phone,
    email: visit.email,
    title: visit.title,
    goneAt: null,
    ...problemColumns(scope, before, problem, changedThere),
  };
  const seen = { hash: visit.hash, consultationId: visit.consultationId };
  if (before) {
    change.update(outsideBookings, before.id, changedThere ? { ...set, seen } : set);
    return;
  }
  const id = outsideId('idexx', scope.clinicId, 'booking', visit.appointmentId);
  change.insert(outsideBookings, { id, source: 'idexx', externalId: visit.appointmentId, ...set, seen });
};

const undecided = { decision: null, decidedAt: null, decidedBy: null };

/** A problem keeps its date, and what was decided about it, as long as it is the same and Neo says the same. */
export const problemColumns = (
  { now }: Scope,
  before: Booking | undefined,
  problem: Problem | null,
  changedThere: boolean,
) => {
  const isSame = problem !== null && before?.problem === problem.code;
  return {
    problem: problem?.code ?? null,
    problemAt: problem && iso(isSame ? (before.problemAt ?? now) : now),
    // Central gives JSON back with its keys in another order: that is no change.
    ...(before && isDeepStrictEqual(before.problemDetails, problem?.details ?? null)
      ? {}
      : { problemDetails: problem?.details ?? null }),
    ...(isSame && !changedThere ? {} : undecided),
  };
};

/** An appointment as a run looks at it. Instants in epoch milliseconds. */
export interface Placed {
  id: string;
  status: Status;
  doctorId: string;
  patientId: string | null;
  roomId: string | null;
  start: number;
  end: number;
  arrivedAt: string | null;
  readyAt: string | null;
  inRoomAt: string | null;
}

/** One appointment, or undefined. */
export const readAppointment = ({ replica }: Desk, id: string): Placed | undefined => {
  const row = replica
    .statement(
      `select id, status, doctor_id doctorId, patient_id patientId, room_id roomId, scheduled_at start, ends_at "end",
         arrived_at arrivedAt, ready_at readyAt, in_room_at inRoomAt
       from appointments where id = ?`,
    )
    .get(id) as (Omit<Placed, Stamp> & Record<Stamp, number | null>) | undefined;
  return (
    row && {
      ...row,
      arrivedAt: isoOrNull(row.arrivedAt),
      readyAt: isoOrNull(row.readyAt),
      inRoomAt: isoOrNull(row.inRoomAt),
    }
  );
};

type Stamp = 'arrivedAt' | 'readyAt' | 'inRoomAt';
