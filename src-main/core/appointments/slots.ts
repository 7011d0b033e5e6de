import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { dayBounds, iso } from '../clinic-day.ts';
import { zoneOf } from '../clinic-zone.ts';
import type { Desk, Session } from '../desk.ts';
import { readKept } from '../leases/kept.ts';
import { readSlots, readTaken, readVisitType } from './grid.ts';
import { visitOf } from './next-free.ts';
import { isFree } from './slot.ts';

const DAY = 86_400_000;

/**
 * A doctor's slots of one day, and which of them a visit can begin with: of the length asked for, else the visit type's,
 * else the slot's own. The day is the given location's, else that of the doctor's home location.
 */
export const slots = (desk: Desk, _session: Session, input: ParsedInput<'slots'>): CallResult<'slots'> => {
  const { doctorId, locationId, visitTypeId } = input;
  const doctor = desk.replica
    .statement('select location_id locationId from doctors where id = ?')
    .get(doctorId) as { locationId: string | null } | undefined;
  if (!doctor) return refuse('not_found', { what: 'doctor', id: doctorId });
  if (locationId !== undefined && !isLocation(desk, locationId))
    return refuse('not_found', { what: 'location', id: locationId });
  const visitType = visitTypeId === undefined ? undefined : readVisitType(desk, visitTypeId);
  if (visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: visitTypeId });

  const now = Date.parse(desk.now());
  const visit = visitOf(visitType, input.durationMinutes);
  const day = dayBounds(input.date, zoneOf(desk, locationId ?? doctor.locationId));
  // A visit may reach past midnight, so the following slots are read too.
  const grid = readSlots(desk, [doctorId], day.start, day.end + DAY);
  const taken = [
    ...readTaken(desk, [doctorId], day.start, day.end + DAY),
    ...readKept(desk, [doctorId], day.start, day.end + DAY),
  ];
  return ok(
    grid.flatMap((slot, index) => {
      if (slot.start >= day.end) return [];
      if (locationId !== undefined && slot.locationId !== null && slot.locationId !== locationId) return [];
      const wanted = visit ?? { length: slot.end - slot.start, bufferBefore: 0, bufferAfter: 0 };
      const free = isFree(grid, index, taken, wanted, now);
      return [{ ...slot, start: iso(slot.start), end: iso(slot.end), free }];
    }),
  );
};

const isLocation = ({ replica }: Desk, id: string): boolean =>
  replica.statement('select 1 from clinic_locations where id = ?').get(id) !== undefined;
