import type { Store } from '../../replica/connection.ts';
import type { Holders } from './holders.ts';
import type { Draft, MappedFinding, NewRow, TargetTable, targetTables } from './source.ts';

type Tables = typeof targetTables;
type RowOf<T extends TargetTable> = NewRow<Tables[T]>;

/** A draft against what stands here. */
export interface Checked {
  /** As it may stand here; null where it may not at all, and then a finding says why. */
  draft: Draft | null;
  findings: MappedFinding[];
}

/** Collects what is found while a row is looked at. */
class Look {
  readonly findings: MappedFinding[] = [];
  readonly store: Store;
  readonly runId: string;
  readonly holders: Holders;

  constructor(store: Store, runId: string, holders: Holders) {
    this.store = store;
    this.runId = runId;
    this.holders = holders;
  }

  note(reason: MappedFinding['reason'], details: Record<string, unknown>): void {
    this.findings.push({ reason, leftOut: false, details });
  }

  leave(reason: MappedFinding['reason'], details: Record<string, unknown>): null {
    this.findings.push({ reason, leftOut: true, details });
    return null;
  }

  one(sql: string, ...values: unknown[]): Record<string, unknown> | undefined {
    return this.store.statement(sql).get(...values) as Record<string, unknown> | undefined;
  }

  has(table: TargetTable, id: string | null | undefined): boolean {
    return id !== null && id !== undefined && isHere(this.store, table, id);
  }
}

/** Whether a row stands here. */
export const isHere = (store: Store, table: TargetTable, id: string): boolean =>
  store.statement(`select 1 from ${table} where id = ?`).get(id) !== undefined;

/**
 * Holds a draft against what stands here: what it refers to must be here, and the clinic's rules must leave room for it.
 * What is only a value is emptied and noted; what breaks a rule is left out and noted.
 */
export const checkDraft = (store: Store, runId: string, holders: Holders, draft: Draft): Checked => {
  const look = new Look(store, runId, holders);
  const checked = check(look, draft);
  return { draft: checked, findings: look.findings };
};

const check = (look: Look, draft: Draft): Draft | null => {
  switch (draft.target) {
    case 'specialties':
      return placed(draft, specialty(look, draft.row));
    case 'doctors':
      return placed(draft, doctor(look, draft.row));
    case 'patients':
      return placed(draft, patient(look, draft.row));
    case 'doctor_time_slots':
      return placed(draft, slot(look, draft.row));
    case 'appointments':
      return placed(draft, appointment(look, draft.row));
    case 'payments':
      return placed(draft, payment(look, draft.row));
    case 'prescriptions':
      return placed(draft, prescription(look, draft.row));
    case 'messages':
      return placed(draft, message(look, draft.row));
    case 'cases':
      return placed(draft, caseRow(look, draft.row));
    case 'scheduled_discharge_calls':
      return placed(draft, dischargeCall(look, draft.row));
    default:
      return draft;
  }
};

const placed = <D extends Draft>(draft: D, row: D['row'] | null): D | null => row && { ...draft, row };

/** One of the same slug is the same: what refers to this one is led there by the finding. */
const specialty = (look: Look, row: RowOf<'specialties'>): RowOf<'specialties'> | null => {
  const same = look.one('select id from specialties where slug = ? and id <> ?', row.slug, row.id);
  if (!same) return row;
  return look.leave('name_in_use', { column: 'slug', value: row.slug, id: row.id, here: same['id'] });
};

/** The row here that stands for one that was left out because of it. */
const hereInstead = (look: Look, id: string): string | null =>
  (look.one(
    `select details ->> 'here' here from import_findings
     where run_id = ? and reason = 'name_in_use' and details ->> 'id' = ?`,
    look.runId,
    id,
  )?.['here'] as string | undefined) ?? null;

const doctor = (look: Look, row: RowOf<'doctors'>): RowOf<'doctors'> | null => {
  const same = look.one(
    'select id from doctors where lower(email) = lower(?) and id <> ?',
    row.email,
    row.id,
  );
  if (same) return look.leave('email_in_use', { column: 'email', value: row.email, here: same['id'] });
  const specialtyId =
    row.specialtyId && !look.has('specialties', row.specialtyId)
      ? hereInstead(look, row.specialtyId)
      : row.specialtyId;
  return { ...row, specialtyId: specialtyId ?? null, locationId: location(look, row.locationId) };
};

const location = (look: Look, id: string | null | undefined): string | null => {
  if (id === null || id === undefined) return null;
  if (look.has('clinic_locations', id)) return id;
  look.note('unknown_location', {});
  return null;
};

const patient = (look: Look, row: RowOf<'patients'>): RowOf<'patients'> => {
  const checked = { ...row };
  const holder = row.email && !row.deletedAt && look.holders.of('patients', row.email, row.id);
  if (holder) {
    look.note('email_in_use', { column: 'email', value: row.email, here: holder });
    checked.email = null;
  }
  if (row.ownerId && !look.has('patients', row.ownerId)) {
    look.note('unknown_patient', { column: 'owner_id' });
    checked.ownerId = null;
  }
  return checked;
};

const slot = (look: Look, row: RowOf<'doctor_time_slots'>): RowOf<'doctor_time_slots'> | null => {
  if (!look.has('doctors', row.doctorId)) return look.leave('unknown_doctor', {});
  return { ...row, locationId: location(look, row.locationId) };
};

const LIVE = `status not in ('cancelled', 'no_show', 'left') and overbook_reason is null`;
const notLive: readonly string[] = ['cancelled', 'no_show', 'left'];
const HALF_DAY_MS = 12 * 3_600_000;

const appointment = (look: Look, row: RowOf<'appointments'>): RowOf<'appointments'> | null => {
  const start = Date.parse(row.scheduledAt);
  const end = Date.parse(row.endsAt);
  if (end <= start || end - start > HALF_DAY_MS)
    return look.leave('bad_duration', { start: row.scheduledAt, end: row.endsAt });
  if (!look.has('doctors', row.doctorId)) return look.leave('unknown_doctor', {});
  const hasPatient = look.has('patients', row.patientId);
  if (!hasPatient && (row.patientId || !['held', 'cancelled'].includes(row.status)))
    return look.leave('unknown_patient', {});
  const booked = row.calComUid && look.holders.of('appointments', row.calComUid, row.id);
  if (booked) return look.leave('cal_com_uid_in_use', { value: row.calComUid, here: booked });
  const checked = {
    ...row,
    locationId: location(look, row.locationId),
    slotId: row.slotId && isSlotOf(look, row.slotId, row.doctorId) ? row.slotId : null,
  };
  if (notLive.includes(row.status)) return checked;
  return inTheWay(look, checked, start, end) ? null : checked;
};

const isSlotOf = (look: Look, slotId: string, doctorId: string): boolean =>
  look.one('select 1 from doctor_time_slots where id = ? and doctor_id = ?', slotId, doctorId) !== undefined;

/** Lists what keeps a live appointment out: another one of its slot, or at its time with its doctor. */
const inTheWay = (look: Look, row: RowOf<'appointments'>, start: number, end: number): boolean => {
  const inSlot =
    row.slotId &&
    look.one(`select id from appointments where slot_id = ? and id <> ? and ${LIVE}`, row.slotId, row.id);
  const other =
    inSlot ||
    look.one(
      `select id from appointments where doctor_id = ? and scheduled_at < ? and scheduled_at > ? and ends_at > ?
         and id <> ? and ${LIVE} order by scheduled_at limit 1`,
      row.doctorId,
      end,
      start - HALF_DAY_MS,
      start,
      row.id,
    );
  if (!other) return false;
  look.leave(inSlot ? 'slot_taken' : 'overlap', {
    start: row.scheduledAt,
    end: row.endsAt,
    here: other['id'],
  });
  return true;
};

const payment = (look: Look, row: RowOf<'payments'>): RowOf<'payments'> | null => {
  if (!look.has('appointments', row.appointmentId)) return look.leave('unknown_appointment', {});
  const holder = row.transactionRef && look.holders.of('payments', row.transactionRef, row.id);
  if (holder) return look.leave('ref_in_use', { value: row.transactionRef, here: holder });
  // Where none is told, central takes the appointment's.
  return row.locationId === undefined ? row : { ...row, locationId: location(look, row.locationId) };
};

const prescription = (look: Look, row: RowOf<'prescriptions'>): RowOf<'prescriptions'> | null => {
  if (!look.has('appointments', row.appointmentId)) return look.leave('unknown_appointment', {});
  if (!look.has('doctors', row.doctorId)) return look.leave('unknown_doctor', {});
  if (!look.has('patients', row.patientId)) return look.leave('unknown_patient', {});
  return row;
};

/** A message stays readable without what it refers to. */
const message = (look: Look, row: RowOf<'messages'>): RowOf<'messages'> => ({
  ...row,
  appointmentId: look.has('appointments', row.appointmentId) ? (row.appointmentId ?? null) : null,
  patientId: look.has('patients', row.patientId) ? (row.patientId ?? null) : null,
  doctorId: look.has('doctors', row.doctorId) ? (row.doctorId ?? null) : null,
});

const caseRow = (look: Look, row: RowOf<'cases'>): RowOf<'cases'> | null => {
  const holder = look.holders.of('cases', row.externalId, row.id);
  if (holder) return look.leave('ref_in_use', { value: row.externalId, here: holder });
  const hasPatient = look.has('patients', row.patientId);
  if (row.patientId && !hasPatient) look.note('unknown_patient', {});
  return {
    ...row,
    userId: row.userId && look.one('select 1 from users where id = ?', row.userId) ? row.userId : null,
    patientId: hasPatient ? (row.patientId ?? null) : null,
    appointmentId: look.has('appointments', row.appointmentId) ? (row.appointmentId ?? null) : null,
  };
};

const dischargeCall = (
  look: Look,
  row: RowOf<'scheduled_discharge_calls'>,
): RowOf<'scheduled_discharge_calls'> | null => {
  if (!look.has('cases', row.caseId)) return look.leave('unknown_appointment', { column: 'case_id' });
  const same = look.one(
    'select id from scheduled_discharge_calls where case_id = ? and id <> ?',
    row.caseId,
    row.id,
  );
  if (same) return look.leave('ref_in_use', { column: 'case_id', here: same['id'] });
  return { ...row, patientId: look.has('patients', row.patientId) ? (row.patientId ?? null) : null };
};
