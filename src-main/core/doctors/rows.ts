import type { Desk } from '../desk.ts';

type Named = 'clinic_locations' | 'rooms' | 'specialties' | 'visit_types' | 'doctors';

/** Whether there is such a row, in use or not. */
export const isThere = ({ replica }: Desk, table: Named, id: string): boolean =>
  replica.statement(`select 1 from ${table} where id = ?`).get(id) !== undefined;

/** The place after the last one; `sql` asks for the highest there is. */
export const nextPlace = ({ replica }: Desk, sql: string, ...parameters: string[]): number =>
  ((replica
    .statement(sql)
    .pluck()
    .get(...parameters) as number | null) ?? 0) + 1;
