import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { SeriesRule, SeriesScope } from '../../contract/series.ts';
import type { Status } from '../../contract/status.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { fromRrule } from './series-rule.ts';
import { readAppointments } from './view.ts';

/** An appointment of a series, as far as a change of the series needs it. Times are epoch milliseconds. */
export interface SeriesMember {
  id: string;
  slotId: string | null;
  doctorId: string;
  locationId: string | null;
  visitTypeId: string | null;
  status: Status;
  start: number;
  end: number;
  /** When the rule put it; null where another program did not say. */
  seriesAt: number | null;
}

/** The row of a series. */
export interface SeriesRow {
  id: string;
  patientId: string;
  doctorId: string;
  locationId: string;
  visitTypeId: string | null;
  rrule: string;
  startsLocal: string;
  durationMinutes: number;
  reason: string | null;
}

/** A series seen from one of its appointments; the others are in the order of the rule. */
export interface FoundSeries {
  row: SeriesRow;
  rule: SeriesRule | null;
  target: SeriesMember;
  members: SeriesMember[];
}

/** The series that an appointment is one of, or undefined. */
export const readSeries = (desk: Desk, appointmentId: string): FoundSeries | undefined => {
  const row = desk.replica
    .statement(
      `select s.id, s.patient_id patientId, s.doctor_id doctorId, s.location_id locationId,
         s.visit_type_id visitTypeId, s.rrule, s.starts_local startsLocal, s.duration_minutes durationMinutes, s.reason
       from appointments a join appointment_series s on s.id = a.series_id where a.id = ?`,
    )
    .get(appointmentId) as SeriesRow | undefined;
  if (!row) return undefined;
  const members = desk.replica
    .statement(
      `select id, slot_id slotId, doctor_id doctorId, location_id locationId, visit_type_id visitTypeId, status,
         scheduled_at start, ends_at "end", series_at seriesAt
       from appointments where series_id = ? order by coalesce(series_at, scheduled_at), id`,
    )
    .all(row.id) as SeriesMember[];
  const target = members.find(({ id }) => id === appointmentId);
  return target && { row, rule: fromRrule(row.rrule, zoneOf(desk, row.locationId)), target, members };
};

/** What can still be changed: booked or requested, and not begun. The past stays as it was. */
export const isOpen = ({ status, start }: SeriesMember, now: number): boolean =>
  (status === 'scheduled' || status === 'pending') && start > now;

/** The appointments of a scope that can still be changed, in the order of the rule. */
export const affectedBy = (
  desk: Desk,
  { target, members }: FoundSeries,
  scope: SeriesScope,
): SeriesMember[] => {
  const now = Date.parse(desk.now());
  const at = ({ seriesAt, start }: SeriesMember): number => seriesAt ?? start;
  return members.filter(
    (member) =>
      isOpen(member, now) &&
      (scope === 'all' || member.id === target.id || (scope === 'this_and_later' && at(member) > at(target))),
  );
};

/** The series that an appointment is one of, with its appointments in order. */
export const series = (desk: Desk, _session: Session, input: ParsedInput<'series'>): CallResult<'series'> => {
  const found = readSeries(desk, input.appointmentId);
  if (!found) return refuse('not_found', { what: 'series', id: input.appointmentId });
  const appointments = readAppointments(
    desk,
    'where a.series_id = ? order by coalesce(a.series_at, a.scheduled_at), a.id',
    found.row.id,
  );
  return ok({ seriesId: found.row.id, rule: found.rule, appointments });
};
