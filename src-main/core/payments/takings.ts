import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Payment, Takings } from '../../contract/payment.ts';
import { dayBounds } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { fullName } from '../patients/patient.ts';
import { accountOf, clinicCurrency, readVisits } from './account.ts';
import { readCashUps } from './cash-ups.ts';
import { isOwed, takingsByMethod } from './ledger.ts';
import { paymentsOf } from './read.ts';
import { visitBriefs } from './visit-brief.ts';

/** A location's day of money: by method and currency, its payments, the visits that owe, and its cash-ups. */
export const takings = (
  desk: Desk,
  _session: Session,
  { locationId, date }: ParsedInput<'takings'>,
): CallResult<'takings'> => {
  const zone = desk.replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  if (zone === undefined) return refuse('not_found', { what: 'location', id: locationId });
  const payments = dayPayments(desk, locationId, date);
  const closed = readCashUps(desk, 'where c.location_id = ? and c.business_day = ?', locationId, date);
  const briefs = visitBriefs(desk, [...new Set(payments.map(({ appointmentId }) => appointmentId))]);
  return ok({
    locationId,
    date,
    currencies: currenciesOf(desk, payments, closed).map((currency) => ({
      currency,
      methods: takingsByMethod(payments, currency),
      cashUp: closed.find((cashUp) => cashUp.currency === currency) ?? null,
    })),
    payments: payments.map((payment) => {
      const patient = briefs.get(payment.appointmentId)?.patient;
      return { ...payment, patientName: patient ? fullName(patient.firstName, patient.lastName) : '' };
    }),
    open: openVisits(desk, locationId, date, zone),
    waiting: waitingChanges(desk),
  });
};

/** The payments that belong to a location's day, in the order of paying. */
export const dayPayments = (desk: Desk, locationId: string, date: string): Payment[] => {
  const appointmentIds = desk.replica
    .statement('select distinct appointment_id from payments where location_id = ? and business_day = ?')
    .pluck()
    .all(locationId, date) as string[];
  return [...paymentsOf(desk, appointmentIds).values()]
    .flat()
    .filter((payment) => payment.locationId === locationId && payment.businessDay === date)
    .sort((a, b) => (a.paidAt ?? '').localeCompare(b.paidAt ?? '') || a.id.localeCompare(b.id));
};

const currenciesOf = (
  desk: Desk,
  payments: readonly Payment[],
  closed: readonly { currency: string }[],
): string[] => {
  const others = new Set([
    ...payments.map(({ amount }) => amount.currency),
    ...closed.map(({ currency }) => currency),
  ]);
  const own = clinicCurrency(desk);
  others.delete(own);
  return [own, ...[...others].sort()];
};

const openVisits = (desk: Desk, locationId: string, date: string, zone: string): Takings['open'] => {
  const day = dayBounds(date, zone);
  const visits = readVisits(
    desk,
    `where a.scheduled_at >= ? and a.scheduled_at < ? and coalesce(a.location_id, d.location_id) = ?
     order by a.scheduled_at, a.id`,
    day.start,
    day.end,
    locationId,
  ).filter(({ status }) => isOwed(status));
  const payments = paymentsOf(
    desk,
    visits.map(({ id }) => id),
  );
  const due = visits.flatMap((visit) => {
    const [balance] = accountOf(desk, visit, payments.get(visit.id) ?? []).balances;
    return balance && balance.due > 0
      ? [{ id: visit.id, due: { minor: balance.due, currency: balance.currency } }]
      : [];
  });
  const briefs = visitBriefs(
    desk,
    due.map(({ id }) => id),
  );
  return due.flatMap(({ id, due: owed }) => {
    const brief = briefs.get(id);
    return brief ? [{ ...brief, due: owed }] : [];
  });
};

const waitingChanges = ({ replica }: Desk): number =>
  replica
    .statement(
      `select count(distinct c.desk_seq) from outbox_rows w join outbox c on c.desk_seq = w.desk_seq
       where w.table_name in ('payments', 'cash_ups') and c.state = 'waiting'`,
    )
    .pluck()
    .get() as number;
