import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Account, Payment } from '../../contract/payment.ts';
import type { Status } from '../../contract/status.ts';
import type { Money } from '../../contract/values.ts';
import type { Desk, Session } from '../desk.ts';
import { balancesOf } from './ledger.ts';
import { paymentsOf } from './read.ts';

/** What the money of an appointment depends on. */
export interface Visit {
  id: string;
  status: Status;
  patientId: string | null;
  start: number;
  /** Where its money is taken: there, else at its doctor's home, else at the clinic's first location. */
  locationId: string | null;
  doctorId: string;
  fee: Money | null;
}

const SELECT = `
  select a.id, a.status, a.patient_id patientId, a.scheduled_at start, a.doctor_id doctorId,
    coalesce(a.location_id, d.location_id,
      (select id from clinic_locations order by created_at, id limit 1)) locationId,
    coalesce(a.fee_minor, v.fee_minor) minor, iif(a.fee_minor is null, v.fee_currency, a.fee_currency) currency
  from appointments a
    left join doctors d on d.id = a.doctor_id
    left join visit_types v on v.id = a.visit_type_id`;

type Row = Omit<Visit, 'fee'> & { minor: number | null; currency: string | null };

/** The appointments whose money is asked for. `where` is written in code and names the appointment `a`. */
export const readVisits = ({ replica }: Desk, where: string, ...parameters: unknown[]): Visit[] =>
  (replica.statement(`${SELECT} ${where}`).all(...parameters) as Row[]).map(
    ({ minor, currency, ...visit }) => ({
      ...visit,
      fee: minor === null || currency === null ? null : { minor, currency },
    }),
  );

/** One appointment's, or undefined. */
export const readVisit = (desk: Desk, id: string): Visit | undefined =>
  readVisits(desk, 'where a.id = ?', id)[0];

/** The currency that the clinic counts in. */
export const clinicCurrency = ({ replica }: Desk): string =>
  (replica.statement('select currency from clinics').pluck().get() as string | undefined) ?? 'EUR';

/** The money of an appointment, from its payments in the order of paying. */
export const accountOf = (desk: Desk, visit: Visit, payments: readonly Payment[]): Account => ({
  appointmentId: visit.id,
  fee: visit.fee,
  balances: balancesOf(visit.status, visit.fee, clinicCurrency(desk), payments),
  payments: [...payments],
});

/** An appointment's account as a call's answer. */
export const answerWithAccount = (desk: Desk, appointmentId: string): CallResult<'account'> => {
  const visit = readVisit(desk, appointmentId);
  if (!visit) return refuse('not_found', { what: 'appointment', id: appointmentId });
  return ok(accountOf(desk, visit, paymentsOf(desk, [visit.id]).get(visit.id) ?? []));
};

/** An appointment's fee, what was paid and given back, and what is due. */
export const account = (
  desk: Desk,
  _session: Session,
  { appointmentId }: ParsedInput<'account'>,
): CallResult<'account'> => answerWithAccount(desk, appointmentId);
