CREATE TABLE "attachment_contents" (
	"clinic_id" uuid NOT NULL,
	"sha256" varchar(64) NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachment_contents_clinic_id_sha256_pk" PRIMARY KEY("clinic_id","sha256"),
	CONSTRAINT "attachment_contents_named" CHECK ("attachment_contents"."sha256" = encode(sha256("attachment_contents"."content"), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "message_receipts" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"message_id" uuid NOT NULL,
	"user_role" text NOT NULL,
	"user_id" uuid,
	"read_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "message_receipts_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "patient_consents" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"patient_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"given" boolean NOT NULL,
	"decided_at" timestamp(3) with time zone NOT NULL,
	"recorded_by" uuid,
	"note" varchar(255),
	CONSTRAINT "patient_consents_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "patient_consents_kind" CHECK ("patient_consents"."kind" in ('treatment', 'data_processing', 'reminders', 'marketing'))
);
--> statement-breakpoint
CREATE TABLE "patient_merges" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"moved" jsonb NOT NULL,
	"merged_at" timestamp(3) with time zone NOT NULL,
	"merged_by" uuid,
	"undone_at" timestamp(3) with time zone,
	"undone_by" uuid,
	CONSTRAINT "patient_merges_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "patient_merges_two" CHECK ("patient_merges"."kept_id" <> "patient_merges"."merged_id")
);
--> statement-breakpoint
CREATE TABLE "appointment_series" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"patient_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"visit_type_id" uuid,
	"rrule" text NOT NULL,
	"starts_local" char(16) NOT NULL,
	"duration_minutes" integer NOT NULL,
	"reason" varchar(255),
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "appointment_series_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "appointment_series_duration" CHECK ("appointment_series"."duration_minutes" between 5 and 720)
);
--> statement-breakpoint
CREATE TABLE "call_attempts" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"list" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"patient_id" uuid,
	"outcome" text NOT NULL,
	"note" varchar(500),
	"called_at" timestamp(3) with time zone NOT NULL,
	"called_by" uuid,
	"next_try_at" timestamp(3) with time zone,
	CONSTRAINT "call_attempts_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "call_attempts_list" CHECK ("call_attempts"."list" in ('confirmation', 'recall', 'discharge')),
	CONSTRAINT "call_attempts_outcome" CHECK ("call_attempts"."outcome" in ('reached', 'left_message', 'no_answer'))
);
--> statement-breakpoint
CREATE TABLE "cash_ups" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"location_id" uuid NOT NULL,
	"business_day" date NOT NULL,
	"currency" char(3) NOT NULL,
	"lines" jsonb NOT NULL,
	"note" text,
	"closed_at" timestamp(3) with time zone NOT NULL,
	"closed_by" uuid,
	CONSTRAINT "cash_ups_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "recalls" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"patient_id" uuid NOT NULL,
	"visit_type_id" uuid,
	"doctor_id" uuid,
	"due_on" date NOT NULL,
	"reason" varchar(255) NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "recalls_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "recalls_status" CHECK ("recalls"."status" in ('open', 'done', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "receipt_counters" (
	"clinic_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "receipt_counters_clinic_id_location_id_pk" PRIMARY KEY("clinic_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "waiting_list_entries" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"patient_id" uuid NOT NULL,
	"appointment_id" uuid,
	"doctor_id" uuid,
	"specialty_id" uuid,
	"location_id" uuid,
	"visit_type_id" uuid,
	"part_of_day" text DEFAULT 'any' NOT NULL,
	"earliest_day" date,
	"latest_day" date,
	"urgent" boolean DEFAULT false NOT NULL,
	"notes" varchar(500),
	"status" text DEFAULT 'waiting' NOT NULL,
	CONSTRAINT "waiting_list_entries_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "waiting_list_part_of_day" CHECK ("waiting_list_entries"."part_of_day" in ('any', 'morning', 'afternoon')),
	CONSTRAINT "waiting_list_status" CHECK ("waiting_list_entries"."status" in ('waiting', 'booked', 'removed'))
);
--> statement-breakpoint
ALTER TABLE "appointments" ALTER COLUMN "patient_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "contact_preference" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "preferred_language" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "erased_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "series_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "fee_minor" integer;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "fee_currency" char(3);--> statement-breakpoint
ALTER TABLE "doctor_time_slots" ADD COLUMN "deleted_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "kind" text DEFAULT 'payment' NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "location_id" uuid;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "business_day" date;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "receipt_number" integer;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "provisional_number" varchar(40);--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "note" varchar(255);--> statement-breakpoint
ALTER TABLE "prescriptions" ADD COLUMN "status" text DEFAULT 'issued' NOT NULL;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD COLUMN "replaces_id" uuid;--> statement-breakpoint
ALTER TABLE "attachment_contents" ADD CONSTRAINT "attachment_contents_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_receipts" ADD CONSTRAINT "message_receipts_clinic_id_message_id_messages_clinic_id_id_fk" FOREIGN KEY ("clinic_id","message_id") REFERENCES "public"."messages"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_receipts" ADD CONSTRAINT "message_receipts_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_consents" ADD CONSTRAINT "patient_consents_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_consents" ADD CONSTRAINT "patient_consents_clinic_id_recorded_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","recorded_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_clinic_id_kept_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","kept_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_clinic_id_merged_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","merged_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_clinic_id_merged_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","merged_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_clinic_id_undone_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","undone_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_series" ADD CONSTRAINT "appointment_series_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_series" ADD CONSTRAINT "appointment_series_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_series" ADD CONSTRAINT "appointment_series_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_series" ADD CONSTRAINT "appointment_series_clinic_id_visit_type_id_visit_types_clinic_id_id_fk" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_clinic_id_called_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","called_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_ups" ADD CONSTRAINT "cash_ups_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_ups" ADD CONSTRAINT "cash_ups_clinic_id_closed_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","closed_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_clinic_id_visit_type_id_visit_types_clinic_id_id_fk" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_counters" ADD CONSTRAINT "receipt_counters_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_appointment_id_appointments_clinic_id_id_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_specialty_id_specialties_clinic_id_id_fk" FOREIGN KEY ("clinic_id","specialty_id") REFERENCES "public"."specialties"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_list_entries" ADD CONSTRAINT "waiting_list_entries_clinic_id_visit_type_id_visit_types_clinic_id_id_fk" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_receipts_message_index" ON "message_receipts" USING btree ("clinic_id","message_id");--> statement-breakpoint
CREATE INDEX "message_receipts_rev_index" ON "message_receipts" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "patient_consents_patient_index" ON "patient_consents" USING btree ("clinic_id","patient_id","decided_at");--> statement-breakpoint
CREATE INDEX "patient_consents_rev_index" ON "patient_consents" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "patient_merges_one_at_a_time" ON "patient_merges" USING btree ("clinic_id","merged_id") WHERE "patient_merges"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "patient_merges_rev_index" ON "patient_merges" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "appointment_series_rev_index" ON "appointment_series" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "call_attempts_subject_index" ON "call_attempts" USING btree ("clinic_id","subject_id","called_at");--> statement-breakpoint
CREATE INDEX "call_attempts_rev_index" ON "call_attempts" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "cash_ups_one_per_day" ON "cash_ups" USING btree ("clinic_id","location_id","business_day","currency");--> statement-breakpoint
CREATE INDEX "cash_ups_rev_index" ON "cash_ups" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "recalls_due_index" ON "recalls" USING btree ("clinic_id","due_on");--> statement-breakpoint
CREATE INDEX "recalls_rev_index" ON "recalls" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "waiting_list_entries_rev_index" ON "waiting_list_entries" USING btree ("clinic_id","rev");--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_series" FOREIGN KEY ("clinic_id","series_id") REFERENCES "public"."appointment_series"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "fk_rx_replaces" FOREIGN KEY ("clinic_id","replaces_id") REFERENCES "public"."prescriptions"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointments_series_index" ON "appointments" USING btree ("clinic_id","series_id");--> statement-breakpoint
CREATE INDEX "appointments_held_index" ON "appointments" USING btree ("clinic_id","held_until") WHERE "appointments"."status" = 'held';--> statement-breakpoint
CREATE UNIQUE INDEX "payments_receipt_number_index" ON "payments" USING btree ("clinic_id","location_id","receipt_number");--> statement-breakpoint
CREATE INDEX "payments_business_day_index" ON "payments" USING btree ("clinic_id","location_id","business_day");--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_contact_preference" CHECK ("patients"."contact_preference" in ('phone', 'sms', 'email', 'post', 'none'));--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_preferred_language" CHECK ("patients"."preferred_language" in ('en', 'el'));--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_patient_named" CHECK ("appointments"."patient_id" is not null or "appointments"."status" in ('held', 'cancelled'));--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_fee" CHECK ("appointments"."fee_minor" >= 0 and ("appointments"."fee_minor" is null) = ("appointments"."fee_currency" is null));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_kind" CHECK ("payments"."kind" in ('payment', 'refund', 'void'));--> statement-breakpoint
ALTER TABLE "payments" DISABLE TRIGGER check_payment_final;--> statement-breakpoint
UPDATE "payments" SET "kind" = 'refund' WHERE "refunds_payment_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ENABLE TRIGGER check_payment_final;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_names_first" CHECK (("payments"."kind" = 'payment') = ("payments"."refunds_payment_id" is null));--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "prescriptions_status" CHECK ("prescriptions"."status" in ('draft', 'issued'));