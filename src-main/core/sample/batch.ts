import type { InferInsertModel } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** Rows of one table, all with the same columns set. */
export interface Batch {
  table: PgTable;
  rows: readonly object[];
}

/** Rows of one table, checked against the table's columns; `rev` is given by who stores them. */
export const batch = <T extends PgTable>(
  table: T,
  rows: readonly Omit<InferInsertModel<T>, 'rev'>[],
): Batch => ({
  table,
  rows,
});
