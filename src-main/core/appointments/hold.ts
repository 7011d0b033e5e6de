import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { readVisitType } from './grid.ts';
import { centralNow, HOLD_MS, holderName } from './held.ts';
import { visitOf } from './next-free.ts';
import { findPlace, type Place } from './placement.ts';

/**
 * Holds a time while a booking form is open on it, so that the other desks see it taken: five minutes, whatever becomes
 * of this desk. The desk's earlier hold of that time ends. Without a connection nobody would see it, so nothing is
 * held: a booking needs no hold. Should another desk be first, central's no is dropped in silence, since the form
 * shows by `checkPlace` who has the time.
 */
export const hold = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'hold'>,
  online: boolean,
): CallResult<'hold'> => {
  const place = placeFor(desk, session, input);
  if (!place.ok) return place;
  if (!online) return ok({ holdId: null });
  endOwnHolds(desk, place.value);
  const holdId = desk.newId();
  // By nobody: it is the desk that holds, and no action of a person that could be taken back.
  writeChange(desk, { kind: 'hold', actor: null }, (change) =>
    change.insert(appointments, {
      id: holdId,
      ...place.value,
      roomId: null,
      status: 'held',
      appointmentType: 'in_person',
      origin: 'desk',
      heldUntil: new Date(centralNow(desk) + HOLD_MS).toISOString(),
      heldBy: holderName(desk),
    }),
  );
  return ok({ holdId });
};

/** Lets a held time go. One that has ended, or that central never took, is gone already. */
export const release = (
  desk: Desk,
  _session: Session,
  { holdId }: ParsedInput<'release'>,
): CallResult<'release'> => {
  const held = desk.replica
    .statement(`select 1 from appointments where id = ? and status = 'held'`)
    .get(holdId);
  if (held !== undefined) endHold(desk, holdId);
  return ok({});
};

/** What would refuse a booking now, for a form that is open; this desk's own hold is not in its way. */
export const checkPlace = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'checkPlace'>,
): CallResult<'checkPlace'> => {
  const place = placeFor(desk, session, input);
  return place.ok ? ok({}) : place;
};

const placeFor = (desk: Desk, session: Session, input: ParsedInput<'checkPlace'>) => {
  const visitType = input.visitTypeId === undefined ? undefined : readVisitType(desk, input.visitTypeId);
  if (input.visitTypeId !== undefined && !visitType)
    return refuse('not_found', { what: 'visitType', id: input.visitTypeId });
  return findPlace(desk, session, {
    slotId: input.slotId,
    visit: visitOf(visitType, input.durationMinutes),
    overOwnHolds: true,
  });
};

const OWN_HOLDS = `select id from appointments
  where doctor_id = @doctorId and status = 'held' and held_by = @heldBy and scheduled_at < @end and ends_at > @start
    and scheduled_at > @start - ${12 * 3_600_000}`;

/**
 * Ends what this desk holds of a doctor's time in a stretch: before a booking takes it. Each is a change of its own
 * before the booking's, so that a hold which central never took does not take the booking along.
 */
export const endOwnHolds = (
  desk: Desk,
  { doctorId, scheduledAt, endsAt }: Pick<Place, 'doctorId' | 'scheduledAt' | 'endsAt'>,
): void => {
  const held = desk.replica
    .statement(OWN_HOLDS)
    .pluck()
    .all({
      doctorId,
      heldBy: holderName(desk),
      start: Date.parse(scheduledAt),
      end: Date.parse(endsAt),
    }) as string[];
  for (const id of held) endHold(desk, id);
};

const endHold = (desk: Desk, id: string): void =>
  writeChange(desk, { kind: 'release', actor: null }, (change) =>
    change.update(appointments, id, { status: 'cancelled', cancelledAt: desk.now() }),
  );
