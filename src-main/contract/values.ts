import { z } from 'zod';

/** A UUID; Anteroom's own are version 7. */
export const Id = z.uuid();
/** An instant in UTC, ISO 8601 with milliseconds: `2026-11-24T07:00:00.000Z`. */
export const Instant = z.iso.datetime({ precision: 3 });
/** A calendar day with no zone, of the years 1800 to 2199: `2026-11-24`. */
export const Day = z.iso.date().refine((day) => day >= '1800' && day < '2200');
/** An IANA time zone, such as `Europe/Athens`. */
export const TimeZone = z.string().min(1).max(64);

/** An amount in minor units of an ISO 4217 currency. */
export const Money = z.object({ minor: z.int(), currency: z.string().length(3) });
export type Money = z.infer<typeof Money>;

/** A name in both languages of the clinic. */
export const Bilingual = z.object({ en: z.string(), el: z.string() });
export type Bilingual = z.infer<typeof Bilingual>;

/** A stretch of time, its end not included. */
export const Stretch = z.object({ start: Instant, end: Instant });
export type Stretch = z.infer<typeof Stretch>;
