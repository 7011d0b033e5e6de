import { Temporal } from 'temporal-polyfill';
import type { IdexxSettings } from '../../../contract/integrations.ts';
import { wallClock } from '../../appointments/wall-clock.ts';
import { localTime } from '../../clinic-day.ts';
import type { Desk } from '../../desk.ts';
import type { Due } from '../connector.ts';

/** When a clinic opens and closes on a day, by its clock (`HH:MM`); null where it is closed. */
export type Hours = { opens: string; closes: string } | null;

type When = Pick<IdexxSettings, 'everyMinutes' | 'atOpening' | 'atClosing'>;

/**
 * When the next run is due: so many minutes after the last one, or when the clinic opens or closes after it, whichever is
 * first. One that was missed while the desk was off is due at once; where there was none yet, now. `hours` says them of a
 * day (`2026-11-24`); instants in epoch milliseconds.
 */
export const nextDue = (
  lastRunAt: number | null,
  now: number,
  { everyMinutes, atOpening, atClosing }: When,
  zone: string,
  hours: (day: string) => Hours,
): Due => {
  if (lastRunAt === null) return { at: now, reason: 'schedule' };
  const dues: Due[] = [{ at: lastRunAt + everyMinutes * 60_000, reason: 'schedule' }];
  const today = localTime(lastRunAt, zone).toPlainDate();
  for (const day of [today, today.add({ days: 1 })].map(String)) {
    const open = hours(day);
    if (open && atOpening) dues.push({ at: wallClock(day, open.opens, zone), reason: 'opening' });
    if (open && atClosing) dues.push({ at: wallClock(day, open.closes, zone), reason: 'closing' });
  }
  return dues.filter(({ at }) => at > lastRunAt).reduce((first, due) => (due.at < first.at ? due : first));
};

/** The hours of a day by the weekly templates of all doctors. */
export const readHours = ({ replica }: Desk, day: string): Hours => {
  const { opens, closes } = replica
    .statement(
      `select min(starts_local) opens, max(ends_local) closes from schedule_templates
       where deleted_at is null and weekday = @weekday and valid_from <= @day
         and (valid_until is null or valid_until >= @day)`,
    )
    .get({ day, weekday: Temporal.PlainDate.from(day).dayOfWeek }) as Record<
    'opens' | 'closes',
    string | null
  >;
  return opens === null || closes === null ? null : { opens, closes };
};
