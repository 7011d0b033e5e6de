import { z } from 'zod';
import { call } from '../call.ts';
import {
  Affected,
  AffectedBy,
  NewException,
  NewWorkingHours,
  ScheduleException,
  WorkingHours,
} from '../schedules.ts';
import { Id, Instant } from '../values.ts';

/** When doctors work, from which bookable time is made. */
export const schedulesCalls = {
  workingHours: call({
    summary: "A doctor's weekly hours, those that hold now and those to come.",
    input: z.object({ doctorId: Id }),
    output: WorkingHours,
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  setWorkingHours: call({
    summary: 'Puts a whole week of a doctor in the place of what holds on its days; what was before stays.',
    input: NewWorkingHours,
    output: WorkingHours,
    right: 'schedule.plan',
    errors: ['not_found', 'in_the_past', 'hours_overlap', 'disk_full'],
  }),
  exceptions: call({
    summary: 'Holidays, leave, blocks and openings that touch a stretch of time, by start.',
    input: z.object({ from: Instant, to: Instant, doctorId: Id.optional(), locationId: Id.optional() }),
    output: z.array(ScheduleException),
    right: 'schedule.read',
    errors: [],
  }),
  addException: call({
    summary: 'Adds a holiday, leave, a block or an opening.',
    input: NewException,
    output: ScheduleException,
    right: 'schedule.plan',
    errors: ['not_found', 'in_the_past', 'disk_full'],
  }),
  removeException: call({
    summary: 'Takes a holiday, leave, a block or an opening away: the weekly hours hold again.',
    input: z.object({ exceptionId: Id }),
    output: z.object({}),
    right: 'schedule.plan',
    errors: ['not_found', 'owned_outside', 'disk_full'],
  }),
  affectedAppointments: call({
    summary: 'The coming appointments that new hours, leave or a closed day leave without their doctor.',
    input: AffectedBy,
    output: z.array(Affected),
    right: 'schedule.read',
    errors: ['not_found', 'in_the_past', 'hours_overlap'],
  }),
};
