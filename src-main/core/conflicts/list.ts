import type { CallResult } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import { isLive } from '../../contract/status.ts';
import type { Conflict, ConflictChoice, ConflictSide } from '../../contract/sync.ts';
import type { Desk, Session } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';
import { openRefusals, type RefusalEntry } from '../replica/refusals.ts';
import { columnKind, replicatedTable } from '../replica/tables.ts';
import { isDecidedAnew, whyNotAgain } from './again.ts';
import { type AppointmentRow, type Attempt, asAppointment, readAttempt, readWire } from './attempt.ts';
import { codeOf, wasClosed } from './code.ts';
import { moneyStanding, moneyTried } from './money.ts';
import { neededRight, whyNotBy } from './rights.ts';
import { readPatient, subjectOf } from './subject.ts';

/** What central refused and nobody has decided, oldest first, with what whoever asks can do about it. */
export const conflicts = (desk: Desk, session: Session): CallResult<'conflicts'> =>
  ok(openRefusals(desk.replica).map((entry) => toConflict(desk, session, entry)));

const toConflict = (desk: Desk, session: Session, entry: RefusalEntry): Conflict => {
  const { changes, refusal } = entry;
  const [first] = changes;
  const attempt = readAttempt(desk, entry);
  const theirs =
    refusal.code === 'not_allowed'
      ? (attempt?.current ?? null)
      : asAppointment(refusal.table === 'appointments' ? refusal.theirs : null);
  const by = refusal.by;
  return {
    changeId: entry.changeId,
    kind: first?.kind ?? '',
    code: codeOf(entry),
    needs: neededRight(entry),
    refusedAt: entry.refusedAt,
    mine: {
      who: nameOf(desk, first?.actor ?? null) ?? deskName(desk),
      at: first?.at ?? null,
      appointment: attempt && describeAppointment(desk, entry, attempt.tried),
      ...moneyTried(entry),
    },
    theirs: {
      who: nameOf(desk, by?.actor ?? null) ?? by?.desk ?? null,
      at: by?.at ? new Date(by.at).toISOString() : null,
      appointment: theirs && describeAppointment(desk, entry, theirs),
      money: null,
      cashUp: null,
      ...moneyStanding(desk, entry),
    },
    columns:
      refusal.code === 'not_allowed'
        ? columnsTried(desk, entry)
        : (refusal.columns ?? []).map(({ column, mine, theirs: other }) => ({
            column,
            mine: asText(refusal.table, column, mine),
            theirs: asText(refusal.table, column, other),
          })),
    withIt: changes.slice(1).map(({ kind }) => kind),
    subject: subjectOf(desk, entry, attempt),
    choices: choicesOf(desk, session, entry, attempt),
  };
};

/** What a change that was not allowed would have set, beside what stands. */
const columnsTried = (desk: Desk, { changes }: RefusalEntry): Conflict['columns'] =>
  (changes[0]?.rows ?? []).flatMap((row) => {
    const stands = readWire(desk, row.table, row.id) ?? {};
    return Object.entries('insert' in row ? row.insert : row.set).map(([column, value]) => ({
      column,
      mine: asText(row.table, column, value),
      theirs: asText(row.table, column, stands[column]),
    }));
  });

const choicesOf = (
  desk: Desk,
  session: Session,
  entry: RefusalEntry,
  attempt: Attempt | null,
): ConflictChoice[] => {
  const choices: ConflictChoice[] = [];
  if (!whyNotBy(session, entry) && !whyNotAgain(desk, entry)) choices.push('keep_mine');
  choices.push('keep_theirs');
  if (mayMoveOn(entry, attempt)) choices.push('next_free');
  return choices;
};

/** Whether another time would help: the time was taken, closed or not to be shared, and the patient still wants one. */
export const mayMoveOn = (entry: RefusalEntry, attempt: Attempt | null): attempt is Attempt =>
  (entry.refusal.code === 'taken' || wasClosed(entry) || neededRight(entry) === 'schedule.overbook') &&
  attempt !== null &&
  isLive(attempt.wanted.status) &&
  !isDecidedAnew(entry);

const describeAppointment = (
  desk: Desk,
  entry: RefusalEntry,
  row: AppointmentRow,
): ConflictSide['appointment'] => {
  const patient = readPatient(desk, entry, row.patient_id);
  const room = row.room_id === null ? null : readWire(desk, 'rooms', row.room_id);
  return {
    id: row.id,
    doctorId: row.doctor_id,
    doctorName: doctorNames(desk)(row.doctor_id),
    locationId: row.location_id,
    patientId: patient.stands ? row.patient_id : null,
    patientName: patient.name,
    patientPhone: patient.phone,
    roomName: room && String(room['name']),
    start: row.scheduled_at,
    end: row.ends_at,
    status: row.status,
  };
};

const nameOf = (desk: Desk, userId: string | null): string | null => {
  const user = userId === null ? null : readWire(desk, 'users', userId);
  return user && String(user['display_name']);
};

const deskName = ({ replica }: Desk): string | null =>
  replica.statement('select desk_name from desk_state').pluck().get() as string | null;

/** A value as text; instants in the desk's form. */
const asText = (table: string | undefined, column: string, value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  const described = table === undefined ? undefined : replicatedTable(table).columns.get(column);
  if (described && columnKind(described) === 'instant') return new Date(String(value)).toISOString();
  return String(value);
};
