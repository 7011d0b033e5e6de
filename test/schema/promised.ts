/**
 * The tables and columns of the three source schemas, written out. A name alone stands in central's table of
 * that name; `theirs=ours` or `theirs=table.column` says where it went, where that is another place.
 */
export const promised: Record<string, Record<string, string>> = {
  'clinic-schema': {
    patients:
      'id first_name last_name email phone date_of_birth gender notes created_at updated_at deleted_at',
    doctors: `id first_name last_name email phone specialization bio location_id
      password_hash=users.hashed_password is_active created_at updated_at deleted_at`,
    admins: 'id username email password_hash last_login_at created_at updated_at deleted_at',
    clinic_locations: `id name address_line1 address_line2 city state_region postal_code country phone timezone
      created_at updated_at`,
    doctor_time_slots:
      'id doctor_id location_id start_time_utc end_time_utc is_available created_at updated_at',
    appointments: 'id slot_id doctor_id patient_id location_id status reason notes created_at updated_at',
    payments: `id appointment_id amount_cents currency method status transaction_ref paid_at created_at
      updated_at`,
    prescriptions: 'id appointment_id doctor_id patient_id instructions issued_at created_at updated_at',
    messages: `_id=source_id thread_id type text rich_text relationalRefs=relational_refs author attachments
      read_receipts tags denorm meta`,
  },
  'medic-schema': {
    appointments: `id patient_id doctor_id scheduled_at duration_minutes status cal_com_booking_id cal_com_uid
      meeting_url appointment_type notes cancellation_reason cancelled_at inserted_at=created_at updated_at`,
    doctors: `id user_id specialty_id first_name last_name bio bio_el profile_image_url location_lat location_lng
      address city rating review_count consultation_fee cal_com_user_id cal_com_event_type_id cal_com_username
      next_available_slot verified_at inserted_at=created_at updated_at`,
    patients: `id user_id first_name last_name date_of_birth phone emergency_contact profile_image_url
      inserted_at=created_at updated_at`,
    specialties: 'id name_en name_el slug icon inserted_at=created_at updated_at',
    users: 'id email hashed_password role confirmed_at totp_secret inserted_at=created_at updated_at',
    users_tokens: 'id user_id token context sent_to inserted_at=created_at',
    schema_migrations: 'version inserted_at',
  },
  'idexx-sync-schema': {
    idexx_credentials: `id user_id encrypted_username encrypted_password encryption_key_id last_validated_at
      validation_status created_at updated_at`,
    idexx_sync_sessions: `id user_id clinic_id status started_at completed_at consultations_synced
      consultations_failed discharge_calls_scheduled error_details next_scheduled_sync created_at`,
    consultation_sync_status: `id consultation_id user_id case_id sync_status has_clinical_notes notes_synced_at
      discharge_call_scheduled discharge_call_id last_sync_attempt created_at updated_at`,
    idexx_sync_audit_log: 'id timestamp user_id action status ip_address session_id error_details metadata',
    cases: 'id',
    scheduled_discharge_calls: 'id',
    clinics: 'id',
  },
};

/**
 * The indexes of the three schemas: `table: columns`, and `!` where they are unique. Central's lead with the
 * clinic, and stand for the clinic where they are unique.
 */
export const promisedIndexes = `
  patients: email !
  patients: last_name first_name
  patients: user_id !
  doctors: email !
  doctors: specialization
  doctors: location_id
  doctors: user_id !
  doctors: specialty_id
  doctors: city
  doctors: rating
  doctors: next_available_slot
  users: email !
  users: username !
  users_tokens: user_id
  users_tokens: context token !
  specialties: slug !
  clinic_locations: city country
  doctor_time_slots: doctor_id start_time_utc end_time_utc !
  doctor_time_slots: doctor_id start_time_utc
  doctor_time_slots: location_id
  appointments: slot_id !
  appointments: doctor_id patient_id
  appointments: patient_id
  appointments: doctor_id
  appointments: scheduled_at
  appointments: status
  appointments: location_id
  appointments: cal_com_uid !
  payments: appointment_id
  payments: status
  payments: transaction_ref !
  prescriptions: appointment_id
  prescriptions: doctor_id patient_id
  idexx_credentials: user_id !
  idexx_credentials: validation_status
  idexx_sync_sessions: user_id
  idexx_sync_sessions: status
  idexx_sync_sessions: started_at
  consultation_sync_status: consultation_id user_id !
  consultation_sync_status: user_id
  consultation_sync_status: case_id
  consultation_sync_status: consultation_id
  consultation_sync_status: sync_status
  idexx_sync_audit_log: user_id
  idexx_sync_audit_log: timestamp
  idexx_sync_audit_log: action
`;

/** Values that the schemas allow in a column; central may allow more. */
export const promisedValues: Record<string, string> = {
  'patients.gender': 'male female other prefer_not_to_say',
  'appointments.status': 'pending scheduled completed cancelled no_show',
  'payments.method': 'cash card transfer other',
  'payments.status': 'pending paid refunded failed',
  'messages.type': 'chat system file note',
  'users.role': 'patient doctor admin',
  'idexx_credentials.validation_status': 'valid invalid unknown',
  'idexx_sync_sessions.status': 'running completed failed timeout',
  'consultation_sync_status.sync_status': 'pending synced failed',
  'cases.status': 'draft ongoing completed reviewed',
  'scheduled_discharge_calls.status': 'queued ringing in_progress completed failed cancelled',
};

/** References of the schemas: `table.column > table`. */
export const promisedReferences = `
  doctors.location_id > clinic_locations
  doctors.user_id > users
  doctors.specialty_id > specialties
  patients.user_id > users
  users_tokens.user_id > users
  doctor_time_slots.doctor_id > doctors
  doctor_time_slots.location_id > clinic_locations
  appointments.slot_id > doctor_time_slots
  appointments.doctor_id > doctors
  appointments.patient_id > patients
  appointments.location_id > clinic_locations
  payments.appointment_id > appointments
  prescriptions.appointment_id > appointments
  prescriptions.doctor_id > doctors
  prescriptions.patient_id > patients
  idexx_credentials.user_id > users
  idexx_sync_sessions.user_id > users
  idexx_sync_sessions.clinic_id > clinics
  consultation_sync_status.user_id > users
  consultation_sync_status.case_id > cases
  consultation_sync_status.discharge_call_id > scheduled_discharge_calls
  idexx_sync_audit_log.user_id > users
`;
