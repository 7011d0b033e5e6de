import type { Desk } from './desk.ts';

/** The time zone of a location, or the clinic's own where none is named. */
export const zoneOf = ({ replica }: Desk, locationId: string | null): string =>
  (replica
    .statement(
      `select timezone from clinic_locations where id = ? union all select timezone from clinics limit 1`,
    )
    .pluck()
    .get(locationId) as string | undefined) ?? 'UTC';
