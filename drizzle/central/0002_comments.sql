-- What each table is for, for whoever browses the database; `npm run schema:inventory` prints it.

COMMENT ON TABLE clinics IS 'One tenant. Its id equals its clinic_id.';
--> statement-breakpoint
COMMENT ON TABLE specialties IS 'Medical specialties in both languages.';
--> statement-breakpoint
COMMENT ON TABLE clinic_locations IS 'Places where doctors see patients; each has the time zone that rules its slots.';
--> statement-breakpoint
COMMENT ON TABLE rooms IS 'Rooms of a location. No two live appointments share one at a time.';
--> statement-breakpoint
COMMENT ON TABLE visit_types IS 'What a visit is for: sets length, buffers and fee.';
--> statement-breakpoint
COMMENT ON TABLE users IS 'Every account: staff, doctors, patients with a portal login, automation.';
--> statement-breakpoint
COMMENT ON TABLE users_tokens IS 'Single-use tokens by context, stored hashed.';
--> statement-breakpoint
COMMENT ON TABLE doctors IS 'Directory profile and working record of each doctor.';
--> statement-breakpoint
COMMENT ON TABLE patients IS 'Patients: people, or animals with their owner.';
--> statement-breakpoint
COMMENT ON TABLE reviews IS 'Patients'' ratings of doctors.';
--> statement-breakpoint
COMMENT ON TABLE schedule_templates IS 'Working stretches of a doctor''s week in local time, from which slots are made.';
--> statement-breakpoint
COMMENT ON TABLE schedule_exceptions IS 'Holidays, leave, blocks and extra opening times.';
--> statement-breakpoint
COMMENT ON TABLE doctor_time_slots IS 'The bookable grid. A row is bookable or blocked; an absent row is closed time.';
--> statement-breakpoint
COMMENT ON TABLE appointments IS 'Appointments. Guards keep a slot, a doctor and a room from being booked twice.';
--> statement-breakpoint
COMMENT ON TABLE payments IS 'Money that moved, in minor units. Never edited; refunds are rows that name the first.';
--> statement-breakpoint
COMMENT ON TABLE prescriptions IS 'Prescriptions by appointment.';
--> statement-breakpoint
COMMENT ON TABLE messages IS 'Messages between patient and clinic; the open parts are JSONB.';
--> statement-breakpoint
COMMENT ON TABLE attachments IS 'Stored files by the SHA-256 of their bytes.';
--> statement-breakpoint
COMMENT ON TABLE cases IS 'What became of one IDEXX Neo consultation.';
--> statement-breakpoint
COMMENT ON TABLE scheduled_discharge_calls IS 'Calls after discharge: due time, tries, outcome.';
--> statement-breakpoint
COMMENT ON TABLE idexx_credentials IS 'Sealed copies of users'' IDEXX Neo logins.';
--> statement-breakpoint
COMMENT ON TABLE idexx_sync_sessions IS 'Runs of the IDEXX sync.';
--> statement-breakpoint
COMMENT ON TABLE consultation_sync_status IS 'What is known of each consultation''s reconciliation.';
--> statement-breakpoint
COMMENT ON TABLE idexx_sync_audit_log IS 'Who touched an IDEXX credential or run. Append-only, kept six years.';
--> statement-breakpoint
COMMENT ON TABLE audit_log IS 'What was done and what it changed. Append-only, kept six years.';
--> statement-breakpoint
COMMENT ON TABLE central IS 'One row: which central database this is.';
--> statement-breakpoint
COMMENT ON TABLE heads IS 'Each clinic''s commit counter. Its row lock makes the clinic''s writes serial.';
--> statement-breakpoint
COMMENT ON TABLE desks IS 'Desks and the Postgres login role of each.';
--> statement-breakpoint
COMMENT ON TABLE streams IS 'The next number of each desk''s stream of changes.';
--> statement-breakpoint
COMMENT ON TABLE changes IS 'Every change that reached central, with its outcome.';
--> statement-breakpoint
COMMENT ON TABLE backend_sessions IS 'Who is signed in on which connection.';
--> statement-breakpoint
COMMENT ON TABLE replicated_tables IS 'What desks replicate, may push, and may not set.';
--> statement-breakpoint
COMMENT ON VIEW admins IS 'The users who are administrators, under the names of clinic-schema.';
--> statement-breakpoint
COMMENT ON VIEW schema_migrations IS 'Migrations that have been applied.';
