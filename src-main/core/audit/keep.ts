import { Temporal } from 'temporal-polyfill';

/** Medical practice keeps its audit for so long; idexx-sync-schema asks for six years. */
export const KEEP_YEARS = 6;

/** The latest month (`2020-11`) before whose first day nothing has to be kept any more. `now` is ISO 8601 UTC. */
export const keptFrom = (now: string, keepYears: number): string =>
  Temporal.Instant.from(now)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .subtract({ years: keepYears })
    .toPlainYearMonth()
    .toString();
