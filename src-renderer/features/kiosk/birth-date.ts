import { Temporal } from 'temporal-polyfill';
import { Day } from '../../../src-main/contract/values.ts';

export interface TypedDate {
  day: string;
  month: string;
  year: string;
}

/** The day that three fields name, `1980-03-12`, or null where they name none or one that is still to come. */
export const birthDateOf = ({ day, month, year }: TypedDate, today: string): string | null => {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  try {
    const date = Temporal.PlainDate.from(
      { day: Number(day), month: Number(month), year: Number(year) },
      { overflow: 'reject' },
    ).toString();
    return date <= today && Day.safeParse(date).success ? date : null;
  } catch {
    return null;
  }
};
