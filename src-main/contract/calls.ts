import { z } from 'zod';
import { Appointment, DaySchedule, FreeTime, Slot, VisitType, Waiting } from './appointment.ts';
import { Clinic, Doctor, Location, Specialty } from './clinic.ts';
import type { ErrorCode, Result } from './errors.ts';
import { DuplicateCandidate, Patient, PatientBrief, PatientInput } from './patient.ts';
import { Status } from './status.ts';
import { Conflict, ConflictChoice, SyncState } from './sync.ts';
import { Day, Id, Instant } from './values.ts';

/** What a person may be allowed to do; a role is a set of these. */
export const rights = [
  'schedule.read',
  'schedule.write',
  'schedule.overbook',
  'patients.read',
  'patients.write',
  'desk',
] as const;
export type Right = (typeof rights)[number];

interface CallShape {
  summary: string;
  input: z.ZodType;
  output: z.ZodType;
  right: Right;
  errors: readonly ErrorCode[];
}

const call = <I extends z.ZodType, O extends z.ZodType>(shape: {
  summary: string;
  input: I;
  output: O;
  right: Right;
  errors: readonly ErrorCode[];
}) => shape satisfies CallShape;

/** Errors that any call may give. */
export const commonErrors = ['invalid_input', 'not_allowed', 'not_ready', 'internal'] as const;

const overbook = z
  .object({ reason: z.string().trim().min(3).max(255) })
  .optional()
  .describe('Book over the guards on purpose; needs the right schedule.overbook and is audited.');
const takingSlot = [
  'not_found',
  'slot_taken',
  'slot_blocked',
  'does_not_fit',
  'in_the_past',
  'disk_full',
] as const;

/** Every call there is: the one list that shells, core and screens share. */
export const calls = {
  clinic: call({
    summary: 'The clinic and this desk.',
    input: z.object({}),
    output: Clinic,
    right: 'desk',
    errors: [],
  }),
  locations: call({
    summary: 'The locations of the clinic with their rooms.',
    input: z.object({}),
    output: z.array(Location),
    right: 'schedule.read',
    errors: [],
  }),
  doctors: call({
    summary: 'The active doctors in board order.',
    input: z.object({ locationId: Id.optional(), specialtyId: Id.optional() }),
    output: z.array(Doctor),
    right: 'schedule.read',
    errors: [],
  }),
  specialties: call({
    summary: 'The specialties of the clinic.',
    input: z.object({}),
    output: z.array(Specialty),
    right: 'schedule.read',
    errors: [],
  }),
  visitTypes: call({
    summary: 'What can be booked, with length and fee.',
    input: z.object({ doctorId: Id.optional() }),
    output: z.array(VisitType),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
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
  findPatient: call({
    summary: 'Patients by name parts, phone, birth date, e-mail, owner or animal; best first.',
    input: z.object({ text: z.string().max(200), limit: z.int().min(1).max(50).default(12) }),
    output: z.array(PatientBrief),
    right: 'patients.read',
    errors: [],
  }),
  patient: call({
    summary: "A patient's record and appointments, newest first.",
    input: z.object({ patientId: Id }),
    output: z.object({ patient: Patient, appointments: z.array(Appointment) }),
    right: 'patients.read',
    errors: ['not_found'],
  }),
  likelyDuplicates: call({
    summary: 'Patients much like the one being typed.',
    input: PatientInput.partial(),
    output: z.array(DuplicateCandidate),
    right: 'patients.read',
    errors: [],
  }),
  registerPatient: call({
    summary: 'Adds a patient. With likely duplicates it answers likely_duplicate until told to save anyway.',
    input: PatientInput.extend({ saveAnyway: z.boolean().default(false) }),
    output: Patient,
    right: 'patients.write',
    errors: ['likely_duplicate', 'email_in_use', 'not_found', 'disk_full'],
  }),
  updatePatient: call({
    summary:
      'Sets the named fields of a patient; `confirmContact` stamps phone and address as confirmed now.',
    input: z.object({
      patientId: Id,
      set: PatientInput.partial(),
      confirmContact: z.boolean().default(false),
    }),
    output: Patient,
    right: 'patients.write',
    errors: ['not_found', 'email_in_use', 'disk_full'],
  }),
  book: call({
    summary: 'Books a patient into a slot; the visit type sets the length.',
    input: z.object({
      slotId: Id,
      patientId: Id,
      visitTypeId: Id.optional(),
      durationMinutes: z.int().min(5).max(720).optional(),
      roomId: Id.optional(),
      reason: z.string().trim().max(255).optional(),
      notes: z.string().trim().max(5000).optional(),
      overbook,
    }),
    output: Appointment,
    right: 'schedule.write',
    errors: [...takingSlot],
  }),
  reschedule: call({
    summary: 'Moves an appointment to another slot, keeping its length.',
    input: z.object({ appointmentId: Id, slotId: Id, overbook }),
    output: Appointment,
    right: 'schedule.write',
    errors: [...takingSlot, 'move_not_allowed'],
  }),
  cancel: call({
    summary: 'Cancels an appointment and frees its slot.',
    input: z.object({ appointmentId: Id, reason: z.string().trim().max(500).default('') }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'disk_full'],
  }),
  noShow: call({
    summary: 'Marks an appointment as not attended and frees its slot.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'disk_full'],
  }),
  restore: call({
    summary: 'Takes a cancellation or no-show back if its time is still free.',
    input: z.object({ appointmentId: Id }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'slot_taken', 'slot_blocked', 'disk_full'],
  }),
  checkIn: call({
    summary:
      'Stamps the arrival. A second time changes nothing. Asks for contact_unconfirmed details unless told to skip.',
    input: z.object({ appointmentId: Id, contactConfirmed: z.boolean().default(false) }),
    output: Appointment,
    right: 'schedule.write',
    errors: ['not_found', 'move_not_allowed', 'contact_unconfirmed', 'disk_full'],
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
  waitingRoom: call({
    summary: 'Who is expected, waits, is ready, in a room; longest wait first.',
    input: z.object({ locationId: Id }),
    output: z.object({ expected: z.array(Waiting), here: z.array(Waiting), done: z.array(Waiting) }),
    right: 'schedule.read',
    errors: ['not_found'],
  }),
  conflicts: call({
    summary: 'What central refused and nobody has decided.',
    input: z.object({}),
    output: z.array(Conflict),
    right: 'schedule.read',
    errors: [],
  }),
  resolveConflict: call({
    summary: 'Decides a conflict; keep_mine and next_free write a new change.',
    input: z.object({ changeId: Id, choice: ConflictChoice, slotId: Id.optional() }),
    output: z.object({ appointment: Appointment.nullable() }),
    right: 'schedule.write',
    errors: [
      'not_found',
      'already_resolved',
      'not_resolvable',
      'slot_taken',
      'slot_blocked',
      'does_not_fit',
      'disk_full',
    ],
  }),
  syncState: call({
    summary: 'The state of the sync.',
    input: z.object({}),
    output: SyncState,
    right: 'desk',
    errors: [],
  }),
  workOffline: call({
    summary: 'Cuts this desk off on purpose, or lets it connect again.',
    input: z.object({ offline: z.boolean() }),
    output: SyncState,
    right: 'desk',
    errors: [],
  }),
} satisfies Record<string, CallShape>;

export type CallName = keyof typeof calls;
/** What a screen passes: defaults may be left out. */
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
/** What a handler gets: defaults are filled in. */
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;
export type CallResult<N extends CallName> = Result<CallOutput<N>>;
