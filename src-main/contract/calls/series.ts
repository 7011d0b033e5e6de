import { z } from 'zod';
import { Appointment } from '../appointment.ts';
import { call } from '../call.ts';
import { PlannedVisit, SeriesRule, SeriesScope } from '../series.ts';
import { Id, Instant } from '../values.ts';

const durationMinutes = z.int().min(5).max(720).optional();
const taking = [
  'not_found',
  'slot_taken',
  'slot_blocked',
  'slot_kept',
  'does_not_fit',
  'in_the_past',
  'disk_full',
] as const;
const visits = <T extends z.ZodRawShape>(shape: T) =>
  z.array(z.object({ ...shape, slotId: Id, at: Instant.describe('When the rule puts it.') }));

/** Appointments that repeat. */
export const seriesCalls = {
  planSeries: call({
    summary:
      'The dates of a series that would begin with a slot, each free, taken or closed, before it is saved.',
    input: z.object({ slotId: Id, visitTypeId: Id.optional(), durationMinutes, rule: SeriesRule }),
    output: z.array(PlannedVisit),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  bookSeries: call({
    summary: 'Books those dates of a series that were chosen; each goes to central as a change of its own.',
    input: z.object({
      slotId: Id,
      patientId: Id,
      visitTypeId: Id.optional(),
      durationMinutes,
      type: Appointment.shape.type.optional(),
      reason: z.string().trim().max(255).optional(),
      rule: SeriesRule,
      visits: visits({}).min(1).max(60),
    }),
    output: z.object({ seriesId: Id, appointments: z.array(Appointment) }),
    right: 'schedule.write',
    errors: [...taking],
  }),
  series: call({
    summary: 'The series that an appointment is one of, with its appointments in order.',
    input: z.object({ appointmentId: Id }),
    output: z.object({
      seriesId: Id,
      /** Null where the rule came from elsewhere and has no words here. */
      rule: SeriesRule.nullable(),
      appointments: z.array(Appointment),
    }),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  planSeriesChange: call({
    summary: 'Where the appointments of a series would go, each free, taken or closed, before it is saved.',
    input: z.object({ appointmentId: Id, scope: SeriesScope, slotId: Id.optional(), durationMinutes }),
    output: z.array(PlannedVisit),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  changeSeries: call({
    summary:
      'Moves the appointments of a series that were chosen and sets length and reason of all in scope.',
    input: z.object({
      appointmentId: Id,
      scope: SeriesScope,
      durationMinutes,
      reason: z.string().trim().max(255).optional(),
      visits: visits({ appointmentId: Id }).max(60),
    }),
    output: z.array(Appointment),
    right: 'schedule.write',
    errors: [...taking, 'move_not_allowed'],
  }),
  cancelSeries: call({
    summary: 'Cancels those appointments of a series in scope that are still to come.',
    input: z.object({
      appointmentId: Id,
      scope: SeriesScope,
      reason: z.string().trim().max(500).default(''),
    }),
    output: z.array(Appointment),
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'disk_full'],
  }),
};
