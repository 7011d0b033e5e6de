import type { CallEntry, CallListName } from '../../contract/call-lists.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { PatientBrief } from '../../contract/patient.ts';
import { wallClock } from '../appointments/wall-clock.ts';
import { dayBounds, dayOf, iso, isoOrNull } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { readBriefs } from '../patients/find.ts';
import { personOf, recordsOfPerson } from '../replica/same-person.ts';
import { attemptOf, triesOf } from './attempts.ts';
import { dischargeOf } from './discharge-calls.ts';
import { CALLING_FROM } from './next-try.ts';
import { inCallOrder } from './order.ts';

/** What a list is made from: a row of whichever table it comes from. Times in epoch milliseconds. */
interface Subject {
  id: string;
  patientId: string;
  doctorId: string | null;
  visitTypeId: string | null;
  locationId: string | null;
  start: number | null;
  reason: string | null;
  dueOn: string | null;
  phone: string | null;
  dueAt: number | null;
}

type Entry = (subject: Subject, due: number) => CallEntry | undefined;

/** Recalls are listed this long before they are due. */
const RECALL_AHEAD_DAYS = 14;
/** A clinic that is closed for longer has nobody to confirm. */
const LOOK_AHEAD_DAYS = 21;

/** Whom to call at a location, next due on top; times by the location's clock. */
export const callList = (
  desk: Desk,
  _session: Session,
  input: ParsedInput<'callList'>,
): CallResult<'callList'> => {
  const { list, locationId } = input;
  const known = desk.replica.statement('select 1 from clinic_locations where id = ?').get(locationId);
  if (!known) return refuse('not_found', { what: 'location', id: locationId });
  const zone = zoneOf(desk, locationId);
  const today = dayOf(Date.parse(desk.now()), zone);
  const subjects = {
    confirmation: () => confirmations(desk, locationId, days(desk, locationId, zone, input.days)),
    recall: () => recallsDue(desk, addDays(today, RECALL_AHEAD_DAYS)),
    discharge: () => dischargeSubjects(desk, dayBounds(today, zone).start),
  }[list]();
  const entry = entryWith(desk, list, subjects);
  return ok(
    subjects
      .flatMap((subject) => {
        const due = subject.dueAt ?? wallClock(subject.dueOn ?? today, CALLING_FROM, zone);
        return entry(subject, due) ?? [];
      })
      .sort(inCallOrder),
  );
};

/** From tomorrow to the end of the last of the next `count` days on which somebody works there. */
const days = (desk: Desk, locationId: string, zone: string, count: number) => {
  const today = dayOf(Date.parse(desk.now()), zone);
  const works = desk.replica.statement(
    `select 1 from doctor_time_slots s left join doctors d on s.location_id is null and d.id = s.doctor_id
     where s.start_time_utc >= ? and s.start_time_utc < ? and s.is_available and s.deleted_at is null
       and coalesce(s.location_id, d.location_id) = ? limit 1`,
  );
  const ahead = Array.from({ length: LOOK_AHEAD_DAYS }, (_, index) =>
    dayBounds(addDays(today, index + 1), zone),
  );
  const working = ahead.filter(({ start, end }) => works.get(start, end, locationId)).slice(0, count);
  const from = dayBounds(today, zone).end;
  return { from, until: working.at(-1)?.end ?? from };
};

const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

const confirmations = (
  { replica }: Desk,
  locationId: string,
  { from, until }: { from: number; until: number },
): Subject[] =>
  replica
    .statement(
      `select a.id, a.patient_id patientId, a.doctor_id doctorId, a.visit_type_id visitTypeId,
         a.location_id locationId, a.scheduled_at start, a.reason, null dueOn, null phone, null dueAt
       from appointments a left join doctors d on a.location_id is null and d.id = a.doctor_id
       where a.scheduled_at >= ? and a.scheduled_at < ? and a.status = 'scheduled' and a.confirmed_at is null
         and a.patient_id is not null and coalesce(a.location_id, d.location_id) = ?`,
    )
    .all(from, until, locationId) as Subject[];

const recallsDue = ({ replica }: Desk, until: string): Subject[] =>
  replica
    .statement(
      `select id, patient_id patientId, doctor_id doctorId, visit_type_id visitTypeId, null locationId, null start,
         reason, due_on dueOn, null phone, null dueAt
       from recalls where status = 'open' and due_on <= ?`,
    )
    .all(until) as Subject[];

/** Those that wait or are being made, and those that were made since `from`. */
const dischargeSubjects = ({ replica }: Desk, from: number): Subject[] =>
  replica
    .statement(
      `select c.id, p.id patientId, a.doctor_id doctorId, a.visit_type_id visitTypeId, null locationId,
         null start, null reason, null dueOn, c.phone, c.due_at dueAt
       from scheduled_discharge_calls c join patients p on p.id = ${personOf('c.patient_id')}
         left join cases k on k.id = c.case_id left join appointments a on a.id = k.appointment_id
       where p.deleted_at is null and (c.status in ('queued', 'failed', 'ringing', 'in_progress')
         or (c.status = 'completed' and exists (
           select 1 from call_attempts t where t.subject_id = c.id and t.outcome = 'reached' and t.called_at >= ?)))`,
    )
    .all(from) as Subject[];

/** Fills in who and what; one statement for all patients. Nobody is listed whose record is gone. */
const entryWith = (desk: Desk, list: CallListName, subjects: readonly Subject[]): Entry => {
  const { replica } = desk;
  const ids = [...new Set(subjects.map(({ patientId }) => patientId))];
  const patients = new Map(readBriefs(desk, ids).map((brief) => [brief.id, brief]));
  const doctorName = doctorNames(desk);
  const now = Date.parse(desk.now());
  return (subject, due) => {
    const patient = patients.get(subject.patientId);
    if (!patient) return undefined;
    const tries = triesOf(desk, subject.id);
    const visit = replica
      .statement('select name_en en, name_el el from visit_types where id = ?')
      .get(subject.visitTypeId) as CallEntry['visitType'] | undefined;
    return {
      id: subject.id,
      list,
      patient,
      phone: subject.phone ?? phoneOf(patient),
      ...wishesOf(desk, patient.owner?.id ?? patient.id),
      dueAt: iso(tries[0]?.nextTryAt ?? due),
      tries: tries.map(attemptOf),
      doctorId: subject.doctorId,
      doctorName: subject.doctorId === null ? null : doctorName(subject.doctorId),
      visitTypeId: subject.visitTypeId,
      visitType: visit ?? null,
      start: isoOrNull(subject.start),
      locationId: subject.locationId,
      reason: subject.reason,
      dueOn: subject.dueOn,
      comesNext: list === 'recall' ? comesNext(desk, subject.patientId, now) : null,
      discharge: list === 'discharge' ? dischargeOf(desk, subject.id, now) : null,
    };
  };
};

const phoneOf = ({ owner, phone }: PatientBrief): string | null => owner?.phone ?? phone;

/** In which language whoever is called is spoken to, and how they like to be reached. */
const wishesOf = ({ replica }: Desk, patientId: string): Pick<CallEntry, 'language' | 'contactPreference'> =>
  replica
    .statement(
      'select preferred_language language, contact_preference contactPreference from patients where id = ?',
    )
    .get(patientId) as Pick<CallEntry, 'language' | 'contactPreference'>;

const comesNext = ({ replica }: Desk, patientId: string, now: number): string | null =>
  isoOrNull(
    (replica
      .statement(
        `select min(scheduled_at) from appointments
         where patient_id in ${recordsOfPerson('?')} and scheduled_at >= ? and status in ('pending', 'scheduled')`,
      )
      .pluck()
      .get(patientId, now) as number | null) ?? null,
  );
