import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { type Consent, ConsentKind } from '../../contract/patient.ts';
import { isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { recordsOfPerson, standingRecord } from '../replica/same-person.ts';
import { writeChange } from '../replica/write.ts';
import { patientConsents } from '../schema/replica/index.ts';
import { isPatient } from './record.ts';

type Row = Pick<Consent, 'kind' | 'recordedBy'> & { given: 0 | 1; decidedAt: number };

const NEWEST = `
  select kind, given, decidedAt, recordedBy from (
    select c.kind, c.given, c.decided_at decidedAt, u.display_name recordedBy,
      row_number() over (partition by c.kind order by c.decided_at desc, c.id desc) age
    from patient_consents c left join users u on u.id = c.recorded_by
    where c.patient_id in ${recordsOfPerson('?')})
  where age = 1`;

/** What a patient last said to each kind, by any of the person's records; every kind is there. */
export const readConsents = ({ replica }: Desk, patientId: string): Consent[] => {
  const newest = new Map((replica.statement(NEWEST).all(patientId) as Row[]).map((row) => [row.kind, row]));
  return ConsentKind.options.map((kind) => {
    const row = newest.get(kind);
    return {
      kind,
      given: row ? row.given === 1 : null,
      decidedAt: isoOrNull(row?.decidedAt ?? null),
      recordedBy: row?.recordedBy ?? null,
    };
  });
};

/**
 * Writes down what a patient says to something. What was said before stays; two desks that ask apart both write, and the
 * later answer counts.
 */
export const recordConsent = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'recordConsent'>,
): CallResult<'recordConsent'> => {
  const patientId = standingRecord(desk.replica, input.patientId);
  if (!isPatient(desk, patientId)) return refuse('not_found', { what: 'patient', id: patientId });
  const { kind, given } = input;
  const consent = (): Consent | undefined => readConsents(desk, patientId).find((one) => one.kind === kind);
  if (consent()?.given !== given) {
    writeChange(desk, { kind: 'recordConsent', actor: session.userId }, (change) =>
      change.insert(patientConsents, {
        id: desk.newId(),
        patientId,
        kind,
        given,
        decidedAt: desk.now(),
        recordedBy: session.userId,
      }),
    );
  }
  const written = consent();
  return written ? ok(written) : refuse('not_found', { what: 'consent', id: patientId });
};
