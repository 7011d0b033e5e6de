import { z } from 'zod';
import { Appointment, DaySchedule, FreeTime, Slot } from '../appointment.ts';
import { call } from '../call.ts';
import { Day, Id, Instant } from '../values.ts';

const overbook = z
  .object({ reason: z.string().trim().min(3).max(255) })
  .optional()
  .describe('Book over the guards on purpose; needs the right schedule.overbook and is audited.');
const takingSlot = [
  'not_found',
  'slot_taken',
  'slot_blocked',
  'slot_kept',
  'does_not_fit',
  'in_the_past',
  'disk_full',
] as const;

/** The day, and what happens to an appointment before the patient comes. */
export const appointmentsCalls = {
  daySchedule: call({
    summary: 'One day of one location: working time, blocks, slots and appointments.',
    input: z.object({
      date: Day,
      locationId: Id,
      doctorIds: z.array(Id).max(100).optional(),
      specialtyId: Id.optional(),
      includeCancelled: z.boolean().default(false),
    }),
    output: DaySchedule,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  slots: call({
    summary: "A doctor's slots of one day, and which of them are free for a visit of the given length.",
    input: z.object({
      doctorId: Id,
      date: Day,
      locationId: Id.optional(),
      visitTypeId: Id.optional(),
      durationMinutes: z.int().min(5).max(720).optional(),
    }),
    output: z.array(Slot),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  keptSlots: call({
    summary:
      'The free slots of a day that are kept for a desk, so that what it books on them without a connection is certain.',
    input: z.object({ date: Day, locationId: Id }),
    output: z.array(
      z.object({
        slotId: Id,
        doctorId: Id,
        start: Instant,
        end: Instant,
        /** Null where central has not told the name yet. */
        deskName: z.string().nullable(),
        /** For this desk. */
        own: z.boolean(),
      }),
    ),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  nextFree: call({
    summary: 'The next free times for a visit, soonest first.',
    input: z.object({
      visitTypeId: Id.optional(),
      durationMinutes: z.int().min(5).max(720).optional(),
      doctorId: Id.optional(),
      specialtyId: Id.optional(),
      locationId: Id.optional(),
      after: Instant.optional(),
      partOfDay: z.enum(['any', 'morning', 'afternoon']).default('any'),
      /** An appointment that is being moved and so is not in its own way. */
      movingId: Id.optional(),
      count: z.int().min(1).max(20).default(5),
    }),
    output: z.array(FreeTime),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  appointment: call({
    summary: 'One appointment.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  book: call({
    summary: 'Books a patient into a slot; the visit type sets the length.',
    input: z.object({
      slotId: Id,
      patientId: Id,
      visitTypeId: Id.optional(),
      durationMinutes: z.int().min(5).max(720).optional(),
      roomId: Id.optional(),
      type: Appointment.shape.type.optional().describe('In person where nothing is said.'),
      reason: z.string().trim().max(255).optional(),
      notes: z.string().trim().max(5000).optional(),
      overbook,
    }),
    output: Appointment,
    right: 'schedule.write',
    errors: [...takingSlot],
  }),
  reschedule: call({
    summary: 'Moves an appointment to another slot, keeping its length, or to another room, or both.',
    input: z.object({
      appointmentId: Id,
      slotId: Id,
      roomId: Id.nullable()
        .optional()
        .describe('The room it shall be in, null for none; left out: its room or the usual one, if free.'),
      overbook,
    }),
    output: Appointment,
    right: 'schedule.write',
    errors: [...takingSlot, 'move_not_allowed', 'owned_outside'],
  }),
  resize: call({
    summary: 'Makes an appointment longer or shorter, its start unchanged.',
    input: z.object({ appointmentId: Id, durationMinutes: z.int().min(5).max(720), overbook }),
    output: Appointment,
    right: 'schedule.write',
    errors: [...takingSlot, 'move_not_allowed', 'owned_outside'],
  }),
  cancel: call({
    summary: 'Cancels an appointment and frees its slot.',
    input: z.object({ appointmentId: Id, reason: z.string().trim().max(500).default('') }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'owned_outside', 'disk_full'],
  }),
  noShow: call({
    summary: 'Marks an appointment as not attended, after the grace time, and frees its slot.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'too_early', 'disk_full'],
  }),
  restore: call({
    summary: 'Takes a cancellation or no-show back if its time is still free.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: [
      'not_found',
      'move_not_allowed',
      'owned_outside',
      'slot_taken',
      'slot_blocked',
      'slot_kept',
      'disk_full',
    ],
  }),
};
