import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { cashUps } from '../schema/replica/index.ts';
import { isCashedUp, todayAt } from './business-day.ts';
import { readCashUps } from './cash-ups.ts';
import { takingsByMethod } from './ledger.ts';
import { dayPayments } from './takings.ts';

/**
 * Cashes up a day in one currency. What the person saw as expected must still be so when it is saved, here and again in
 * central, which may know payments of other desks; a difference to what was counted needs a note.
 */
export const closeDay = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'closeDay'>,
): CallResult<'closeDay'> => {
  const why = whyNot(desk, input);
  if (why) return why;
  const id = desk.newId();
  writeChange(desk, { kind: 'closeDay', actor: session.userId }, (change) =>
    change.insert(cashUps, {
      id,
      locationId: input.locationId,
      businessDay: input.date,
      currency: input.currency,
      lines: input.lines.filter(({ expected, counted }) => expected !== 0 || counted !== 0),
      note: input.note || null,
      closedAt: desk.now(),
      closedBy: session.userId,
    }),
  );
  const [closed] = readCashUps(desk, 'where c.id = ?', id);
  return closed ? ok(closed) : refuse('not_found', { what: 'cashUp', id });
};

const whyNot = (
  desk: Desk,
  { locationId, date, currency, lines, note }: ParsedInput<'closeDay'>,
): Result<never> | undefined => {
  if (!desk.replica.statement('select 1 from clinic_locations where id = ?').get(locationId))
    return refuse('not_found', { what: 'location', id: locationId });
  if (date > todayAt(desk, locationId)) return refuse('day_to_come', { date });
  if (isCashedUp(desk, locationId, date, currency)) return refuse('day_closed', { date });
  const expected = takingsByMethod(dayPayments(desk, locationId, date), currency);
  const seen = (method: string) => lines.filter((line) => line.method === method);
  const same = expected.every(({ method, expected: there }) => {
    const [line, ...more] = seen(method);
    return more.length === 0 && (line?.expected ?? 0) === there;
  });
  if (!same) return refuse('takings_changed');
  if (!note && lines.some((line) => line.counted !== line.expected)) return refuse('note_needed');
  return undefined;
};
