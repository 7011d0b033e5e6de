import { z } from 'zod';
import { OutsideSource } from './integrations.ts';
import { PatientBrief } from './patient.ts';
import { Status } from './status.ts';
import { Bilingual, Day, Id, Instant, Money, Stretch, TimeZone } from './values.ts';

/** What a person has to decide about a booking of an outside system. */
export const OutsideProblemCode = z.enum(['taken', 'unknown_doctor', 'changed_both', 'not_sent', 'invalid']);
export type OutsideProblemCode = z.infer<typeof OutsideProblemCode>;

/** What is to be seen of an appointment that stands in an outside system too. */
export const OutsideMark = z.object({
  source: OutsideSource,
  /** What was changed here has not reached the outside system yet. */
  waiting: z.boolean(),
  problem: OutsideProblemCode.nullable(),
});
export type OutsideMark = z.infer<typeof OutsideMark>;

/** What a card on the board needs, and enough of it for the panel beside the board. */
export const Appointment = z.object({
  id: Id,
  slotId: Id.nullable(),
  doctorId: Id,
  locationId: Id.nullable(),
  roomId: Id.nullable(),
  visitTypeId: Id.nullable(),
  visitType: Bilingual.nullable(),
  patient: PatientBrief,
  start: Instant,
  end: Instant,
  status: Status,
  type: z.enum(['in_person', 'video', 'phone', 'walk_in']),
  origin: z.enum(['desk', 'portal', 'cal_com', 'idexx', 'import']),
  reason: z.string().nullable(),
  notes: z.string().nullable(),
  confirmedAt: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  readyAt: Instant.nullable(),
  inRoomAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  cancellationReason: z.string().nullable(),
  overbookReason: z.string().nullable(),
  /** The series that it is one of. */
  seriesId: Id.nullable(),
  /** What was due when it was booked. */
  fee: Money.nullable(),
  /** Set where it stands in an outside system too. */
  outside: OutsideMark.nullable(),
  /**
   * What can be said of its time while central has not answered: `certain`, no other desk can have it; `provisional`,
   * another one may be first. Null: central has it there.
   */
  promise: z.enum(['certain', 'provisional']).nullable(),
  alerts: z.object({
    /** No earlier appointment of this patient was completed. */
    firstVisit: z.boolean(),
    /** Phone or address is missing or was confirmed over a year ago. */
    contactDue: z.boolean(),
    /** Saved here and not yet answered by central. */
    provisional: z.boolean(),
    /** Central refused a change of it that nobody has decided yet. */
    conflict: z.boolean(),
    /** The visit has begun or is over, and less was paid for it than it costs. */
    balanceDue: z.boolean(),
    /** The patient or the doctor wrote something about it that nobody at the desk has read. */
    unread: z.boolean(),
  }),
});
export type Appointment = z.infer<typeof Appointment>;

/** One row of the bookable grid. */
export const Slot = z.object({
  id: Id,
  doctorId: Id,
  locationId: Id.nullable(),
  start: Instant,
  end: Instant,
  /** False for a blocked slot. */
  available: z.boolean(),
  /** Available, not past, and no live appointment overlaps it (or the length that was asked for). */
  free: z.boolean(),
});
export type Slot = z.infer<typeof Slot>;

/** A time that can be offered. */
export const FreeTime = z.object({
  slotId: Id,
  doctorId: Id,
  doctorName: Bilingual,
  locationId: Id.nullable(),
  start: Instant,
  end: Instant,
});
export type FreeTime = z.infer<typeof FreeTime>;

/** The appointment or hold that stands where somebody wants to book; details of `slot_taken`. */
export const InTheWay = z.object({
  appointmentId: Id,
  doctorName: Bilingual,
  patientName: z.string(),
  roomName: z.string().nullable(),
  /** The desk that holds the time while it fills in a form; null for an appointment. */
  heldBy: z.string().nullable(),
  start: Instant,
  end: Instant,
  nextFree: z.array(FreeTime),
});
export type InTheWay = z.infer<typeof InTheWay>;

/** One doctor's day at a location. */
export const DoctorDay = z.object({
  doctorId: Id,
  /** Working time, blocked stretches included; outside it the column is closed. */
  open: z.array(Stretch),
  /** Blocked stretches inside the working time, with the reason where one was given. */
  blocked: z.array(
    Stretch.extend({
      reason: z.string().nullable(),
      /** The outside system that blocks it. */
      source: OutsideSource.nullable(),
    }),
  ),
  slots: z.array(Slot.pick({ id: true, start: true, end: true, available: true })),
  /** In which room the weekly template puts the doctor, and when. */
  rooms: z.array(Stretch.extend({ roomId: Id })),
});
export type DoctorDay = z.infer<typeof DoctorDay>;

/** A time that a desk keeps free while somebody there fills in a form. */
export const Hold = z.object({
  id: Id,
  doctorId: Id,
  roomId: Id.nullable(),
  start: Instant,
  end: Instant,
  /** The desk, by its name. */
  heldBy: z.string(),
  /** From then on nothing is held any more. */
  until: Instant,
});
export type Hold = z.infer<typeof Hold>;

/** A location's day, its bounds and times in that location's zone. */
export const DaySchedule = z.object({
  date: Day,
  locationId: Id,
  timezone: TimeZone,
  dayStart: Instant,
  dayEnd: Instant,
  doctors: z.array(DoctorDay),
  appointments: z.array(Appointment),
  holds: z.array(Hold),
});
export type DaySchedule = z.infer<typeof DaySchedule>;

/** A line of the waiting room. Minutes are whole and measured from arrival. */
export const Waiting = z.object({
  appointment: Appointment,
  doctorName: Bilingual,
  roomName: z.string().nullable(),
  waitingMinutes: z.int().nullable(),
  /** Minutes past the appointed time, for a patient who is expected and has not come; else null. */
  lateMinutes: z.int().nullable(),
  /** Has waited longer than the clinic's limit. */
  overLimit: z.boolean(),
});
export type Waiting = z.infer<typeof Waiting>;

/** What a visit is for: its length, buffers and fee. */
export const VisitType = z.object({
  id: Id,
  name: Bilingual,
  specialtyId: Id.nullable(),
  durationMinutes: z.int(),
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  fee: Money,
});
export type VisitType = z.infer<typeof VisitType>;
