import { z } from 'zod';
import { Appointment, Waiting } from '../appointment.ts';
import { call } from '../call.ts';
import { Status } from '../status.ts';
import { Id } from '../values.ts';

/** From arrival to the end of the visit. */
export const waitingRoomCalls = {
  checkIn: call({
    summary:
      'Stamps the arrival. A second time changes nothing. Asks for contact_unconfirmed details unless told to skip.',
    input: z.object({ appointmentId: Id, contactConfirmed: z.boolean().default(false) }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'not_today', 'contact_unconfirmed', 'disk_full'],
  }),
  moveOn: call({
    summary: 'Moves an appointment to another status of the waiting room, forward or back.',
    input: z.object({
      appointmentId: Id,
      to: Status.extract(['scheduled', 'arrived', 'ready', 'in_room', 'completed', 'left']),
    }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'disk_full'],
  }),
  callNext: call({
    summary: 'Sends in whom the doctor calls next: ready before arrived, longest wait first.',
    input: z.object({ doctorId: Id, locationId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'nobody_waits', 'move_not_allowed', 'disk_full'],
  }),
  waitingRoom: call({
    summary: 'Who is expected, waits, is ready, in a room; longest wait first.',
    input: z.object({ locationId: Id }),
    output: z.object({
      expected: z.array(Waiting),
      here: z.array(Waiting),
      done: z.array(Waiting),
      /** Whom each doctor for whom somebody waits calls next. */
      next: z.array(z.object({ doctorId: Id, appointmentId: Id })),
    }),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
};
