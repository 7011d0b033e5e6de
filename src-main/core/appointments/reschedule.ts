import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { appointments } from '../schema/replica/index.ts';
import { findAppointment } from './found.ts';
import { readSlot, readVisitType } from './grid.ts';
import { refuseMove } from './move.ts';
import { refuseOwned } from './owned.ts';
import { findPlace } from './placement.ts';
import { answerWith } from './view.ts';

/**
 * Moves an appointment to another slot, keeping its length; it is not in its own way. A room that is asked for must be
 * free then; else, with the same doctor at the same location, it keeps its room where that is free. Only what is booked
 * or requested can be moved.
 */
export const reschedule = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'reschedule'>,
): CallResult<'reschedule'> => {
  const { appointmentId, slotId, roomId: wantedRoom, overbook } = input;
  const appointment = findAppointment(desk, appointmentId);
  if (!appointment) return refuse('not_found', { what: 'appointment', id: appointmentId });
  const owned = refuseOwned(appointment);
  if (owned) return owned;
  const { status, doctorId, locationId, roomId, visitTypeId, start, end } = appointment;
  if (status !== 'scheduled' && status !== 'pending') return refuseMove(status, 'scheduled');

  const slot = readSlot(desk, slotId);
  const staysThen = slot && appointment.slotId === slotId && slot.start === Date.parse(start);
  if (staysThen && (wantedRoom === undefined || wantedRoom === roomId))
    return answerWith(desk, appointmentId);
  const buffers = (visitTypeId && readVisitType(desk, visitTypeId)) || { bufferBefore: 0, bufferAfter: 0 };
  const staysInPlace = slot?.doctorId === doctorId && slot.locationId === locationId;
  const place = findPlace(desk, session, {
    slotId,
    visit: { ...buffers, length: Date.parse(end) - Date.parse(start) },
    roomId: wantedRoom ?? undefined,
    usualRoomId: staysInPlace ? roomId : null,
    movingId: appointmentId,
    overbook,
  });
  if (!place.ok) return place;

  writeChange(desk, { kind: 'reschedule', actor: session.userId }, (change) =>
    change.update(appointments, appointmentId, {
      ...place.value,
      ...(wantedRoom === null ? { roomId: null } : {}),
    }),
  );
  return answerWith(desk, appointmentId);
};
