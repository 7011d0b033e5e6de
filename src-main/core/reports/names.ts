import type { CallResult } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { Desk } from '../desk.ts';
import { doctorNames } from '../doctors/names.ts';

/** What the lines of a report are called, in board order. Who left and what was closed still has a past. */
export const reportNames = (desk: Desk): CallResult<'reportNames'> => {
  const name = doctorNames(desk);
  const doctors = desk.replica
    .statement('select id from doctors order by sort_order, last_name, id')
    .pluck()
    .all() as string[];
  const locations = desk.replica
    .statement('select id, name, name_el nameEl from clinic_locations order by name, id')
    .all() as { id: string; name: string; nameEl: string | null }[];
  return ok({
    doctors: doctors.map((id) => ({ id, name: name(id) })),
    locations: locations.map((row) => ({ id: row.id, name: { en: row.name, el: row.nameEl ?? row.name } })),
  });
};
