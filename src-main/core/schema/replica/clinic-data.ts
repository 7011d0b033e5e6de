import { sql } from 'drizzle-orm';
import { customType, index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** An instant: epoch milliseconds in the file (small, sorts as a number), ISO 8601 UTC text everywhere else. */
export const instant = customType<{ data: string; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (iso) => Date.parse(iso),
  fromDriver: (ms) => new Date(ms).toISOString(),
});

/** What every replicated row carries. There is no `clinic_id`: a replica holds one clinic, named in `desk_state`. */
const replicatedRow = () => ({
  id: text('id').primaryKey(),
  rev: integer('rev').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const clinics = sqliteTable('clinics', {
  ...replicatedRow(),
  name: text('name').notNull(),
  nameEl: text('name_el'),
  kind: text('kind', { enum: ['human', 'veterinary'] }).notNull(),
  phone: text('phone'),
  email: text('email'),
  city: text('city'),
  timezone: text('timezone').notNull(),
  currency: text('currency').notNull(),
  firstWeekday: integer('first_weekday').notNull(),
  isSample: integer('is_sample', { mode: 'boolean' }).notNull(),
  settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
});

export const specialties = sqliteTable('specialties', {
  ...replicatedRow(),
  nameEn: text('name_en').notNull(),
  nameEl: text('name_el').notNull(),
  slug: text('slug').notNull(),
  icon: text('icon'),
});

export const clinicLocations = sqliteTable('clinic_locations', {
  ...replicatedRow(),
  name: text('name').notNull(),
  nameEl: text('name_el'),
  addressLine1: text('address_line1').notNull(),
  addressLine2: text('address_line2'),
  city: text('city').notNull(),
  stateRegion: text('state_region'),
  postalCode: text('postal_code'),
  country: text('country').notNull(),
  phone: text('phone'),
  timezone: text('timezone').notNull(),
  deletedAt: instant('deleted_at'),
});

export const rooms = sqliteTable('rooms', {
  ...replicatedRow(),
  locationId: text('location_id').notNull(),
  name: text('name').notNull(),
  nameEl: text('name_el'),
  sortOrder: integer('sort_order').notNull(),
  deletedAt: instant('deleted_at'),
});

export const visitTypes = sqliteTable('visit_types', {
  ...replicatedRow(),
  nameEn: text('name_en').notNull(),
  nameEl: text('name_el').notNull(),
  specialtyId: text('specialty_id'),
  durationMinutes: integer('duration_minutes').notNull(),
  bufferBeforeMinutes: integer('buffer_before_minutes').notNull(),
  bufferAfterMinutes: integer('buffer_after_minutes').notNull(),
  feeMinor: integer('fee_minor').notNull(),
  feeCurrency: text('fee_currency').notNull(),
  sortOrder: integer('sort_order').notNull(),
  deletedAt: instant('deleted_at'),
});

export const users = sqliteTable('users', {
  ...replicatedRow(),
  email: text('email').notNull(),
  username: text('username'),
  displayName: text('display_name').notNull(),
  role: text('role', { enum: ['patient', 'receptionist', 'doctor', 'admin', 'automation'] }).notNull(),
  confirmedAt: instant('confirmed_at'),
  lastLoginAt: instant('last_login_at'),
  deletedAt: instant('deleted_at'),
});

/** The id is the account's. */
export const staffKeys = sqliteTable('staff_keys', {
  ...replicatedRow(),
  sealed: text('sealed').notNull(),
  secondFactorAt: instant('second_factor_at'),
  misses: integer('misses').notNull(),
  lastMissAt: instant('last_miss_at'),
  lockedUntil: instant('locked_until'),
});

export const userSessions = sqliteTable('user_sessions', {
  ...replicatedRow(),
  userId: text('user_id').notNull(),
  deskId: text('desk_id').notNull(),
  method: text('method', { enum: ['password', 'pin'] }).notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at'),
  endedBy: text('ended_by'),
});

export const doctors = sqliteTable('doctors', {
  ...replicatedRow(),
  userId: text('user_id'),
  specialtyId: text('specialty_id'),
  locationId: text('location_id'),
  firstName: text('first_name').notNull(),
  lastName: text('last_name').notNull(),
  firstNameEl: text('first_name_el'),
  lastNameEl: text('last_name_el'),
  email: text('email').notNull(),
  phone: text('phone'),
  specialization: text('specialization').notNull(),
  bio: text('bio'),
  bioEl: text('bio_el'),
  profileImageUrl: text('profile_image_url'),
  locationLat: real('location_lat'),
  locationLng: real('location_lng'),
  address: text('address'),
  city: text('city'),
  rating: real('rating').notNull(),
  reviewCount: integer('review_count').notNull(),
  consultationFee: integer('consultation_fee'),
  consultationFeeCurrency: text('consultation_fee_currency').notNull(),
  calComUserId: text('cal_com_user_id'),
  calComEventTypeId: text('cal_com_event_type_id'),
  calComUsername: text('cal_com_username'),
  nextAvailableSlot: instant('next_available_slot'),
  verifiedAt: instant('verified_at'),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  sortOrder: integer('sort_order').notNull(),
  deletedAt: instant('deleted_at'),
});

export const patients = sqliteTable(
  'patients',
  {
    ...replicatedRow(),
    userId: text('user_id'),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    email: text('email'),
    phone: text('phone'),
    address: text('address'),
    city: text('city'),
    dateOfBirth: text('date_of_birth'),
    gender: text('gender', { enum: ['male', 'female', 'other', 'prefer_not_to_say'] }),
    emergencyContact: text('emergency_contact'),
    profileImageUrl: text('profile_image_url'),
    notes: text('notes'),
    contactConfirmedAt: instant('contact_confirmed_at'),
    species: text('species'),
    breed: text('breed'),
    ownerId: text('owner_id'),
    contactPreference: text('contact_preference', { enum: ['phone', 'sms', 'email', 'post', 'none'] }),
    preferredLanguage: text('preferred_language', { enum: ['en', 'el'] }),
    erasedAt: instant('erased_at'),
    mergedIntoId: text('merged_into_id'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('patients_owner').on(t.ownerId)],
);

export const patientConsents = sqliteTable(
  'patient_consents',
  {
    ...replicatedRow(),
    patientId: text('patient_id').notNull(),
    kind: text('kind', { enum: ['treatment', 'data_processing', 'reminders', 'marketing'] }).notNull(),
    given: integer('given', { mode: 'boolean' }).notNull(),
    decidedAt: instant('decided_at').notNull(),
    recordedBy: text('recorded_by'),
    note: text('note'),
  },
  (t) => [index('patient_consents_patient').on(t.patientId, t.decidedAt)],
);

export const patientMerges = sqliteTable(
  'patient_merges',
  {
    ...replicatedRow(),
    keptId: text('kept_id').notNull(),
    mergedId: text('merged_id').notNull(),
    moved: text('moved', { mode: 'json' })
      .$type<{ table: string; id: string; column: string; was: unknown; now: unknown }[]>()
      .notNull(),
    mergedAt: instant('merged_at').notNull(),
    mergedBy: text('merged_by'),
    undoneAt: instant('undone_at'),
    undoneBy: text('undone_by'),
  },
  (t) => [index('patient_merges_kept').on(t.keptId)],
);

export const reviews = sqliteTable('reviews', {
  ...replicatedRow(),
  doctorId: text('doctor_id').notNull(),
  patientId: text('patient_id').notNull(),
  stars: integer('stars').notNull(),
  comment: text('comment'),
  deletedAt: instant('deleted_at'),
});

export const scheduleTemplates = sqliteTable('schedule_templates', {
  ...replicatedRow(),
  doctorId: text('doctor_id').notNull(),
  locationId: text('location_id').notNull(),
  roomId: text('room_id'),
  weekday: integer('weekday').notNull(),
  startsLocal: text('starts_local').notNull(),
  endsLocal: text('ends_local').notNull(),
  slotMinutes: integer('slot_minutes').notNull(),
  validFrom: text('valid_from').notNull(),
  validUntil: text('valid_until'),
  deletedAt: instant('deleted_at'),
});

export const scheduleExceptions = sqliteTable('schedule_exceptions', {
  ...replicatedRow(),
  doctorId: text('doctor_id'),
  locationId: text('location_id'),
  kind: text('kind', { enum: ['holiday', 'leave', 'block', 'opening'] }).notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  reason: text('reason'),
  source: text('source', { enum: ['idexx', 'cal_com'] }),
  deletedAt: instant('deleted_at'),
});

export const doctorTimeSlots = sqliteTable(
  'doctor_time_slots',
  {
    ...replicatedRow(),
    doctorId: text('doctor_id').notNull(),
    locationId: text('location_id'),
    startTimeUtc: instant('start_time_utc').notNull(),
    endTimeUtc: instant('end_time_utc').notNull(),
    isAvailable: integer('is_available', { mode: 'boolean' }).notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('slots_doctor_start').on(t.doctorId, t.startTimeUtc),
    index('slots_start').on(t.startTimeUtc),
  ],
);

export const appointmentSeries = sqliteTable('appointment_series', {
  ...replicatedRow(),
  patientId: text('patient_id').notNull(),
  doctorId: text('doctor_id').notNull(),
  locationId: text('location_id').notNull(),
  visitTypeId: text('visit_type_id'),
  rrule: text('rrule').notNull(),
  startsLocal: text('starts_local').notNull(),
  durationMinutes: integer('duration_minutes').notNull(),
  reason: text('reason'),
  deletedAt: instant('deleted_at'),
});

export const appointments = sqliteTable(
  'appointments',
  {
    ...replicatedRow(),
    slotId: text('slot_id'),
    doctorId: text('doctor_id').notNull(),
    patientId: text('patient_id'),
    locationId: text('location_id'),
    roomId: text('room_id'),
    visitTypeId: text('visit_type_id'),
    seriesId: text('series_id'),
    seriesAt: instant('series_at'),
    scheduledAt: instant('scheduled_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    durationMinutes: integer('duration_minutes')
      .notNull()
      .generatedAlwaysAs(sql`((ends_at - scheduled_at) / 60000)`, { mode: 'virtual' }),
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
    }).notNull(),
    appointmentType: text('appointment_type', { enum: ['in_person', 'video', 'phone', 'walk_in'] }).notNull(),
    origin: text('origin', { enum: ['desk', 'portal', 'cal_com', 'idexx', 'import'] }).notNull(),
    reason: text('reason'),
    notes: text('notes'),
    confirmedAt: instant('confirmed_at'),
    arrivedAt: instant('arrived_at'),
    readyAt: instant('ready_at'),
    inRoomAt: instant('in_room_at'),
    completedAt: instant('completed_at'),
    heldUntil: instant('held_until'),
    heldBy: text('held_by'),
    feeMinor: integer('fee_minor'),
    feeCurrency: text('fee_currency'),
    cancellationReason: text('cancellation_reason'),
    cancelledAt: instant('cancelled_at'),
    cancelledBy: text('cancelled_by'),
    overbookReason: text('overbook_reason'),
    overbookedBy: text('overbooked_by'),
    calComBookingId: text('cal_com_booking_id'),
    calComUid: text('cal_com_uid'),
    meetingUrl: text('meeting_url'),
  },
  (t) => [
    index('appointments_doctor_time').on(t.doctorId, t.scheduledAt),
    index('appointments_time').on(t.scheduledAt),
    index('appointments_patient').on(t.patientId, t.status, t.scheduledAt),
    index('appointments_room_time').on(t.roomId, t.scheduledAt),
    index('appointments_slot').on(t.slotId),
    index('appointments_series').on(t.seriesId).where(sql`series_id is not null`),
  ],
);

export const payments = sqliteTable(
  'payments',
  {
    ...replicatedRow(),
    appointmentId: text('appointment_id').notNull(),
    refundsPaymentId: text('refunds_payment_id'),
    amountCents: integer('amount_cents').notNull(),
    currency: text('currency').notNull(),
    method: text('method', { enum: ['cash', 'card', 'transfer', 'other'] }).notNull(),
    status: text('status', { enum: ['pending', 'paid', 'refunded', 'failed'] }).notNull(),
    kind: text('kind', { enum: ['payment', 'refund', 'void'] }).notNull(),
    locationId: text('location_id'),
    businessDay: text('business_day'),
    receiptNumber: integer('receipt_number'),
    provisionalNumber: text('provisional_number'),
    note: text('note'),
    transactionRef: text('transaction_ref'),
    paidAt: instant('paid_at'),
    takenBy: text('taken_by'),
  },
  (t) => [
    index('payments_appointment').on(t.appointmentId),
    index('payments_day').on(t.locationId, t.businessDay),
  ],
);

export const cashUps = sqliteTable('cash_ups', {
  ...replicatedRow(),
  locationId: text('location_id').notNull(),
  businessDay: text('business_day').notNull(),
  currency: text('currency').notNull(),
  lines: text('lines', { mode: 'json' })
    .$type<{ method: string; expected: number; counted: number }[]>()
    .notNull(),
  note: text('note'),
  closedAt: instant('closed_at').notNull(),
  closedBy: text('closed_by'),
});

export const prescriptions = sqliteTable(
  'prescriptions',
  {
    ...replicatedRow(),
    appointmentId: text('appointment_id').notNull(),
    doctorId: text('doctor_id').notNull(),
    patientId: text('patient_id').notNull(),
    instructions: text('instructions').notNull(),
    status: text('status', { enum: ['draft', 'issued'] }).notNull(),
    issuedAt: instant('issued_at').notNull(),
    replacesId: text('replaces_id'),
  },
  (t) => [
    index('prescriptions_appointment').on(t.appointmentId),
    index('prescriptions_patient').on(t.patientId),
  ],
);

export const waitingListEntries = sqliteTable('waiting_list_entries', {
  ...replicatedRow(),
  patientId: text('patient_id').notNull(),
  appointmentId: text('appointment_id'),
  doctorId: text('doctor_id'),
  specialtyId: text('specialty_id'),
  locationId: text('location_id'),
  visitTypeId: text('visit_type_id'),
  partOfDay: text('part_of_day', { enum: ['any', 'morning', 'afternoon'] }).notNull(),
  earliestDay: text('earliest_day'),
  latestDay: text('latest_day'),
  urgent: integer('urgent', { mode: 'boolean' }).notNull(),
  notes: text('notes'),
  status: text('status', { enum: ['waiting', 'booked', 'removed'] }).notNull(),
});

export const recalls = sqliteTable('recalls', {
  ...replicatedRow(),
  patientId: text('patient_id').notNull(),
  visitTypeId: text('visit_type_id'),
  doctorId: text('doctor_id'),
  dueOn: text('due_on').notNull(),
  reason: text('reason').notNull(),
  status: text('status', { enum: ['open', 'done', 'cancelled'] }).notNull(),
});

export const callAttempts = sqliteTable(
  'call_attempts',
  {
    ...replicatedRow(),
    list: text('list', { enum: ['confirmation', 'recall', 'discharge'] }).notNull(),
    subjectId: text('subject_id').notNull(),
    patientId: text('patient_id'),
    outcome: text('outcome', { enum: ['reached', 'left_message', 'no_answer'] }).notNull(),
    note: text('note'),
    calledAt: instant('called_at').notNull(),
    calledBy: text('called_by'),
    nextTryAt: instant('next_try_at'),
  },
  (t) => [index('call_attempts_subject').on(t.subjectId, t.calledAt)],
);

export const messages = sqliteTable(
  'messages',
  {
    ...replicatedRow(),
    sourceId: text('source_id'),
    threadId: text('thread_id').notNull(),
    type: text('type', { enum: ['chat', 'system', 'file', 'note'] }).notNull(),
    text: text('text').notNull(),
    richText: text('rich_text', { mode: 'json' }).$type<{ markdown?: string }>(),
    appointmentId: text('appointment_id'),
    patientId: text('patient_id'),
    doctorId: text('doctor_id'),
    relationalRefs: text('relational_refs', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    author: text('author', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    attachments: text('attachments', { mode: 'json' }).$type<Record<string, unknown>[]>().notNull(),
    readReceipts: text('read_receipts', { mode: 'json' }).$type<Record<string, unknown>[]>().notNull(),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
    denorm: text('denorm', { mode: 'json' }).$type<Record<string, unknown>>(),
    meta: text('meta', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    document: text('document', { mode: 'json' }).$type<Record<string, unknown>>(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('messages_thread').on(t.threadId), index('messages_appointment').on(t.appointmentId)],
);

export const messageReceipts = sqliteTable(
  'message_receipts',
  {
    ...replicatedRow(),
    messageId: text('message_id').notNull(),
    userRole: text('user_role').notNull(),
    userId: text('user_id'),
    readAt: instant('read_at').notNull(),
  },
  (t) => [index('message_receipts_message').on(t.messageId)],
);

export const attachments = sqliteTable('attachments', {
  ...replicatedRow(),
  fileName: text('file_name').notNull(),
  mimeType: text('mime_type').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  sha256: text('sha256').notNull(),
  deletedAt: instant('deleted_at'),
});

export const cases = sqliteTable(
  'cases',
  {
    ...replicatedRow(),
    externalId: text('external_id').notNull(),
    consultationId: text('consultation_id'),
    userId: text('user_id'),
    patientId: text('patient_id'),
    appointmentId: text('appointment_id'),
    reason: text('reason'),
    consultedAt: instant('consulted_at'),
    completedAt: instant('completed_at'),
    status: text('status', { enum: ['draft', 'ongoing', 'completed', 'reviewed'] }).notNull(),
    clinicalNotes: text('clinical_notes'),
    notesSyncedAt: instant('notes_synced_at'),
    dischargeSummary: text('discharge_summary'),
    changeHash: text('change_hash'),
    goneAt: instant('gone_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('cases_patient').on(t.patientId),
    index('cases_consultation').on(t.consultationId),
    index('cases_appointment').on(t.appointmentId),
  ],
);

export const scheduledDischargeCalls = sqliteTable('scheduled_discharge_calls', {
  ...replicatedRow(),
  caseId: text('case_id').notNull(),
  patientId: text('patient_id'),
  phone: text('phone').notNull(),
  dueAt: instant('due_at').notNull(),
  status: text('status', {
    enum: ['queued', 'ringing', 'in_progress', 'completed', 'failed', 'cancelled'],
  }).notNull(),
  attempts: integer('attempts').notNull(),
  nextAttemptAt: instant('next_attempt_at'),
  outcomeNotes: text('outcome_notes'),
});

export const integrations = sqliteTable('integrations', {
  ...replicatedRow(),
  source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  position: text('position', { mode: 'json' }).$type<Record<string, unknown>>(),
});

export const outsideLinks = sqliteTable(
  'outside_links',
  {
    ...replicatedRow(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    kind: text('kind', { enum: ['provider', 'visit_type', 'event_type', 'patient', 'client'] }).notNull(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    doctorId: text('doctor_id'),
    visitTypeId: text('visit_type_id'),
    patientId: text('patient_id'),
    seen: text('seen', { mode: 'json' }).$type<Record<string, unknown>>(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('outside_links_external').on(t.source, t.kind, t.externalId),
    index('outside_links_patient').on(t.patientId),
  ],
);

export const outsideBookings = sqliteTable(
  'outside_bookings',
  {
    ...replicatedRow(),
    source: text('source', { enum: ['idexx', 'cal_com'] }).notNull(),
    externalId: text('external_id').notNull(),
    appointmentId: text('appointment_id'),
    patientId: text('patient_id'),
    doctorId: text('doctor_id'),
    visitTypeId: text('visit_type_id'),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    status: text('status', {
      enum: ['pending', 'scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show'],
    }).notNull(),
    personName: text('person_name'),
    phone: text('phone'),
    email: text('email'),
    title: text('title'),
    seen: text('seen', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    agreed: text('agreed', { mode: 'json' }).$type<Record<string, unknown>>(),
    goneAt: instant('gone_at'),
    problem: text('problem', {
      enum: ['taken', 'unknown_doctor', 'changed_both', 'not_sent', 'invalid'],
    }),
    problemAt: instant('problem_at'),
    problemDetails: text('problem_details', { mode: 'json' }).$type<Record<string, unknown>>(),
    decision: text('decision', { enum: ['move', 'decline', 'keep_ours', 'keep_theirs', 'dismiss'] }),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
  },
  (t) => [
    index('outside_bookings_external').on(t.source, t.externalId),
    index('outside_bookings_appointment').on(t.appointmentId),
    index('outside_bookings_patient').on(t.patientId),
    index('outside_bookings_problem').on(t.problemAt).where(sql`problem is not null`),
  ],
);

export const slotLeases = sqliteTable(
  'slot_leases',
  {
    ...replicatedRow(),
    doctorId: text('doctor_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    roomId: text('room_id'),
    deskId: text('desk_id'),
    incarnation: text('incarnation'),
    taken: integer('taken').notNull(),
    grantedAt: instant('granted_at'),
    wantedAt: instant('wanted_at'),
  },
  (t) => [index('slot_leases_held').on(t.doctorId, t.startsAt).where(sql`desk_id is not null`)],
);
