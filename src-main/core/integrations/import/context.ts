import type { ImportMapping, ImportSource, ImportSourceShown } from '../../../contract/imports.ts';
import { zoneOf } from '../../clinic-zone.ts';
import type { Desk } from '../../desk.ts';
import { outsideId } from '../outside-id.ts';
import { finderIn, noFinder } from './find.ts';
import { readRuns } from './runs.ts';
import type { MapContext, SourceReader } from './source.ts';

/** What of an address may be kept: who and where, and neither password nor anything else. */
export const withoutPassword = (source: ImportSource): ImportSource => {
  if (!('url' in source)) return source;
  const url = new URL(source.url);
  url.password = '';
  url.search = '';
  url.hash = '';
  return { ...source, url: url.href };
};

export const shownOf = (source: ImportSource, { name }: SourceReader): ImportSourceShown => ({
  from: source.from,
  name,
  kind: source.from === 'csv' ? source.kind : null,
});

/** What a mapping names that is not here. */
export const unknownHere = ({ replica }: Desk, { doctors, locationId }: ImportMapping) => {
  const has = (table: 'doctors' | 'clinic_locations', id: string) =>
    replica.statement(`select 1 from ${table} where id = ?`).get(id) !== undefined;
  const doctorId = Object.values(doctors).find((id) => !has('doctors', id));
  if (doctorId !== undefined) return { what: 'doctor', id: doctorId };
  return locationId !== undefined && !has('clinic_locations', locationId)
    ? { what: 'location', id: locationId }
    : null;
};

/** What a mapping works with: names of rows that are the same at every reading of a source of that name. */
export const contextOf = async (
  desk: Desk,
  told: { mapping: ImportMapping; namespace: string; source: ImportSource; now: string },
): Promise<MapContext> => {
  const { mapping, namespace, source, now } = told;
  const { replica } = desk;
  const currency = replica.statement('select currency from clinics').pluck().get() as string | undefined;
  return {
    idOf: (table, sourceId) =>
      (table === 'doctors' ? mapping.doctors[sourceId] : undefined) ??
      outsideId('import', namespace, table, sourceId),
    find:
      source.from === 'csv' && source.kind === 'appointments' ? await finderIn(replica, mapping) : noFinder,
    zone: zoneOf(desk, null),
    currency: currency ?? 'EUR',
    locationId: mapping.locationId ?? null,
    now,
  };
};

/**
 * The name that a source's rows go by unless somebody says another. Messages are numbered as the MySQL clinic that they
 * belong to, so theirs is that of the newest import of one.
 */
export const namespaceOf = (
  { replica }: Desk,
  { from }: ImportSource,
  { identity }: SourceReader,
): string => {
  if (from !== 'messages') return identity;
  return (
    readRuns(replica).find(({ source }) => source.shown.from.startsWith('mysql_'))?.namespace ?? identity
  );
};
