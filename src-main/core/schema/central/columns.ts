import { bigint, customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** An instant: stored in UTC with millisecond precision, read as ISO 8601 text. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * What every row of a clinic carries. `id` is a UUIDv7 made at the desk; `rev` is the number of the
 * commit that last touched the row and is stamped, like `updated_at`, by the trigger `stamp_row`.
 */
export const clinicRow = () => ({
  clinicId: uuid('clinic_id').notNull(),
  id: uuid('id').notNull(),
  rev: bigint('rev', { mode: 'number' }).notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});
