import type { AuditEntry, AuditFilter, AuditKind, AuditPage } from '../../contract/audit.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import { dayBounds, iso } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { patientOf } from './patient-of.ts';

/** An entry as `read_audit` of 0014_audit_rules.sql answers it. */
interface CentralEntry {
  seq: number;
  action: string;
  actor: string | null;
  desk: string | null;
  table: string | null;
  row: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  done_at: string;
  arrived_at: string;
  proven: boolean;
  erased: boolean;
  hash: string;
}
interface CentralPage {
  entries: CentralEntry[];
  desks: { id: string; name: string }[];
}

/** Which actions are of a kind; `changes` are all that are of no other. */
const actionsOf: Record<Exclude<AuditKind, 'changes'>, readonly string[]> = {
  openings: ['openPatient', 'openThread', 'openPrescription'],
  copies: ['print', 'export'],
  access: [
    'signIn',
    'signInFailed',
    'switchPerson',
    'switchFailed',
    'kioskPinFailed',
    'lock',
    'unlock',
    'signOut',
  ],
  log: ['readAudit', 'redactHistory', 'dropAudit', 'unreadableEvent'],
};

/** Reads a page from central. `needs_central` without a connection. */
export const readAudit = async (
  desk: Desk,
  session: Session,
  { filter, below, limit }: ParsedInput<'readAudit'>,
): Promise<CallResult<'readAudit'>> => {
  if (!desk.askCentral) return refuse('needs_central');
  const answer = (await desk.askCentral(session, 'read_audit', {
    ...asked(desk, filter),
    below,
    limit: limit + 1,
  })) as Result<CentralPage>;
  return answer.ok ? ok(pageOf(desk, answer.value, limit)) : answer;
};

/** The filter in central's words. */
const asked = (desk: Desk, { personId, deskId, kind, patientId, from, to }: AuditFilter) => {
  const zone = zoneOf(desk, null);
  return {
    person: personId,
    desk: deskId,
    patient: patientId,
    ...(kind === 'changes' ? { other_than: Object.values(actionsOf).flat() } : {}),
    ...(kind && kind !== 'changes' ? { actions: actionsOf[kind] } : {}),
    ...(from ? { from: iso(dayBounds(from, zone).start) } : {}),
    ...(to ? { to: iso(dayBounds(to, zone).end) } : {}),
  };
};

const pageOf = (desk: Desk, { entries, desks }: CentralPage, limit: number): AuditPage => {
  const people = staffOf(desk);
  const names = new Map([...people, ...desks].map(({ id, name }) => [id, name]));
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const shown = entries.slice(0, limit).map(
    (entry): AuditEntry => ({
      seq: entry.seq,
      action: entry.action,
      at: iso(Date.parse(entry.done_at)),
      arrivedAt: iso(Date.parse(entry.arrived_at)),
      person: named(entry.actor),
      proven: entry.proven,
      desk: named(entry.desk),
      table: entry.table,
      rowId: entry.row,
      patient: patientOf(desk, entry.table, entry.row),
      before: entry.before,
      after: entry.after,
      erased: entry.erased,
      hash: entry.hash,
    }),
  );
  return { entries: shown, next: entries.length > limit ? (shown.at(-1)?.seq ?? null) : null, desks, people };
};

/** Everybody who ever had an account for the desk, by name; the desks' own accounts among them. */
const staffOf = ({ replica }: Desk): { id: string; name: string }[] =>
  replica
    .statement(
      `select id, coalesce(display_name, username, email) as name from users
       where role in ('receptionist', 'doctor', 'admin') order by name, id`,
    )
    .all() as { id: string; name: string }[];
