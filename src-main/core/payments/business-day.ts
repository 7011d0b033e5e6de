import { Temporal } from 'temporal-polyfill';
import { dayOf } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk } from '../desk.ts';

/** Today by a location's clock. */
export const todayAt = (desk: Desk, locationId: string | null): string =>
  dayOf(Date.parse(desk.now()), zoneOf(desk, locationId));

/** Whether a location's day is cashed up in a currency. */
export const isCashedUp = ({ replica }: Desk, locationId: string, day: string, currency: string): boolean =>
  replica
    .statement('select 1 from cash_ups where location_id = ? and business_day = ? and currency = ?')
    .get(locationId, day, currency) !== undefined;

/**
 * The day that money of now belongs to: today, or the day after once today is cashed up. That one is open, since no day
 * is cashed up before it has begun.
 */
export const openDay = (desk: Desk, locationId: string, currency: string): string => {
  const today = todayAt(desk, locationId);
  if (!isCashedUp(desk, locationId, today, currency)) return today;
  return Temporal.PlainDate.from(today).add({ days: 1 }).toString();
};
