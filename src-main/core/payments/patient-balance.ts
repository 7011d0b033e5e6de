import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { sum } from '../../contract/money.ts';
import type { Account, Balance } from '../../contract/payment.ts';
import type { Money } from '../../contract/values.ts';
import type { Desk, Session } from '../desk.ts';
import { recordsOf } from '../replica/same-person.ts';
import { accountOf, readVisits, type Visit } from './account.ts';
import { isOwed } from './ledger.ts';
import { paymentsOf } from './read.ts';
import { visitBriefs } from './visit-brief.ts';

/** What a patient owes by currency, over the appointments of all records that were merged into this one. */
export const patientBalance = (
  desk: Desk,
  _session: Session,
  { patientId }: ParsedInput<'patientBalance'>,
): CallResult<'patientBalance'> => {
  const records = recordsOf(desk.replica, patientId);
  if (records.length === 0) return refuse('not_found', { what: 'patient', id: patientId });
  const visits = readVisits(
    desk,
    'where a.patient_id in (select value from json_each(?)) order by a.scheduled_at desc, a.id',
    JSON.stringify(records),
  );
  const payments = paymentsOf(
    desk,
    visits.map(({ id }) => id),
  );
  const owed: Money[] = [];
  const shown: [Visit, Account][] = [];
  for (const visit of visits) {
    const account = accountOf(desk, visit, payments.get(visit.id) ?? []);
    const counted = account.balances.map((balance) => owedOf(visit, balance));
    owed.push(...counted);
    if (account.payments.length > 0 || counted.some(({ minor }) => minor !== 0)) shown.push([visit, account]);
  }
  const briefs = visitBriefs(
    desk,
    shown.map(([{ id }]) => id),
  );
  return ok({
    balances: totals(owed),
    visits: shown.flatMap(([{ id }, account]) => {
      const brief = briefs.get(id);
      return brief ? [{ ...brief, account }] : [];
    }),
  });
};

/** The fee of a visit that is still to come is not owed yet; what was paid ahead for it is the patient's until then. */
const owedOf = (visit: Visit, { currency, fee, due }: Balance): Money => ({
  minor: isOwed(visit.status) || visit.fee === null ? due : due - fee,
  currency,
});

const totals = (amounts: readonly Money[]): Money[] => {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return currencies
    .map((currency) =>
      sum(
        amounts.filter((amount) => amount.currency === currency),
        currency,
      ),
    )
    .filter(({ minor }) => minor !== 0);
};
