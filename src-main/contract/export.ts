import { z } from 'zod';

/**
 * Part of an iCalendar file: `head`, then the `events` of every part in order, then `tail`. The head holds the zone's
 * rules for the whole range.
 */
export const CalendarPart = z.object({ head: z.string(), events: z.string(), tail: z.string() });
export type CalendarPart = z.infer<typeof CalendarPart>;

/** How much of a patient's name leaves the clinic. */
export const NamesShown = z.enum(['none', 'initials', 'full']);
export type NamesShown = z.infer<typeof NamesShown>;

/** An entry of a FHIR R4 Bundle; parts may repeat an entry, which stands in the Bundle once by its `fullUrl`. */
export const BundleEntry = z.object({
  fullUrl: z.string(),
  resource: z.looseObject({ resourceType: z.string(), id: z.string() }),
});
export type BundleEntry = z.infer<typeof BundleEntry>;

/** A table that can be exported, and how many rows this desk holds of it. */
export const ExportTable = z.object({ name: z.string(), rows: z.int() });
export type ExportTable = z.infer<typeof ExportTable>;

/** Part of a CSV file. The first one has the head line. */
export const TablePart = z.object({
  text: z.string(),
  rows: z.int(),
  /** Where the next part begins; null at the end. */
  next: z.string().nullable(),
});
export type TablePart = z.infer<typeof TablePart>;
