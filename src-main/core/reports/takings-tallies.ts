import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { TakingsTally } from '../../contract/report.ts';
import { dayBounds } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { letOthersGo } from '../let-others-go.ts';
import { daysBetween, weekOf } from './days.ts';
import { firstWeekday, zoneGroups } from './places.ts';

/** Rows of one slice where no index leads to a day. */
const SLICE = 1000;

/**
 * Takings by week, location, doctor, method and currency: what was paid, and apart from it what refunds and voids
 * gave back. A payment counts on its business day at its location; one from before there were business days, on the
 * day it was paid by the clock of where the visit was. Needs the right to read payments too.
 */
export const takingsTallies = async (
  desk: Desk,
  session: Session,
  { from, to, locationId }: ParsedInput<'takingsTallies'>,
): Promise<CallResult<'takingsTallies'>> => {
  if (!session.rights.has('payments.read')) return refuse('not_allowed', { right: 'payments.read' });
  const groups = zoneGroups(desk, locationId);
  if (groups.length === 0) return refuse('not_found', { what: 'location', id: locationId });
  const first = firstWeekday(desk);
  const zones = new Map(groups.flatMap(({ zone, locationIds }) => [...locationIds].map((id) => [id, zone])));
  const sheet = new TakingsSheet((day) => weekOf(day, first));
  for (const id of zones.keys())
    if (id !== null)
      for (const day of daysBetween(from, to)) {
        sheet.add(dated(desk, id, day).map((row) => ({ ...row, day })));
        await letOthersGo();
      }
  const days = daysBetween(from, to);
  const dayIn = new Map(groups.map(({ zone }) => [zone, dayFinder(days, zone)]));
  for await (const rows of undated(desk))
    sheet.add(
      rows.flatMap((row) => {
        const day = dayIn.get(zones.get(row.locationId) ?? '')?.(row.paidAt);
        return day === undefined ? [] : [{ ...row, day }];
      }),
    );
  return ok(sheet.tallies());
};

/** Which of these days of a zone an instant (epoch milliseconds) lies in; asking the calendar for each takes too long. */
const dayFinder = (days: readonly string[], zone: string): ((at: number) => string | undefined) => {
  const bounds = days.map((day) => ({ day, ...dayBounds(day, zone) }));
  return (at) => bounds.find(({ start, end }) => at >= start && at < end)?.day;
};

type Taken = Omit<TakingsTally, 'week'>;

const AMOUNTS = `
  iif(p.kind = 'payment', p.amount_cents, 0) paidMinor,
  iif(p.kind = 'payment', 0, p.amount_cents) returnedMinor`;
/** Money that has moved; a refund of its own row carries `refunded` where it came from elsewhere. */
const MOVED = `p.status in ('paid', 'refunded')`;

const dated = ({ replica }: Desk, locationId: string, day: string): Taken[] =>
  replica
    .statement(
      `select p.location_id locationId, a.doctor_id doctorId, p.method, p.currency, ${AMOUNTS}
       from payments p left join appointments a on a.id = p.appointment_id
       where p.location_id = ? and p.business_day = ? and ${MOVED}`,
    )
    .all(locationId, day) as Taken[];

/** Payments without a business day, slice by slice in the order in which they came here. */
async function* undated(desk: Desk): AsyncGenerator<(Taken & { paidAt: number })[]> {
  const locations = desk.replica
    .statement('select null id union all select id from clinic_locations')
    .pluck()
    .all() as (string | null)[];
  for (const locationId of locations) {
    let after = 0;
    for (;;) {
      const rows = desk.replica
        .statement(
          `select p.rowid at, coalesce(p.location_id, a.location_id, d.location_id) locationId,
             a.doctor_id doctorId, p.method, p.currency, ${AMOUNTS}, coalesce(p.paid_at, p.created_at) paidAt,
             ${MOVED} moved
           from payments p left join appointments a on a.id = p.appointment_id
             left join doctors d on d.id = a.doctor_id
           where p.location_id is ? and p.business_day is null and p.rowid > ?
           order by p.rowid limit ${SLICE}`,
        )
        .all(locationId, after) as (Taken & { at: number; paidAt: number; moved: 0 | 1 })[];
      yield rows.filter(({ moved }) => moved === 1);
      const last = rows.at(-1);
      if (!last || rows.length < SLICE) break;
      after = last.at;
      await letOthersGo();
    }
  }
}

/** Adds amounts up by week, location, doctor, method and currency. */
class TakingsSheet {
  readonly #tallies = new Map<string, TakingsTally>();
  readonly #weekOf: (day: string) => string;

  constructor(week: (day: string) => string) {
    this.#weekOf = week;
  }

  add(rows: readonly (Taken & { day: string })[]): void {
    for (const { day, locationId, doctorId, method, currency, paidMinor, returnedMinor } of rows) {
      const week = this.#weekOf(day);
      const key = [week, locationId, doctorId, method, currency].join(' ');
      const tally = this.#tallies.get(key);
      if (tally) {
        tally.paidMinor += paidMinor;
        tally.returnedMinor += returnedMinor;
      } else {
        this.#tallies.set(key, { week, locationId, doctorId, method, currency, paidMinor, returnedMinor });
      }
    }
  }

  tallies(): TakingsTally[] {
    return [...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
  }
}
