import type { Desk } from '../desk.ts';

/** The locations that share a clock. Null stands for what has no location, not even by its doctor. */
export interface ZoneGroup {
  zone: string;
  locationIds: ReadonlySet<string | null>;
}

/** The clinic's locations by time zone, deleted ones included, since their past counts. One location when named. */
export const zoneGroups = ({ replica }: Desk, locationId?: string): ZoneGroup[] => {
  const rows = replica
    .statement(
      `select id, timezone zone from clinic_locations where @locationId is null or id = @locationId
       union all select null, timezone from clinics where @locationId is null`,
    )
    .all({ locationId: locationId ?? null }) as { id: string | null; zone: string }[];
  const groups = new Map<string, Set<string | null>>();
  for (const { id, zone } of rows) {
    const ids = groups.get(zone) ?? new Set();
    groups.set(zone, ids.add(id));
  }
  return [...groups].map(([zone, locationIds]) => ({ zone, locationIds }));
};

/** The clinic's first day of the week, ISO 8601. */
export const firstWeekday = ({ replica }: Desk): number =>
  (replica.statement('select first_weekday from clinics limit 1').pluck().get() as number | undefined) ?? 1;
