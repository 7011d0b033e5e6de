import { centralNow } from '../../appointments/held.ts';
import { iso } from '../../clinic-day.ts';
import type { ChangeWriter } from '../../replica/write.ts';
import { appointments } from '../../schema/replica/index.ts';
import type { Scope } from './scope.ts';
import type { Span } from './wall-time.ts';

/** Where an appointment of Neo is to stand. */
export interface Wish extends Span {
  appointmentId: string;
  doctorId: string;
}

/** How it can stand there, in the words of its columns; or the appointment of this clinic that has the time. */
export type Standing = { overbookReason: string | null; overbookedBy: string | null } | { taken: string };

interface InTheWay {
  id: string;
  status: string;
  origin: string;
}

/**
 * Whether an appointment of Neo can stand at its time, by central's own guards: what overlaps with it, and not what
 * stands close by. A time that somebody only holds while a form is open gives way. What Neo itself put on one time twice
 * stands as an overbook, and so does what is over: there is nothing left to decide about either.
 */
export const placeFor = (scope: Scope, change: ChangeWriter, wish: Wish): Standing => {
  const found = findInTheWay(scope, 'doctor_id', wish.doctorId, wish);
  for (const { id } of found.filter(({ status }) => status === 'held'))
    change.update(appointments, id, { status: 'cancelled', cancelledAt: iso(scope.now) });
  const standing = found.filter(({ status }) => status !== 'held');
  const [first] = standing;
  if (!first) return { overbookReason: null, overbookedBy: null };
  const ours = standing.find(({ origin }) => origin !== 'idexx');
  if (ours && wish.end > scope.now) return { taken: ours.id };
  return { overbookReason: 'IDEXX Neo', overbookedBy: scope.userId };
};

/** Whether nobody else is in a room at the time. */
export const isRoomFree = (scope: Scope, roomId: string, wish: Wish): boolean =>
  findInTheWay(scope, 'room_id', roomId, wish).length === 0;

const LONGEST_MS = 12 * 3_600_000;

const findInTheWay = (scope: Scope, of: 'doctor_id' | 'room_id', id: string, wish: Wish): InTheWay[] =>
  scope.desk.replica
    .statement(
      `select id, status, origin from appointments
       where ${of} = @id and scheduled_at > @earliest and scheduled_at < @end and ends_at > @start
         and id <> @appointmentId and overbook_reason is null and status not in ('cancelled', 'no_show', 'left')
         and (status <> 'held' or held_until > @centralNow)
       order by scheduled_at, id`,
    )
    .all({
      ...wish,
      id,
      earliest: wish.start - LONGEST_MS,
      centralNow: centralNow(scope.desk),
    }) as InTheWay[];
