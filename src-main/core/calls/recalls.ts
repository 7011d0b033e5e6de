import type { Recall } from '../../contract/call-lists.ts';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { readPatient } from '../patients/find.ts';
import { recordsOfPerson } from '../replica/same-person.ts';
import { writeChange } from '../replica/write.ts';
import { recalls } from '../schema/replica/index.ts';

const SELECT = `
  select id, patient_id patientId, due_on dueOn, reason, status, doctor_id doctorId, visit_type_id visitTypeId
  from recalls`;

/** The recalls of a patient, next due first, settled ones last. */
export const patientRecalls = (
  desk: Desk,
  _session: Session,
  { patientId }: ParsedInput<'patientRecalls'>,
): CallResult<'patientRecalls'> => {
  if (!readPatient(desk, patientId)) return refuse('not_found', { what: 'patient', id: patientId });
  return ok(
    desk.replica
      .statement(
        `${SELECT} where patient_id in ${recordsOfPerson('?')} order by status <> 'open', due_on, id`,
      )
      .all(patientId) as Recall[],
  );
};

/** Notes that a patient is to be asked back on a day. */
export const addRecall = (
  desk: Desk,
  session: Session,
  { patientId, dueOn, reason, doctorId, visitTypeId }: ParsedInput<'addRecall'>,
): CallResult<'addRecall'> => {
  if (!readPatient(desk, patientId)) return refuse('not_found', { what: 'patient', id: patientId });
  const missing = missingOf(desk, { doctorId, visitTypeId });
  if (missing) return refuse('not_found', missing);
  const id = desk.newId();
  writeChange(desk, { kind: 'addRecall', actor: session.userId }, (change) =>
    change.insert(recalls, {
      id,
      patientId,
      dueOn,
      reason,
      doctorId: doctorId ?? null,
      visitTypeId: visitTypeId ?? null,
      status: 'open',
    }),
  );
  return answerWith(desk, id);
};

/** Sets fields of a recall. Two desks that settle one apart are not asked: it is settled. */
export const updateRecall = (
  desk: Desk,
  session: Session,
  { recallId, set }: ParsedInput<'updateRecall'>,
): CallResult<'updateRecall'> => {
  const before = readRecall(desk, recallId);
  if (!before) return refuse('not_found', { what: 'recall', id: recallId });
  const missing = missingOf(desk, set);
  if (missing) return refuse('not_found', missing);
  writeChange(desk, { kind: 'updateRecall', actor: session.userId }, (change) =>
    change.update(recalls, recallId, defined(set)),
  );
  return answerWith(desk, recallId);
};

type Defined<T> = { [Field in keyof T]?: Exclude<T[Field], undefined> };
const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

/** Which of the doctor and the visit type that were named is not there. */
const missingOf = (
  { replica }: Desk,
  {
    doctorId,
    visitTypeId,
  }: { doctorId?: string | null | undefined; visitTypeId?: string | null | undefined },
): { what: string; id: string } | undefined => {
  if (doctorId && !replica.statement('select 1 from doctors where id = ?').get(doctorId))
    return { what: 'doctor', id: doctorId };
  if (visitTypeId && !replica.statement('select 1 from visit_types where id = ?').get(visitTypeId))
    return { what: 'visit_type', id: visitTypeId };
  return undefined;
};

const readRecall = ({ replica }: Desk, id: string): Recall | undefined =>
  replica.statement(`${SELECT} where id = ?`).get(id) as Recall | undefined;

const answerWith = (desk: Desk, id: string): CallResult<'addRecall'> => {
  const saved = readRecall(desk, id);
  return saved ? ok(saved) : refuse('not_found', { what: 'recall', id });
};
