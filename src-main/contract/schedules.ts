import { z } from 'zod';
import { Appointment } from './appointment.ts';
import { OutsideSource } from './integrations.ts';
import { Day, Id, Instant } from './values.ts';

/** A wall-clock time, `09:00`. */
export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** As `Clock`, for an end: `24:00` is the midnight that closes the day. */
export const ClosingClock = z.union([Clock, z.literal('24:00')]);

/** One working stretch of a doctor's week, by the location's wall clock. A break is the gap between two. */
export const WorkingStretch = z
  .object({
    /** ISO 8601: 1 is Monday. */
    weekday: z.int().min(1).max(7),
    starts: Clock,
    ends: ClosingClock,
    slotMinutes: z.int().min(5).max(240),
    locationId: Id,
    roomId: Id.nullable(),
  })
  .refine(({ starts, ends }) => starts < ends, { path: ['ends'] });
export type WorkingStretch = z.infer<typeof WorkingStretch>;

/** A doctor's week, and the days on which it holds, both included; null has no last day. */
export const WorkingWeek = z.object({
  from: Day,
  until: Day.nullable(),
  stretches: z.array(WorkingStretch).max(100),
});
export type WorkingWeek = z.infer<typeof WorkingWeek>;

/** The weeks of a doctor that hold today or later, by their first day. */
export const WorkingHours = z.object({ doctorId: Id, weeks: z.array(WorkingWeek) });
export type WorkingHours = z.infer<typeof WorkingHours>;

/** A whole week to put in the place of whatever holds on its days. */
export const NewWorkingHours = z
  .object({ doctorId: Id, ...WorkingWeek.shape })
  .refine(({ from, until }) => until === null || from <= until, { path: ['until'] })
  // What held before begins again on the day after, which has to be a `Day` too.
  .refine(({ until }) => until === null || until < '2199-12-31', { path: ['until'] });
export type NewWorkingHours = z.infer<typeof NewWorkingHours>;

/**
 * `holiday`: a location is closed. `leave`: a doctor is away. `block`: there, and not to be booked. `opening`: extra
 * time, on holidays and in leave too.
 */
export const ExceptionKind = z.enum(['holiday', 'leave', 'block', 'opening']);
export type ExceptionKind = z.infer<typeof ExceptionKind>;

/**
 * What departs from the weekly hours, by the wall clock of its location, or else of the doctor's own one: from
 * `startTime` of the first day to `endTime` of the last. A holiday has no doctor, leave has one, a block names a
 * doctor or a location, an opening names its location.
 */
export const NewException = z
  .object({
    kind: ExceptionKind,
    doctorId: Id.nullable().default(null),
    /** Null is everywhere. */
    locationId: Id.nullable().default(null),
    firstDay: Day,
    lastDay: Day,
    startTime: Clock.default('00:00'),
    endTime: ClosingClock.default('24:00'),
    reason: z.string().trim().max(255).default(''),
  })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, { path: ['lastDay'] })
  .refine((made) => made.firstDay < made.lastDay || made.startTime < made.endTime, { path: ['endTime'] })
  .refine(({ kind, doctorId }) => (kind === 'leave' ? doctorId !== null : true), { path: ['doctorId'] })
  .refine(({ kind, doctorId }) => (kind === 'holiday' ? doctorId === null : true), { path: ['doctorId'] })
  .refine(
    ({ kind, doctorId, locationId }) =>
      locationId !== null || kind === 'holiday' || (doctorId !== null && kind !== 'opening'),
    { path: ['locationId'] },
  );
export type NewException = z.infer<typeof NewException>;

export const ScheduleException = z.object({
  id: Id,
  kind: ExceptionKind,
  doctorId: Id.nullable(),
  locationId: Id.nullable(),
  start: Instant,
  end: Instant,
  reason: z.string().nullable(),
  /** The outside system that it comes from, and where alone it is taken away. */
  source: OutsideSource.nullable(),
  /** Coming appointments in it that are still to be moved. */
  affected: z.int(),
});
export type ScheduleException = z.infer<typeof ScheduleException>;

/** What leaves appointments without their doctor, one of these: new hours or a new exception, or one that stands. */
export const AffectedBy = z
  .object({
    hours: NewWorkingHours.optional(),
    newException: NewException.optional(),
    exceptionId: Id.optional(),
  })
  .refine((by) => Object.values(by).filter((value) => value !== undefined).length === 1);

/** An appointment that has to be moved, with its doctor's specialty for a search among colleagues. */
export const Affected = z.object({ appointment: Appointment, specialtyId: Id.nullable() });
export type Affected = z.infer<typeof Affected>;
