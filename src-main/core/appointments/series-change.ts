import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { localTime } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointmentSeries, appointments } from '../schema/replica/index.ts';
import { stampsOf } from './appointment.ts';
import { refuseMove } from './move.ts';
import { findPlace, type Place } from './placement.ts';
import { affectedBy, type FoundSeries, readSeries, type SeriesMember } from './series-members.ts';
import { lengthOf } from './series-plan.ts';
import { endingBefore, toRrule } from './series-rule.ts';
import { readAppointments } from './view.ts';

/** An appointment that goes somewhere, and when the rule puts it from now on. */
interface Goal {
  member: SeriesMember;
  place: Place;
  at: string;
}

/**
 * Moves the chosen appointments of a series, and sets length and reason of all in scope. What has begun or is over is
 * never touched: where such stays behind, the later ones go on as a series of their own. As with `bookSeries`, each
 * appointment is a change of its own for central.
 */
export const changeSeries = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'changeSeries'>,
): CallResult<'changeSeries'> => {
  const found = readSeries(desk, input.appointmentId);
  if (!found) return refuse('not_found', { what: 'series', id: input.appointmentId });
  const affected = affectedBy(desk, found, input.scope);
  if (affected.length === 0) return refuseMove(found.target.status, 'scheduled');
  const goals = findGoals(desk, session, affected, input);
  if (!goals.ok) return goals;

  const seriesId =
    input.scope === 'this' ? found.row.id : changeRule(desk, session, found, affected, goals.value, input);
  for (const member of inOrder(affected, goals.value)) {
    const goal = goals.value.find((one) => one.member.id === member.id);
    writeChange(desk, { kind: 'changeInSeries', actor: session.userId }, (change) =>
      change.update(appointments, member.id, {
        ...goal?.place,
        seriesId,
        ...(goal && input.scope !== 'this' ? { seriesAt: goal.at } : {}),
        ...(input.reason === undefined ? {} : { reason: input.reason || null }),
      }),
    );
  }
  return answer(desk, affected);
};

/** Cancels those in scope that are still to come; the rule ends before them. */
export const cancelSeries = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'cancelSeries'>,
): CallResult<'cancelSeries'> => {
  const found = readSeries(desk, input.appointmentId);
  if (!found) return refuse('not_found', { what: 'series', id: input.appointmentId });
  const affected = affectedBy(desk, found, input.scope);
  if (affected.length === 0) return refuseMove(found.target.status, 'cancelled');
  if (input.scope !== 'this') endRule(desk, session, found, affected);
  const now = desk.now();
  for (const member of affected)
    writeChange(desk, { kind: 'cancelInSeries', actor: session.userId }, (change) =>
      change.update(appointments, member.id, {
        status: 'cancelled',
        ...stampsOf({ arrivedAt: null, readyAt: null, inRoomAt: null }, 'cancelled', now),
        cancelledBy: session.userId,
        cancellationReason: input.reason || null,
      }),
    );
  return answer(desk, affected);
};

const findGoals = (
  desk: Desk,
  session: Session,
  affected: readonly SeriesMember[],
  { visits, durationMinutes }: ParsedInput<'changeSeries'>,
): Result<Goal[]> => {
  const alongWith = new Set(visits.map(({ appointmentId }) => appointmentId));
  const goals: Goal[] = [];
  for (const { appointmentId, slotId, at } of visits) {
    const member = affected.find(({ id }) => id === appointmentId);
    if (!member) return refuse('not_found', { what: 'appointment', id: appointmentId });
    const place = findPlace(desk, session, {
      slotId,
      visit: lengthOf(desk, member, durationMinutes),
      movingId: member.id,
      alongWith,
      overOwnHolds: true,
    });
    if (!place.ok) return place;
    goals.push({ member, place: place.value, at });
  }
  return ok(goals);
};

/** Those that move later go first from the end, so that none comes to where the next one still is. */
const inOrder = (affected: readonly SeriesMember[], goals: readonly Goal[]): readonly SeriesMember[] => {
  const [goal] = goals;
  const later = goal !== undefined && Date.parse(goal.place.scheduledAt) > goal.member.start;
  return later ? affected.toReversed() : affected;
};

/** Writes what the rule is from now on; answers the series that the appointments in scope are of. */
const changeRule = (
  desk: Desk,
  session: Session,
  found: FoundSeries,
  affected: readonly SeriesMember[],
  goals: readonly Goal[],
  input: ParsedInput<'changeSeries'>,
): string => {
  const { row, rule } = found;
  const [goal] = goals;
  const first = goal ? { doctorId: goal.place.doctorId, locationId: goal.place.locationId } : row;
  const locationId = first.locationId ?? row.locationId;
  const startsAt = goal?.at ?? new Date(affected[0]?.seriesAt ?? affected[0]?.start ?? 0).toISOString();
  const zone = zoneOf(desk, locationId);
  const startsLocal = localTime(Date.parse(startsAt), zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
  const whole = isWhole(found, affected);
  const rest = rule?.count !== undefined && !whole ? { ...rule, count: Math.max(affected.length, 1) } : rule;
  const set = {
    doctorId: first.doctorId,
    locationId,
    rrule: rest ? toRrule(rest, startsLocal, zone) : row.rrule,
    startsLocal,
    durationMinutes: input.durationMinutes ?? row.durationMinutes,
    reason: input.reason === undefined ? row.reason : input.reason || null,
  };
  const seriesId = whole ? row.id : desk.newId();
  writeChange(desk, { kind: 'changeSeries', actor: session.userId }, (change) => {
    if (whole) return change.update(appointmentSeries, row.id, set);
    change.insert(appointmentSeries, {
      ...set,
      id: seriesId,
      patientId: row.patientId,
      visitTypeId: row.visitTypeId,
    });
    change.update(appointmentSeries, row.id, endOf(desk, found, affected));
  });
  return seriesId;
};

/** Whether nothing of the series stays behind. */
const isWhole = ({ members }: FoundSeries, affected: readonly SeriesMember[]): boolean => {
  const ids = new Set(affected.map(({ id }) => id));
  return members.every(({ id, status }) => ids.has(id) || status === 'cancelled');
};

const endRule = (desk: Desk, session: Session, found: FoundSeries, affected: readonly SeriesMember[]): void =>
  writeChange(desk, { kind: 'cancelSeries', actor: session.userId }, (change) =>
    change.update(
      appointmentSeries,
      found.row.id,
      isWhole(found, affected) ? { deletedAt: desk.now() } : endOf(desk, found, affected),
    ),
  );

/** The rule of a series whose later appointments left it. */
const endOf = (desk: Desk, { row, rule }: FoundSeries, affected: readonly SeriesMember[]) => {
  const [first] = affected;
  if (!rule || !first) return {};
  const zone = zoneOf(desk, row.locationId);
  const day = localTime(first.seriesAt ?? first.start, zone)
    .toPlainDate()
    .toString();
  return { rrule: toRrule(endingBefore(rule, day), row.startsLocal, zone) };
};

const answer = (desk: Desk, affected: readonly SeriesMember[]): CallResult<'changeSeries'> =>
  ok(
    readAppointments(
      desk,
      'where a.id in (select value from json_each(?)) order by a.scheduled_at, a.id',
      JSON.stringify(affected.map(({ id }) => id)),
    ),
  );
