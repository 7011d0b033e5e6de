import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { clinicLocations, rooms, specialties, visitTypes } from './clinic.ts';
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
    /** The outside system that it is a block of; null for those that the clinic set. */
    source: text('source', { enum: ['idexx', 'cal_com'] }),
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
    check('schedule_exceptions_source', sql`${t.source} in ('idexx', 'cal_com')`),
    check('schedule_exceptions_kind', sql`${t.kind} in ('holiday', 'leave', 'block', 'opening')`),
    check('schedule_exceptions_order', sql`${t.endsAt} > ${t.startsAt}`),
    index('schedule_exceptions_time_index').on(t.clinicId, t.startsAt),
    index('schedule_exceptions_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * The bookable grid (clinic-schema): a row is bookable or blocked; an absent or deleted one is closed time. Its id
 * follows from doctor, place and time, so that two desks which make the same slot make the same row.
 */
export const doctorTimeSlots = pgTable(
  'doctor_time_slots',
  {
    ...clinicRow(),
    doctorId: uuid('doctor_id').notNull(),
    locationId: uuid('location_id'),
    startTimeUtc: instant('start_time_utc').notNull(),
    endTimeUtc: instant('end_time_utc').notNull(),
    isAvailable: boolean('is_available').notNull().default(true),
    /** Set when the working hours changed and nobody had booked it; the same slot may come back. */
    deletedAt: instant('deleted_at'),
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
 * A recurring appointment (RFC 5545): what its appointments were made from. They are rows of their own, each with
 * `series_id` and, as `series_at`, the time that the rule gave it (RECURRENCE-ID).
 */
export const appointmentSeries = pgTable(
  'appointment_series',
  {
    ...clinicRow(),
    patientId: uuid('patient_id').notNull(),
    doctorId: uuid('doctor_id').notNull(),
    locationId: uuid('location_id').notNull(),
    visitTypeId: uuid('visit_type_id'),
    /** The RRULE without its name: `FREQ=WEEKLY;COUNT=6`. */
    rrule: text('rrule').notNull(),
    /** The first one's wall-clock time at the location: `2026-11-24T09:00`. */
    startsLocal: char('starts_local', { length: 16 }).notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    reason: varchar('reason', { length: 255 }),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    check('appointment_series_duration', sql`${t.durationMinutes} between 5 and 720`),
    index('appointment_series_rev_index').on(t.clinicId, t.rev),
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
    /** Missing only while a slot is held. */
    patientId: uuid('patient_id'),
    locationId: uuid('location_id'),
    roomId: uuid('room_id'),
    visitTypeId: uuid('visit_type_id'),
    seriesId: uuid('series_id'),
    /** When the series' rule put it, wherever it was moved to since. */
    seriesAt: instant('series_at'),
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
    /** Central's clock, five minutes after the hold arrived there. */
    heldUntil: instant('held_until'),
    /** The desk that holds it, by its name. */
    heldBy: text('held_by'),
    /** What is due for the visit, as it stood when it was booked: minor units of `fee_currency`. */
    feeMinor: integer('fee_minor'),
    feeCurrency: char('fee_currency', { length: 3 }),
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
    foreignKey({
      name: 'fk_appt_series',
      columns: [t.clinicId, t.seriesId],
      foreignColumns: [appointmentSeries.clinicId, appointmentSeries.id],
    }).onDelete('restrict'),
    check(
      'appointments_patient_named',
      sql`${t.patientId} is not null or ${t.status} in ('held', 'cancelled')`,
    ),
    check(
      'appointments_fee',
      sql`${t.feeMinor} >= 0 and (${t.feeMinor} is null) = (${t.feeCurrency} is null)`,
    ),
    check('appointments_overbook_approved', sql`(${t.overbookReason} is null) = (${t.overbookedBy} is null)`),
    uniqueIndex('appointments_cal_com_uid_index').on(t.clinicId, t.calComUid),
    index('appointments_patient_id_index').on(t.clinicId, t.patientId, t.scheduledAt),
    index('appointments_doctor_id_index').on(t.clinicId, t.doctorId, t.scheduledAt),
    index('idx_appt_doctor_patient').on(t.clinicId, t.doctorId, t.patientId),
    index('appointments_scheduled_at_index').on(t.clinicId, t.scheduledAt),
    index('appointments_status_index').on(t.clinicId, t.status),
    index('appointments_series_index').on(t.clinicId, t.seriesId),
    index('appointments_held_index').on(t.clinicId, t.heldUntil).where(sql`${t.status} = 'held'`),
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
    /** A refund gives money back; a void takes back a payment that was typed by mistake, on its own day. */
    kind: text('kind', { enum: ['payment', 'refund', 'void'] })
      .notNull()
      .default('payment'),
    /** Where the money was taken; its receipts are numbered together and its days cashed up together. */
    locationId: uuid('location_id'),
    /** The day whose cash-up it belongs to, by the location's calendar. */
    businessDay: date('business_day', { mode: 'string' }),
    /** Given by central, from 1 without gaps for each location; null until it has arrived there. */
    receiptNumber: integer('receipt_number'),
    /** What the desk printed before central had given a number: it names the desk. */
    provisionalNumber: varchar('provisional_number', { length: 40 }),
    note: varchar('note', { length: 255 }),
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
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    check('payments_kind', sql`${t.kind} in ('payment', 'refund', 'void')`),
    check('payments_names_first', sql`(${t.kind} = 'payment') = (${t.refundsPaymentId} is null)`),
    uniqueIndex('payments_receipt_number_index').on(t.clinicId, t.locationId, t.receiptNumber),
    index('payments_business_day_index').on(t.clinicId, t.locationId, t.businessDay),
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

/** The last receipt number that each location gave. Only central's trigger counts here. */
export const receiptCounters = pgTable(
  'receipt_counters',
  {
    clinicId: uuid('clinic_id').notNull(),
    locationId: uuid('location_id').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.locationId] }),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
  ],
);

/** The end of a location's day: what should be there and what was counted, by method. It locks the day. */
export const cashUps = pgTable(
  'cash_ups',
  {
    ...clinicRow(),
    locationId: uuid('location_id').notNull(),
    businessDay: date('business_day', { mode: 'string' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** One line for each method: `{method, expected, counted}` in minor units, refunds and voids taken off. */
    lines: jsonb('lines').$type<{ method: string; expected: number; counted: number }[]>().notNull(),
    note: text('note'),
    closedAt: instant('closed_at').notNull(),
    closedBy: uuid('closed_by'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.closedBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    uniqueIndex('cash_ups_one_per_day').on(t.clinicId, t.locationId, t.businessDay, t.currency),
    index('cash_ups_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A prescription by appointment (clinic-schema `prescriptions`). Once it is issued it is never edited. */
export const prescriptions = pgTable(
  'prescriptions',
  {
    ...clinicRow(),
    appointmentId: uuid('appointment_id').notNull(),
    doctorId: uuid('doctor_id').notNull(),
    patientId: uuid('patient_id').notNull(),
    instructions: text('instructions').notNull(),
    status: text('status', { enum: ['draft', 'issued'] })
      .notNull()
      .default('issued'),
    /** For a draft: when it was begun. */
    issuedAt: instant('issued_at').notNull().defaultNow(),
    /** The issued one that this one stands in for. */
    replacesId: uuid('replaces_id'),
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
    foreignKey({
      name: 'fk_rx_replaces',
      columns: [t.clinicId, t.replacesId],
      foreignColumns: [t.clinicId, t.id],
    }).onDelete('restrict'),
    check('prescriptions_status', sql`${t.status} in ('draft', 'issued')`),
    index('prescriptions_appointment_id_index').on(t.clinicId, t.appointmentId),
    index('idx_rx_doctor_patient').on(t.clinicId, t.doctorId, t.patientId),
    index('prescriptions_rev_index').on(t.clinicId, t.rev),
  ],
);

/** Who would come earlier if a gap opens. `appointment_id` is the later one that would be moved. */
export const waitingListEntries = pgTable(
  'waiting_list_entries',
  {
    ...clinicRow(),
    patientId: uuid('patient_id').notNull(),
    appointmentId: uuid('appointment_id'),
    /** Null takes any doctor of the specialty; no specialty, any doctor. */
    doctorId: uuid('doctor_id'),
    specialtyId: uuid('specialty_id'),
    /** Null takes any location. */
    locationId: uuid('location_id'),
    visitTypeId: uuid('visit_type_id'),
    partOfDay: text('part_of_day', { enum: ['any', 'morning', 'afternoon'] })
      .notNull()
      .default('any'),
    earliestDay: date('earliest_day', { mode: 'string' }),
    latestDay: date('latest_day', { mode: 'string' }),
    urgent: boolean('urgent').notNull().default(false),
    notes: varchar('notes', { length: 500 }),
    status: text('status', { enum: ['waiting', 'booked', 'removed'] })
      .notNull()
      .default('waiting'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.specialtyId],
      foreignColumns: [specialties.clinicId, specialties.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.locationId],
      foreignColumns: [clinicLocations.clinicId, clinicLocations.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    check('waiting_list_part_of_day', sql`${t.partOfDay} in ('any', 'morning', 'afternoon')`),
    check('waiting_list_status', sql`${t.status} in ('waiting', 'booked', 'removed')`),
    index('waiting_list_entries_rev_index').on(t.clinicId, t.rev),
  ],
);

/** A patient to be asked back: a vaccination, a yearly check-up. Anteroom's own. */
export const recalls = pgTable(
  'recalls',
  {
    ...clinicRow(),
    patientId: uuid('patient_id').notNull(),
    visitTypeId: uuid('visit_type_id'),
    doctorId: uuid('doctor_id'),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    reason: varchar('reason', { length: 255 }).notNull(),
    status: text('status', { enum: ['open', 'done', 'cancelled'] })
      .notNull()
      .default('open'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.visitTypeId],
      foreignColumns: [visitTypes.clinicId, visitTypes.id],
    }).onDelete('restrict'),
    foreignKey({
      columns: [t.clinicId, t.doctorId],
      foreignColumns: [doctors.clinicId, doctors.id],
    }).onDelete('restrict'),
    check('recalls_status', sql`${t.status} in ('open', 'done', 'cancelled')`),
    index('recalls_due_index').on(t.clinicId, t.dueOn),
    index('recalls_rev_index').on(t.clinicId, t.rev),
  ],
);

/**
 * One try of a call from a call list, never edited. `subject_id` is the appointment of a confirmation, the recall, or
 * the discharge call.
 */
export const callAttempts = pgTable(
  'call_attempts',
  {
    ...clinicRow(),
    list: text('list', { enum: ['confirmation', 'recall', 'discharge'] }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    patientId: uuid('patient_id'),
    outcome: text('outcome', { enum: ['reached', 'left_message', 'no_answer'] }).notNull(),
    note: varchar('note', { length: 500 }),
    calledAt: instant('called_at').notNull(),
    calledBy: uuid('called_by'),
    /** When it is due again; null when it is settled. */
    nextTryAt: instant('next_try_at'),
  },
  (t) => [
    primaryKey({ columns: [t.clinicId, t.id] }),
    foreignKey({
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete('restrict'),
    foreignKey({ columns: [t.clinicId, t.calledBy], foreignColumns: [users.clinicId, users.id] }).onDelete(
      'restrict',
    ),
    check('call_attempts_list', sql`${t.list} in ('confirmation', 'recall', 'discharge')`),
    check('call_attempts_outcome', sql`${t.outcome} in ('reached', 'left_message', 'no_answer')`),
    index('call_attempts_subject_index').on(t.clinicId, t.subjectId, t.calledAt),
    index('call_attempts_rev_index').on(t.clinicId, t.rev),
  ],
);
