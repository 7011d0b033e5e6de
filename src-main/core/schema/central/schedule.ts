import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinicLocations, rooms, visitTypes } from './clinic.ts';
import { clinicRow, instant } from './columns.ts';
import { doctors, patients, users } from './people.ts';

/**
 * One working stretch of a doctor's week, in the location's wall-clock time (`HH:MM`), from which
 * slots are made. A break is the gap between two stretches.
 */
export const scheduleTemplates = pgTable(
  'schedule_templates',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id').notNull(),
    locationId: uuid('location_id').notNull(),
    roomId: uuid('room_id'),
    /** ISO 8601: 1 is Monday, 7 is Sunday. */
    weekday: smallint('weekday').notNull(),
    startsLocal: char('starts_local', { length: 5 }).notNull(),
    endsLocal: char('ends_local', { length: 5 }).notNull(),
    slotMinutes: smallint('slot_minutes').notNull().default(15),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validUntil: date('valid_until', { mode: 'string' }),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.roomId], foreignColumns: [rooms.clinicId, rooms.id] }).onDelete(
      'restrict',
    ),
    check('schedule_templates_weekday', sql`${t.weekday} between 1 and 7`),
    check('schedule_templates_order', sql`${t.endsLocal} > ${t.startsLocal}`),
    check('schedule_templates_slot', sql`${t.slotMinutes} between 5 and 240`),
    index('schedule_templates_doctor_index').on(t.clinicId, t.doctorId, t.weekday),
    index('schedule_templates_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * What departs from the templates: a holiday of a location, a doctor's leave or one-off block, or an
 * extra opening. A null doctor means everyone at the location; a null location means everywhere.
 */
export const scheduleExceptions = pgTable(
  'schedule_exceptions',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id'),
    locationId: uuid('location_id'),
    kind: text('kind', { enum: ['holiday', 'leave', 'block', 'opening'] }).notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    reason: varchar('reason', { length: 255 }),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    check('schedule_exceptions_kind', sql`${t.kind} in ('holiday', 'leave', 'block', 'opening')`),
    check('schedule_exceptions_order', sql`${t.endsAt} > ${t.startsAt}`),
    index('schedule_exceptions_time_index').on(t.clinicId, t.startsAt),
    index('schedule_exceptions_rev_index').on(t.clinicId, t.rev),
  ],
);

/** The bookable grid (clinic-schema): a row is bookable or blocked; an absent row is closed time. */
export const doctorTimeSlots = pgTable(
  'doctor_time_slots',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id').notNull(),
    locationId: uuid('location_id'),
    startTimeUtc: instant('start_time_utc').notNull(),
    endTimeUtc: instant('end_time_utc').notNull(),
    isAvailable: boolean('is_available').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      name: 'fk_slots_doctor',
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_slots_location',
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    check('chk_slot_time', sql`${t.endTimeUtc} > ${t.startTimeUtc}`),
    uniqueIndex('uq_doctor_timespan').on(t.clinicId, t.doctorId, t.startTimeUtc, t.endTimeUtc),
    index('idx_slot_doctor_start').on(t.clinicId, t.doctorId, t.startTimeUtc),
    index('idx_slot_location').on(t.clinicId, t.locationId),
    index('doctor_time_slots_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * An appointment (medic-schema and clinic-schema, united). It names its first slot and has its own start
 * and end; `duration_minutes` follows from them. Two guards stand in hand-written SQL: one live
 * appointment for a slot, and no overlap of live ones for a doctor or a room. Live is every status
 * but cancelled, no_show and left; an approved overbook (reason and approver set) is outside the guards.
 * Statuses and their moves: front-desk.md, checked by the trigger `check_status_move`.
 */
export const appointments = pgTable(
  'appointments',
  {
    ...clinicRow(),
    slotId: uuid('slot_id'),
    doctorId: uuid('doctor_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    locationId: uuid('location_id'),
    roomId: uuid('room_id'),
    visitTypeId: uuid('visit_type_id'),
    scheduledAt: instant('scheduled_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    durationMinutes: integer('duration_minutes')
      .notNull()
      .generatedAlwaysAs(sql`(extract(epoch from (ends_at - scheduled_at)) / 60)::integer`),
    status: text('status', {
      enum: [
        'held',
        'pending',
        'scheduled',
        'arrived',
        'ready',
        'in_room',
        'completed',
        'cancelled',
        'no_show',
        'left',
      ],
    })
      .notNull()
      .default('pending'),
    appointmentType: text('appointment_type', { enum: ['in_person', 'video', 'phone', 'walk_in'] })
      .notNull()
      .default('in_person'),
    /** Where it was made. Only what the desk makes must name a slot. */
    origin: text('origin', { enum: ['desk', 'portal', 'cal_com', 'idexx', 'import'] })
      .notNull()
      .default('desk'),
    reason: varchar('reason', { length: 255 }),
    notes: text('notes'),
    confirmedAt: instant('confirmed_at'),
    arrivedAt: instant('arrived_at'),
    readyAt: instant('ready_at'),
    inRoomAt: instant('in_room_at'),
    completedAt: instant('completed_at'),
    heldUntil: instant('held_until'),
    cancellationReason: text('cancellation_reason'),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: uuid('cancelled_by'),
    overbookReason: text('overbook_reason'),
    overbookedBy: uuid('overbooked_by'),
    calComBookingId: text('cal_com_booking_id'),
    calComUid: text('cal_com_uid'),
    meetingUrl: text('meeting_url'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      name: 'fk_appt_slot',
      columns: [t.clinicId, t.slotId],
      foreignColumns: [doctorTimeSlots.clinicId, doctorTimeSlots.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_appt_doctor',
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_appt_patient',
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_appt_location',
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_appt_room',
      columns: [t.clinicId, t.roomId],
      foreignColumns: [rooms.clinicId, rooms.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_appt_visit_type',
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    check(
      'appointments_status',
      sql`${t.status} in ('held', 'pending', 'scheduled', 'arrived', 'ready', 'in_room', 'completed', 'cancelled', 'no_show', 'left')`,
    ),
    check('appointments_type', sql`${t.appointmentType} in ('in_person', 'video', 'phone', 'walk_in')`),
    check('appointments_origin', sql`${t.origin} in ('desk', 'portal', 'cal_com', 'idexx', 'import')`),
    check('appointments_order', sql`${t.endsAt} > ${t.scheduledAt}`),
    // Twelve hours bound every search for an overlap to a short stretch of the index.
    check('appointments_length', sql`${t.endsAt} - ${t.scheduledAt} <= interval '12 hours'`),
    check(
      'appointments_slot_named',
      sql`${t.slotId} is not null or ${t.overbookReason} is not null or ${t.origin} <> 'desk'`,
    ),
    check('appointments_overbook_approved', sql`(${t.overbookReason} is null) = (${t.overbookedBy} is null)`),
    uniqueIndex('appointments_cal_com_uid_index').on(t.clinicId, t.calComUid),
    index('appointments_patient_id_index').on(t.clinicId, t.patientId, t.scheduledAt),
    index('appointments_doctor_id_index').on(t.clinicId, t.doctorId, t.scheduledAt),
    index('idx_appt_doctor_patient').on(t.clinicId, t.doctorId, t.patientId),
    index('appointments_scheduled_at_index').on(t.clinicId, t.scheduledAt),
    index('appointments_status_index').on(t.clinicId, t.status),
    index('appointments_location_id_index').on(t.clinicId, t.locationId),
    index('appointments_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * Money that moved (clinic-schema `payments`): minor units, never edited. A refund or a void is a row of
 * its own that names the first by `refunds_payment_id`.
 */
export const payments = pgTable(
  'payments',
  {
    ...clinicRow(),
    appointmentId: uuid('appointment_id').notNull(),
    refundsPaymentId: uuid('refunds_payment_id'),
    amountCents: integer('amount_cents').notNull(),
    currency: char('currency', { length: 3 }).notNull().default('USD'),
    method: text('method', { enum: ['cash', 'card', 'transfer', 'other'] }).notNull(),
    status: text('status', { enum: ['pending', 'paid', 'refunded', 'failed'] })
      .notNull()
      .default('pending'),
    transactionRef: varchar('transaction_ref', { length: 100 }),
    paidAt: instant('paid_at'),
    takenBy: uuid('taken_by'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      name: 'fk_payment_appt',
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_payment_refunds',
      columns: [t.clinicId, t.refundsPaymentId],
      foreignColumns: [t.clinicId, t.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.takenBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check('payments_amount', sql`${t.amountCents} >= 0`),
    check('payments_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('payments_method', sql`${t.method} in ('cash', 'card', 'transfer', 'other')`),
    check('payments_status', sql`${t.status} in ('pending', 'paid', 'refunded', 'failed')`),
    uniqueIndex('payments_transaction_ref_index').on(t.clinicId, t.transactionRef),
    index('payments_appointment_id_index').on(t.clinicId, t.appointmentId),
    index('idx_payment_status').on(t.clinicId, t.status),
    index('payments_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A prescription by appointment (clinic-schema `prescriptions`). */
export const prescriptions = pgTable(
  'prescriptions',
  {
    ...clinicRow(),
    appointmentId: uuid('appointment_id').notNull(),
    doctorId: uuid('doctor_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    instructions: text('instructions').notNull(),
    issuedAt: instant('issued_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      name: 'fk_rx_appt',
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_rx_doctor',
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      name: 'fk_rx_patient',
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    index('prescriptions_appointment_id_index').on(t.clinicId, t.appointmentId),
    index('idx_rx_doctor_patient').on(t.clinicId, t.doctorId, t.patientId),
    index('prescriptions_rev_index').on(t.clinicId, t.rev),
  ],
);
