import { useMemo } from 'react';
import { useFormats } from '../../i18n/format.ts';

/** The name of an ISO weekday in the language of the screen: 1 is Monday. */
export const useWeekday = (): ((weekday: number) => string) => {
  const { locale } = useFormats();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    // The first of January 2024 was a Monday.
    return (weekday: number) => format.format(Date.UTC(2024, 0, weekday));
  }, [locale]);
};
