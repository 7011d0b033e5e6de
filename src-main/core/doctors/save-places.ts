import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { clinicLocations, rooms } from '../schema/replica/index.ts';
import { isThere, nextPlace } from './rows.ts';

/** Adds a location or changes one. Its slots follow its clock (`schedules/slot-job.ts`). */
export const saveLocation = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'saveLocation'>,
): CallResult<'saveLocation'> => {
  const { id, nameEl, addressLine2, postalCode, phone, ...rest } = input;
  if (id !== undefined && !isThere(desk, 'clinic_locations', id))
    return refuse('not_found', { what: 'location', id });
  const row = {
    ...rest,
    nameEl: nameEl || null,
    addressLine2: addressLine2 || null,
    postalCode: postalCode || null,
    phone: phone || null,
  };
  const saved = id ?? desk.newId();
  writeChange(desk, { kind: 'saveLocation', actor: session.userId }, (change) =>
    id === undefined
      ? change.insert(clinicLocations, { id: saved, ...row })
      : change.update(clinicLocations, id, row),
  );
  return ok({ id: saved });
};

/** Adds a room or renames one. A name is a location's only once, also among rooms out of use: that one comes back. */
export const saveRoom = (
  desk: Desk,
  session: Session,
  { id, locationId, name, nameEl }: ParsedInput<'saveRoom'>,
): CallResult<'saveRoom'> => {
  if (!isThere(desk, 'clinic_locations', locationId))
    return refuse('not_found', { what: 'location', id: locationId });
  if (id !== undefined && !isThere(desk, 'rooms', id)) return refuse('not_found', { what: 'room', id });
  const namesake = desk.replica
    .statement(
      'select id, deleted_at deletedAt from rooms where location_id = ? and name = ? and id is not ?',
    )
    .get(locationId, name, id ?? null) as { id: string; deletedAt: number | null } | undefined;
  if (namesake && (id !== undefined || namesake.deletedAt === null)) return refuse('name_in_use', { name });
  const saved = id ?? namesake?.id ?? desk.newId();
  const row = { name, nameEl: nameEl || null };
  writeChange(desk, { kind: 'saveRoom', actor: session.userId }, (change) => {
    if (id !== undefined) change.update(rooms, id, row);
    else if (namesake) change.update(rooms, namesake.id, { ...row, deletedAt: null });
    else {
      const sortOrder = nextPlace(
        desk,
        'select max(sort_order) from rooms where location_id = ?',
        locationId,
      );
      change.insert(rooms, { id: saved, locationId, ...row, sortOrder });
    }
  });
  return ok({ id: saved });
};
