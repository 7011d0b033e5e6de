import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { CashUp } from '../../contract/payment.ts';
import { iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';

const SELECT = `
  select c.id, c.location_id locationId, c.business_day businessDay, c.currency, c.lines, c.note,
    c.closed_at closedAt, u.display_name closedBy,
    exists (
      select 1 from outbox_rows w join outbox o on o.desk_seq = w.desk_seq
      where w.table_name = 'cash_ups' and w.row_id = c.id and o.state = 'waiting'
    ) provisional
  from cash_ups c left join users u on u.id = c.closed_by`;

type Row = Omit<CashUp, 'lines' | 'closedAt' | 'provisional'> & {
  lines: string;
  closedAt: number;
  provisional: 0 | 1;
};

/** Cash-ups as the screens see them. `where` is written in code and names the cash-up `c`. */
export const readCashUps = ({ replica }: Desk, where: string, ...parameters: unknown[]): CashUp[] =>
  (replica.statement(`${SELECT} ${where}`).all(...parameters) as Row[]).map((row) => ({
    ...row,
    lines: JSON.parse(row.lines) as CashUp['lines'],
    closedAt: iso(row.closedAt),
    provisional: row.provisional === 1,
  }));

/** One cash-up. */
export const cashUp = (
  desk: Desk,
  _session: Session,
  { cashUpId }: ParsedInput<'cashUp'>,
): CallResult<'cashUp'> => {
  const [found] = readCashUps(desk, 'where c.id = ?', cashUpId);
  return found ? ok(found) : refuse('not_found', { what: 'cashUp', id: cashUpId });
};

/** The cash-ups of a location, newest day first. */
export const cashUps = (
  desk: Desk,
  _session: Session,
  { locationId, limit }: ParsedInput<'cashUps'>,
): CallResult<'cashUps'> =>
  ok(
    readCashUps(
      desk,
      'where c.location_id = ? order by c.business_day desc, c.currency limit ?',
      locationId,
      limit,
    ),
  );
