import {
  cancelDischargeCalls,
  dischargeCall,
  hasDischargeCall,
  scheduleDischargeCall,
} from '../../calls/discharge.ts';
import { iso } from '../../clinic-day.ts';
import type { Desk } from '../../desk.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { cases } from '../../schema/replica/index.ts';
import { outsideId } from '../outside-id.ts';
import { readAppointment } from './bookings.ts';
import { clip, hashOf, personOf, type Visit } from './mapping.ts';
import { takePeople, takePerson } from './people.ts';
import type { Scope } from './scope.ts';
import type { NeoConsultation } from './shapes.ts';
import { type CaseStatus, caseStatusOf, statusOfLabel } from './status.ts';
import { appointmentIdOf } from './visits.ts';
import { instantAt } from './wall-time.ts';

/** What a consultation came to: its case, and the call that it led to in this change; or the field that is not known. */
export type TakenCase = { caseId: string; callId: string | null } | { wrong: string };

/** Notes of two fields of Neo, each as long as it may be there. */
const TEXT = 200_010;

/**
 * Keeps a consultation of Neo as a case, within the caller's change, and schedules the discharge call that it leads to
 * (integrations.md; `dischargeCall` says which do). Written only where the hash of what Neo says has changed.
 */
export const takeCase = (
  scope: Scope,
  change: ChangeWriter,
  visit: Visit,
  page: NeoConsultation,
): TakenCase => {
  const label = statusOfLabel(page.status);
  if (label === null) return { wrong: 'consultation.status' };
  const person = peopleOf(scope, change, visit, page);
  const caseId = caseIdOf(scope, visit.appointmentId);
  const told = {
    consultationId: page.id,
    patientId: person?.id ?? null,
    appointmentId: readAppointment(scope.desk, appointmentIdOf(scope, visit.appointmentId))?.id ?? null,
    reason: clip(page.reason, TEXT),
    consultedAt: iso((page.date ? instantAt(page.date, scope.zone) : null) ?? visit.span.start),
    status: caseStatusOf(label),
    clinicalNotes: notesOf(page),
    dischargeSummary: clip(page.dischargeSummary, TEXT),
  };
  keepCase(scope, change, caseId, visit.appointmentId, told);
  // Nobody is called whose record was erased, or about an animal that Neo has not put on file.
  if (!person || person.erased) return { caseId, callId: null };
  const ground = { ...told, caseId, visit, page, patientId: person.id };
  return { caseId, callId: takeCall(scope, change, ground) };
};

/** The id of the case of an appointment of Neo. */
export const caseIdOf = ({ clinicId }: Scope, externalId: string): string =>
  outsideId('idexx', clinicId, 'case', externalId);

/** The page tells more of an animal than the calendar: what it is, and when it was born. */
const peopleOf = (scope: Scope, change: ChangeWriter, visit: Visit, page: NeoConsultation) => {
  const known = takePeople(scope, change, visit);
  const { patient } = page;
  if (!known || known.erased || !patient || patient.id !== visit.animal?.externalId) return known;
  const more = {
    species: clip(patient.species, 60),
    breed: clip(patient.breed, 120),
    dateOfBirth: patient.dateOfBirth,
  };
  return takePerson(scope, change, 'patient', visit.animal, more);
};

const notesOf = ({ clinicalNotes, notes }: NeoConsultation): string | null =>
  clip([...new Set([clinicalNotes, notes])].filter((text) => text !== null).join('\n\n'), TEXT);

interface ToldCase {
  consultationId: string;
  patientId: string | null;
  appointmentId: string | null;
  reason: string | null;
  consultedAt: string;
  status: CaseStatus;
  clinicalNotes: string | null;
  dischargeSummary: string | null;
}

interface StoredCase {
  changeHash: string | null;
  goneAt: number | null;
  clinicalNotes: string | null;
  completedAt: number | null;
}

const keepCase = (
  { desk, clinicId, userId, now }: Scope,
  change: ChangeWriter,
  id: string,
  appointmentNumber: string,
  told: ToldCase,
): void => {
  const changeHash = hashOf(told);
  const before = readCase(desk, id);
  if (before && before.changeHash === changeHash && before.goneAt === null) return;
  const isNew = told.clinicalNotes !== null && told.clinicalNotes !== before?.clinicalNotes;
  const set = {
    ...told,
    changeHash,
    goneAt: null,
    ...(isNew ? { notesSyncedAt: iso(now) } : {}),
    ...(told.status === 'completed' && !before?.completedAt ? { completedAt: iso(now) } : {}),
  };
  if (before) change.update(cases, id, set);
  else change.insert(cases, { id, externalId: `idexx-${clinicId}-${appointmentNumber}`, userId, ...set });
};

const readCase = ({ replica }: Desk, id: string): StoredCase | undefined =>
  replica
    .statement(
      `select change_hash changeHash, gone_at goneAt, clinical_notes clinicalNotes, completed_at completedAt
       from cases where id = ?`,
    )
    .get(id) as StoredCase | undefined;

interface CallGround extends ToldCase {
  caseId: string;
  patientId: string;
  visit: Visit;
  page: NeoConsultation;
}

const takeCall = (scope: Scope, change: ChangeWriter, ground: CallGround): string | null => {
  const { caseId, visit, page, patientId, ...told } = ground;
  const client = page.client && personOf(page.client.id, page.client);
  const decided = dischargeCall(
    {
      ...told,
      consultedAt: Date.parse(told.consultedAt),
      given: page.lines.flatMap(({ isDeclined, productService }) =>
        isDeclined || productService === null ? [] : [productService],
      ),
      phone: client?.phone ?? visit.phone,
      scheduled: hasDischargeCall(scope.desk, caseId),
    },
    scope.settings,
    scope.zone,
    scope.now,
  );
  if ('call' in decided) {
    const id = outsideId('discharge_call', caseId);
    scheduleDischargeCall(change, { id, caseId, patientId, ...decided.call });
    return id;
  }
  // Nobody is to be called about an animal that has died, about an earlier visit neither.
  if (decided.none === 'death') cancelDischargeCalls(scope.desk, change, { patientId });
  return null;
};

/** Marks the case of an appointment that is gone from Neo, within the caller's change; nobody is called about it. */
export const dropCase = (scope: Scope, change: ChangeWriter, appointmentNumber: string): void => {
  const id = caseIdOf(scope, appointmentNumber);
  const before = readCase(scope.desk, id);
  if (!before || before.goneAt !== null) return;
  change.update(cases, id, { goneAt: iso(scope.now) });
  cancelDischargeCalls(scope.desk, change, { caseId: id });
};
