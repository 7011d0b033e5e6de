import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import { centralNow } from '../appointments/held.ts';
import type { Taken, Wanted } from '../appointments/slot.ts';
import { dayBounds, iso } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { leaseDeskName, leasesBetween, type SlotLease } from '../replica/slot-leases.ts';

/** A desk that has not given a slot back for so long is not there: central waits no longer either. */
const PATIENCE_MS = 5_000;

/** Another desk that keeps a time. */
export interface Keeper {
  deskName: string | null;
  start: number;
}

/**
 * The other desk for which time is kept that somebody wants, where it cannot be asked for: there is no connection, or that
 * desk does not answer. With a connection central asks for it when the booking arrives.
 */
export const keeperOf = (
  desk: Desk,
  { slotId, doctorId, roomId, start, length }: Wanted,
): Keeper | undefined => {
  const inTheWay = (lease: SlotLease): boolean =>
    lease.id === slotId || lease.doctorId === doctorId || (roomId !== null && lease.roomId === roomId);
  const doctors = roomId === null ? [doctorId] : null;
  const kept = outOfReach(desk, leasesBetween(desk.replica, doctors, start, start + length)).find(inTheWay);
  return kept && { deskName: leaseDeskName(desk.replica, kept.deskId), start: kept.start };
};

/** Times of some doctors that are kept for other desks and cannot be asked for, as what is in the way of a visit. */
export const readKept = (desk: Desk, doctorIds: readonly string[], from: number, to: number): Taken[] =>
  outOfReach(desk, leasesBetween(desk.replica, doctorIds, from, to)).map((lease) => ({
    id: lease.id,
    slotId: lease.id,
    doctorId: lease.doctorId,
    roomId: lease.roomId,
    start: lease.start,
    end: lease.end,
    bufferBefore: 0,
    bufferAfter: 0,
    heldBy: leaseDeskName(desk.replica, lease.deskId),
  }));

/** Whether a room is kept for another desk at a time: nobody is put into it by the way. */
export const isRoomKept = (desk: Desk, roomId: string, from: number, to: number): boolean => {
  const kept = leasesBetween(desk.replica, null, from, to).filter((lease) => lease.roomId === roomId);
  if (kept.length === 0) return false;
  const { deskId } = readDeskState(desk.replica);
  return kept.some((lease) => lease.deskId !== deskId);
};

const outOfReach = (desk: Desk, leases: readonly SlotLease[]): SlotLease[] => {
  if (leases.length === 0) return [];
  const { deskId } = readDeskState(desk.replica);
  const since = desk.isConnected?.() ? centralNow(desk) - PATIENCE_MS : Number.POSITIVE_INFINITY;
  return leases.filter(
    (lease) => lease.deskId !== deskId && (!desk.isConnected?.() || (lease.wantedAt ?? since + 1) <= since),
  );
};

interface KeptRow {
  slotId: string;
  doctorId: string;
  start: number;
  end: number;
  deskId: string;
  incarnation: string;
}

/** The free slots of a location's day that are kept for a desk, this one's own too. */
export const keptSlots = (
  desk: Desk,
  _session: Session,
  { date, locationId }: ParsedInput<'keptSlots'>,
): CallResult<'keptSlots'> => {
  const { replica } = desk;
  const timezone = replica
    .statement('select timezone from clinic_locations where id = ?')
    .pluck()
    .get(locationId) as string | undefined;
  if (timezone === undefined) return refuse('not_found', { what: 'location', id: locationId });
  const day = dayBounds(date, timezone);
  const rows = replica
    .statement(
      `select l.id slotId, l.doctor_id doctorId, l.starts_at start, l.ends_at "end", l.desk_id deskId, l.incarnation
       from slot_leases l join doctor_time_slots s on s.id = l.id
         left join doctors d on s.location_id is null and d.id = s.doctor_id
       where l.desk_id is not null and l.starts_at >= @start and l.starts_at < @end
         and s.deleted_at is null and s.is_available and coalesce(s.location_id, d.location_id) = @locationId
         and not exists (select 1 from appointments a where a.doctor_id = l.doctor_id
           and a.scheduled_at > l.starts_at - ${12 * 3_600_000} and a.scheduled_at < l.ends_at and a.ends_at > l.starts_at
           and a.status not in ('cancelled', 'no_show', 'left'))
       order by l.starts_at, l.id`,
    )
    .all({ ...day, locationId }) as KeptRow[];
  const { deskId, deskName, incarnation } = readDeskState(replica);
  return ok(
    rows.map((row) => ({
      slotId: row.slotId,
      doctorId: row.doctorId,
      start: iso(row.start),
      end: iso(row.end),
      deskName: row.deskId === deskId ? deskName : leaseDeskName(replica, row.deskId),
      own: row.deskId === deskId && row.incarnation === incarnation,
    })),
  );
};
