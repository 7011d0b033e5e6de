import { useCallback } from 'react';
import { Temporal } from 'temporal-polyfill';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';

/** When something was written, as short as it can be said: the time today, the day in the last week, or the date. */
export const useShortMoment = () => {
  const formats = useFormats();
  const now = useNow();
  return useCallback(
    (instant: string, zone: string): string => {
      const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate();
      const day = dayOf(Temporal.Instant.from(instant));
      const days = day.until(dayOf(Temporal.Instant.fromEpochMilliseconds(now))).days;
      if (days === 0) return formats.time(instant, zone);
      return days > 0 && days < 7 ? formats.shortDay(day.toString()) : formats.date(day.toString());
    },
    [formats, now],
  );
};
