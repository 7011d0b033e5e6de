CREATE TABLE "clinic_locations" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"name" varchar(120) NOT NULL,
	"name_el" varchar(120),
	"address_line1" varchar(255) NOT NULL,
	"address_line2" varchar(255),
	"city" varchar(100) NOT NULL,
	"state_region" varchar(100),
	"postal_code" varchar(20),
	"country" varchar(100) NOT NULL,
	"phone" varchar(30),
	"timezone" varchar(64) DEFAULT 'UTC' NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "clinic_locations_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "clinics" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"name_el" text,
	"kind" text DEFAULT 'human' NOT NULL,
	"phone" varchar(30),
	"email" varchar(255),
	"city" varchar(100),
	"timezone" varchar(64) DEFAULT 'UTC' NOT NULL,
	"currency" char(3) DEFAULT 'EUR' NOT NULL,
	"first_weekday" smallint DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "clinics_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "clinics_clinic_id_unique" UNIQUE("clinic_id"),
	CONSTRAINT "clinics_own_tenant" CHECK ("clinics"."id" = "clinics"."clinic_id"),
	CONSTRAINT "clinics_kind" CHECK ("clinics"."kind" in ('human', 'veterinary')),
	CONSTRAINT "clinics_first_weekday" CHECK ("clinics"."first_weekday" between 1 and 7)
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"location_id" uuid NOT NULL,
	"name" varchar(60) NOT NULL,
	"name_el" varchar(60),
	"sort_order" smallint DEFAULT 0 NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "rooms_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "specialties" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"name_en" text NOT NULL,
	"name_el" text NOT NULL,
	"slug" text NOT NULL,
	"icon" text,
	CONSTRAINT "specialties_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "visit_types" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"name_en" varchar(120) NOT NULL,
	"name_el" varchar(120) NOT NULL,
	"specialty_id" uuid,
	"duration_minutes" integer DEFAULT 30 NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"fee_minor" integer DEFAULT 0 NOT NULL,
	"fee_currency" char(3) DEFAULT 'EUR' NOT NULL,
	"sort_order" smallint DEFAULT 0 NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "visit_types_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "visit_types_duration" CHECK ("visit_types"."duration_minutes" between 5 and 720),
	CONSTRAINT "visit_types_buffers" CHECK ("visit_types"."buffer_before_minutes" >= 0 and "visit_types"."buffer_after_minutes" >= 0),
	CONSTRAINT "visit_types_fee" CHECK ("visit_types"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"external_id" text NOT NULL,
	"user_id" uuid,
	"patient_id" uuid,
	"appointment_id" uuid,
	"status" text DEFAULT 'draft' NOT NULL,
	"clinical_notes" text,
	"discharge_summary" text,
	"change_hash" text,
	"gone_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "cases_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "cases_status" CHECK ("cases"."status" in ('draft', 'ongoing', 'completed', 'reviewed'))
);
--> statement-breakpoint
CREATE TABLE "consultation_sync_status" (
	"clinic_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"consultation_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"case_id" uuid,
	"sync_status" text DEFAULT 'pending' NOT NULL,
	"has_clinical_notes" boolean DEFAULT false NOT NULL,
	"notes_synced_at" timestamp(3) with time zone,
	"discharge_call_scheduled" boolean DEFAULT false NOT NULL,
	"discharge_call_id" uuid,
	"last_sync_attempt" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consultation_sync_status_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "consultation_sync_status_status" CHECK ("consultation_sync_status"."sync_status" in ('pending', 'synced', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "idexx_credentials" (
	"clinic_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"encrypted_username" text NOT NULL,
	"encrypted_password" text NOT NULL,
	"encrypted_company_id" text,
	"encryption_key_id" text NOT NULL,
	"last_validated_at" timestamp(3) with time zone,
	"validation_status" text DEFAULT 'unknown' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idexx_credentials_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "idexx_credentials_status" CHECK ("idexx_credentials"."validation_status" in ('valid', 'invalid', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "idexx_sync_audit_log" (
	"clinic_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"timestamp" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid,
	"action" text NOT NULL,
	"status" text,
	"ip_address" "inet",
	"session_id" text,
	"error_details" jsonb,
	"metadata" jsonb,
	CONSTRAINT "idexx_sync_audit_log_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "idexx_sync_sessions" (
	"clinic_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"started_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp(3) with time zone,
	"consultations_synced" integer DEFAULT 0 NOT NULL,
	"consultations_failed" integer DEFAULT 0 NOT NULL,
	"discharge_calls_scheduled" integer DEFAULT 0 NOT NULL,
	"error_details" jsonb,
	"next_scheduled_sync" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idexx_sync_sessions_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "idexx_sync_sessions_status" CHECK ("idexx_sync_sessions"."status" in ('running', 'completed', 'failed', 'timeout'))
);
--> statement-breakpoint
CREATE TABLE "scheduled_discharge_calls" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"case_id" uuid NOT NULL,
	"patient_id" uuid,
	"phone" varchar(30) NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp(3) with time zone,
	"outcome_notes" text,
	CONSTRAINT "scheduled_discharge_calls_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "scheduled_discharge_calls_status" CHECK ("scheduled_discharge_calls"."status" in ('queued', 'ringing', 'in_progress', 'completed', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"file_name" varchar(255) NOT NULL,
	"mime_type" varchar(127) NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" varchar(64) NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "attachments_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "attachments_sha256" CHECK ("attachments"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"source_id" text,
	"thread_id" text NOT NULL,
	"type" text DEFAULT 'chat' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"rich_text" jsonb,
	"appointment_id" uuid,
	"patient_id" uuid,
	"doctor_id" uuid,
	"relational_refs" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"author" jsonb NOT NULL,
	"attachments" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"read_receipts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"denorm" jsonb,
	"meta" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"document" jsonb,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "messages_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "messages_type" CHECK ("messages"."type" in ('chat', 'system', 'file', 'note'))
);
--> statement-breakpoint
CREATE TABLE "doctors" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid,
	"specialty_id" uuid,
	"location_id" uuid,
	"first_name" varchar(100) NOT NULL,
	"last_name" varchar(100) NOT NULL,
	"first_name_el" varchar(100),
	"last_name_el" varchar(100),
	"email" varchar(255) NOT NULL,
	"phone" varchar(30),
	"specialization" varchar(120) NOT NULL,
	"bio" text,
	"bio_el" text,
	"profile_image_url" text,
	"location_lat" double precision,
	"location_lng" double precision,
	"address" text,
	"city" text,
	"rating" numeric(3, 2) DEFAULT 0 NOT NULL,
	"review_count" integer DEFAULT 0 NOT NULL,
	"consultation_fee" integer,
	"consultation_fee_currency" char(3) DEFAULT 'EUR' NOT NULL,
	"cal_com_user_id" text,
	"cal_com_event_type_id" text,
	"cal_com_username" text,
	"next_available_slot" timestamp(3) with time zone,
	"verified_at" timestamp(3) with time zone,
	"is_active" boolean DEFAULT true NOT NULL,
	"sort_order" smallint DEFAULT 0 NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "doctors_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "doctors_consultation_fee" CHECK ("doctors"."consultation_fee" >= 0),
	CONSTRAINT "doctors_rating" CHECK ("doctors"."rating" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid,
	"first_name" varchar(100) NOT NULL,
	"last_name" varchar(100) NOT NULL,
	"email" varchar(255),
	"phone" varchar(30),
	"address" text,
	"city" varchar(100),
	"date_of_birth" date,
	"gender" text,
	"emergency_contact" text,
	"profile_image_url" text,
	"notes" text,
	"contact_confirmed_at" timestamp(3) with time zone,
	"species" varchar(60),
	"breed" varchar(120),
	"owner_id" uuid,
	"merged_into_id" uuid,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "patients_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "patients_gender" CHECK ("patients"."gender" in ('male', 'female', 'other', 'prefer_not_to_say')),
	CONSTRAINT "patients_not_own_owner" CHECK ("patients"."owner_id" <> "patients"."id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"doctor_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"stars" smallint NOT NULL,
	"comment" text,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "reviews_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "reviews_stars" CHECK ("reviews"."stars" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"email" varchar(255) NOT NULL,
	"username" varchar(100),
	"display_name" varchar(200) NOT NULL,
	"hashed_password" text NOT NULL,
	"role" text DEFAULT 'patient' NOT NULL,
	"confirmed_at" timestamp(3) with time zone,
	"totp_secret" "bytea",
	"last_login_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "users_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "users_role" CHECK ("users"."role" in ('patient', 'receptionist', 'doctor', 'admin', 'automation'))
);
--> statement-breakpoint
CREATE TABLE "users_tokens" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"token" "bytea" NOT NULL,
	"context" text NOT NULL,
	"sent_to" text,
	"expires_at" timestamp(3) with time zone,
	"used_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_tokens_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"slot_id" uuid,
	"doctor_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"location_id" uuid,
	"room_id" uuid,
	"visit_type_id" uuid,
	"scheduled_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"duration_minutes" integer GENERATED ALWAYS AS ((extract(epoch from (ends_at - scheduled_at)) / 60)::integer) STORED NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"appointment_type" text DEFAULT 'in_person' NOT NULL,
	"origin" text DEFAULT 'desk' NOT NULL,
	"reason" varchar(255),
	"notes" text,
	"confirmed_at" timestamp(3) with time zone,
	"arrived_at" timestamp(3) with time zone,
	"ready_at" timestamp(3) with time zone,
	"in_room_at" timestamp(3) with time zone,
	"completed_at" timestamp(3) with time zone,
	"held_until" timestamp(3) with time zone,
	"cancellation_reason" text,
	"cancelled_at" timestamp(3) with time zone,
	"cancelled_by" uuid,
	"overbook_reason" text,
	"overbooked_by" uuid,
	"cal_com_booking_id" text,
	"cal_com_uid" text,
	"meeting_url" text,
	CONSTRAINT "appointments_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "appointments_status" CHECK ("appointments"."status" in ('held', 'pending', 'scheduled', 'arrived', 'ready', 'in_room', 'completed', 'cancelled', 'no_show', 'left')),
	CONSTRAINT "appointments_type" CHECK ("appointments"."appointment_type" in ('in_person', 'video', 'phone', 'walk_in')),
	CONSTRAINT "appointments_origin" CHECK ("appointments"."origin" in ('desk', 'portal', 'cal_com', 'idexx', 'import')),
	CONSTRAINT "appointments_order" CHECK ("appointments"."ends_at" > "appointments"."scheduled_at"),
	CONSTRAINT "appointments_length" CHECK ("appointments"."ends_at" - "appointments"."scheduled_at" <= interval '12 hours'),
	CONSTRAINT "appointments_slot_named" CHECK ("appointments"."slot_id" is not null or "appointments"."overbook_reason" is not null or "appointments"."origin" <> 'desk'),
	CONSTRAINT "appointments_overbook_approved" CHECK (("appointments"."overbook_reason" is null) = ("appointments"."overbooked_by" is null))
);
--> statement-breakpoint
CREATE TABLE "doctor_time_slots" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid,
	"start_time_utc" timestamp(3) with time zone NOT NULL,
	"end_time_utc" timestamp(3) with time zone NOT NULL,
	"is_available" boolean DEFAULT true NOT NULL,
	CONSTRAINT "doctor_time_slots_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "chk_slot_time" CHECK ("doctor_time_slots"."end_time_utc" > "doctor_time_slots"."start_time_utc")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"appointment_id" uuid NOT NULL,
	"refunds_payment_id" uuid,
	"amount_cents" integer NOT NULL,
	"currency" char(3) DEFAULT 'USD' NOT NULL,
	"method" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"transaction_ref" varchar(100),
	"paid_at" timestamp(3) with time zone,
	"taken_by" uuid,
	CONSTRAINT "payments_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_cents" >= 0),
	CONSTRAINT "payments_currency" CHECK ("payments"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "payments_method" CHECK ("payments"."method" in ('cash', 'card', 'transfer', 'other')),
	CONSTRAINT "payments_status" CHECK ("payments"."status" in ('pending', 'paid', 'refunded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "prescriptions" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"appointment_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"instructions" text NOT NULL,
	"issued_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prescriptions_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"doctor_id" uuid,
	"location_id" uuid,
	"kind" text NOT NULL,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"reason" varchar(255),
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "schedule_exceptions_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "schedule_exceptions_kind" CHECK ("schedule_exceptions"."kind" in ('holiday', 'leave', 'block', 'opening')),
	CONSTRAINT "schedule_exceptions_order" CHECK ("schedule_exceptions"."ends_at" > "schedule_exceptions"."starts_at")
);
--> statement-breakpoint
CREATE TABLE "schedule_templates" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"room_id" uuid,
	"weekday" smallint NOT NULL,
	"starts_local" char(5) NOT NULL,
	"ends_local" char(5) NOT NULL,
	"slot_minutes" smallint DEFAULT 15 NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "schedule_templates_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "schedule_templates_weekday" CHECK ("schedule_templates"."weekday" between 1 and 7),
	CONSTRAINT "schedule_templates_order" CHECK ("schedule_templates"."ends_local" > "schedule_templates"."starts_local"),
	CONSTRAINT "schedule_templates_slot" CHECK ("schedule_templates"."slot_minutes" between 5 and 240)
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"clinic_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"change_id" uuid,
	"desk_id" uuid,
	"actor" uuid,
	"action" text NOT NULL,
	"table_name" text,
	"row_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"done_at" timestamp(3) with time zone NOT NULL,
	"arrived_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_log_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "backend_sessions" (
	"pid" integer NOT NULL,
	"backend_start" timestamp(3) with time zone NOT NULL,
	"clinic_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "backend_sessions_pid_backend_start_pk" PRIMARY KEY("pid","backend_start")
);
--> statement-breakpoint
CREATE TABLE "central" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"clinic_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"desk_id" uuid NOT NULL,
	"incarnation" uuid NOT NULL,
	"desk_seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"actor" uuid,
	"done_at" timestamp(3) with time zone NOT NULL,
	"arrived_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"rev" bigint NOT NULL,
	"rows" jsonb NOT NULL,
	"refusal" jsonb,
	CONSTRAINT "changes_clinic_id_change_id_pk" PRIMARY KEY("clinic_id","change_id"),
	CONSTRAINT "changes_desk_seq_unique" UNIQUE("clinic_id","desk_id","incarnation","desk_seq"),
	CONSTRAINT "changes_outcome" CHECK ("changes"."outcome" in ('applied', 'refused', 'void'))
);
--> statement-breakpoint
CREATE TABLE "desks" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"user_id" uuid NOT NULL,
	"disabled_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desks_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "heads" (
	"clinic_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"tx" "xid8" DEFAULT '0'::xid8 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "streams" (
	"clinic_id" uuid NOT NULL,
	"desk_id" uuid NOT NULL,
	"incarnation" uuid NOT NULL,
	"next_seq" bigint DEFAULT 1 NOT NULL,
	"last_contact_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "streams_clinic_id_desk_id_incarnation_pk" PRIMARY KEY("clinic_id","desk_id","incarnation")
);
--> statement-breakpoint
ALTER TABLE "clinic_locations" ADD CONSTRAINT "clinic_locations_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "specialties" ADD CONSTRAINT "specialties_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_clinic_id_specialty_id_specialties_clinic_id_id_fk" FOREIGN KEY ("clinic_id","specialty_id") REFERENCES "public"."specialties"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_clinic_id_appointment_id_appointments_clinic_id_id_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_sync_status" ADD CONSTRAINT "consultation_sync_status_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_sync_status" ADD CONSTRAINT "consultation_sync_status_clinic_id_case_id_cases_clinic_id_id_fk" FOREIGN KEY ("clinic_id","case_id") REFERENCES "public"."cases"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_sync_status" ADD CONSTRAINT "consultation_sync_status_clinic_id_discharge_call_id_scheduled_discharge_calls_clinic_id_id_fk" FOREIGN KEY ("clinic_id","discharge_call_id") REFERENCES "public"."scheduled_discharge_calls"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idexx_credentials" ADD CONSTRAINT "idexx_credentials_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idexx_sync_audit_log" ADD CONSTRAINT "idexx_sync_audit_log_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idexx_sync_audit_log" ADD CONSTRAINT "idexx_sync_audit_log_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD CONSTRAINT "idexx_sync_sessions_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD CONSTRAINT "idexx_sync_sessions_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_discharge_calls" ADD CONSTRAINT "scheduled_discharge_calls_clinic_id_case_id_cases_clinic_id_id_fk" FOREIGN KEY ("clinic_id","case_id") REFERENCES "public"."cases"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_discharge_calls" ADD CONSTRAINT "scheduled_discharge_calls_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_clinic_id_appointment_id_appointments_clinic_id_id_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_clinic_id_specialty_id_specialties_clinic_id_id_fk" FOREIGN KEY ("clinic_id","specialty_id") REFERENCES "public"."specialties"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_owner_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","owner_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_id_merged_into_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","merged_into_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users_tokens" ADD CONSTRAINT "users_tokens_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_slot" FOREIGN KEY ("clinic_id","slot_id") REFERENCES "public"."doctor_time_slots"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_doctor" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_patient" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_location" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_room" FOREIGN KEY ("clinic_id","room_id") REFERENCES "public"."rooms"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "fk_appt_visit_type" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_time_slots" ADD CONSTRAINT "fk_slots_doctor" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_time_slots" ADD CONSTRAINT "fk_slots_location" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "fk_payment_appt" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "fk_payment_refunds" FOREIGN KEY ("clinic_id","refunds_payment_id") REFERENCES "public"."payments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_clinic_id_taken_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","taken_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "fk_rx_appt" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "fk_rx_doctor" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prescriptions" ADD CONSTRAINT "fk_rx_patient" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_templates" ADD CONSTRAINT "schedule_templates_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_templates" ADD CONSTRAINT "schedule_templates_clinic_id_location_id_clinic_locations_clinic_id_id_fk" FOREIGN KEY ("clinic_id","location_id") REFERENCES "public"."clinic_locations"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_templates" ADD CONSTRAINT "schedule_templates_clinic_id_room_id_rooms_clinic_id_id_fk" FOREIGN KEY ("clinic_id","room_id") REFERENCES "public"."rooms"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_clinic_id_desk_id_desks_clinic_id_id_fk" FOREIGN KEY ("clinic_id","desk_id") REFERENCES "public"."desks"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desks" ADD CONSTRAINT "desks_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desks" ADD CONSTRAINT "desks_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "streams" ADD CONSTRAINT "streams_clinic_id_desk_id_desks_clinic_id_id_fk" FOREIGN KEY ("clinic_id","desk_id") REFERENCES "public"."desks"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clinic_locations_city_country_index" ON "clinic_locations" USING btree ("clinic_id","city","country");--> statement-breakpoint
CREATE INDEX "clinic_locations_rev_index" ON "clinic_locations" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "clinics_name_index" ON "clinics" USING btree ("name");--> statement-breakpoint
CREATE INDEX "clinics_phone_index" ON "clinics" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "clinics_city_index" ON "clinics" USING btree ("city");--> statement-breakpoint
CREATE INDEX "clinics_rev_index" ON "clinics" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "rooms_location_name_index" ON "rooms" USING btree ("clinic_id","location_id","name");--> statement-breakpoint
CREATE INDEX "rooms_rev_index" ON "rooms" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "specialties_slug_index" ON "specialties" USING btree ("clinic_id","slug");--> statement-breakpoint
CREATE INDEX "specialties_rev_index" ON "specialties" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "visit_types_rev_index" ON "visit_types" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_external_id_index" ON "cases" USING btree ("clinic_id","external_id");--> statement-breakpoint
CREATE INDEX "cases_rev_index" ON "cases" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "consultation_sync_status_consultation_user_index" ON "consultation_sync_status" USING btree ("clinic_id","consultation_id","user_id");--> statement-breakpoint
CREATE INDEX "consultation_sync_status_user_id_index" ON "consultation_sync_status" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "consultation_sync_status_case_id_index" ON "consultation_sync_status" USING btree ("clinic_id","case_id");--> statement-breakpoint
CREATE INDEX "consultation_sync_status_sync_status_index" ON "consultation_sync_status" USING btree ("clinic_id","sync_status");--> statement-breakpoint
CREATE UNIQUE INDEX "idexx_credentials_user_id_index" ON "idexx_credentials" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "idexx_credentials_validation_status_index" ON "idexx_credentials" USING btree ("clinic_id","validation_status");--> statement-breakpoint
CREATE INDEX "idexx_sync_audit_log_user_id_index" ON "idexx_sync_audit_log" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "idexx_sync_audit_log_timestamp_index" ON "idexx_sync_audit_log" USING btree ("clinic_id","timestamp");--> statement-breakpoint
CREATE INDEX "idexx_sync_audit_log_action_index" ON "idexx_sync_audit_log" USING btree ("clinic_id","action");--> statement-breakpoint
CREATE INDEX "idexx_sync_sessions_user_id_index" ON "idexx_sync_sessions" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "idexx_sync_sessions_status_index" ON "idexx_sync_sessions" USING btree ("clinic_id","status");--> statement-breakpoint
CREATE INDEX "idexx_sync_sessions_started_at_index" ON "idexx_sync_sessions" USING btree ("clinic_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_discharge_calls_case_index" ON "scheduled_discharge_calls" USING btree ("clinic_id","case_id");--> statement-breakpoint
CREATE INDEX "scheduled_discharge_calls_due_index" ON "scheduled_discharge_calls" USING btree ("clinic_id","status","due_at");--> statement-breakpoint
CREATE INDEX "scheduled_discharge_calls_rev_index" ON "scheduled_discharge_calls" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "attachments_sha256_index" ON "attachments" USING btree ("clinic_id","sha256");--> statement-breakpoint
CREATE INDEX "attachments_rev_index" ON "attachments" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_source_id_index" ON "messages" USING btree ("clinic_id","source_id");--> statement-breakpoint
CREATE INDEX "messages_thread_id_index" ON "messages" USING btree ("clinic_id","thread_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_appointment_id_index" ON "messages" USING btree ("clinic_id","appointment_id");--> statement-breakpoint
CREATE INDEX "messages_rev_index" ON "messages" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "doctors_user_id_index" ON "doctors" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "doctors_email_index" ON "doctors" USING btree ("clinic_id",lower("email"));--> statement-breakpoint
CREATE INDEX "doctors_specialty_id_index" ON "doctors" USING btree ("clinic_id","specialty_id");--> statement-breakpoint
CREATE INDEX "doctors_specialization_index" ON "doctors" USING btree ("clinic_id","specialization");--> statement-breakpoint
CREATE INDEX "doctors_location_id_index" ON "doctors" USING btree ("clinic_id","location_id");--> statement-breakpoint
CREATE INDEX "doctors_city_index" ON "doctors" USING btree ("clinic_id","city");--> statement-breakpoint
CREATE INDEX "doctors_rating_index" ON "doctors" USING btree ("clinic_id","rating");--> statement-breakpoint
CREATE INDEX "doctors_next_available_slot_index" ON "doctors" USING btree ("clinic_id","next_available_slot");--> statement-breakpoint
CREATE INDEX "doctors_rev_index" ON "doctors" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_user_id_index" ON "patients" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_email_index" ON "patients" USING btree ("clinic_id",lower("email")) WHERE "patients"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "patients_name_index" ON "patients" USING btree ("clinic_id","last_name","first_name");--> statement-breakpoint
CREATE INDEX "patients_rev_index" ON "patients" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "reviews_doctor_id_index" ON "reviews" USING btree ("clinic_id","doctor_id");--> statement-breakpoint
CREATE INDEX "reviews_rev_index" ON "reviews" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_index" ON "users" USING btree ("clinic_id",lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_index" ON "users" USING btree ("clinic_id","username");--> statement-breakpoint
CREATE INDEX "users_rev_index" ON "users" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "users_tokens_user_id_index" ON "users_tokens" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_tokens_context_token_index" ON "users_tokens" USING btree ("context","token");--> statement-breakpoint
CREATE UNIQUE INDEX "appointments_cal_com_uid_index" ON "appointments" USING btree ("clinic_id","cal_com_uid");--> statement-breakpoint
CREATE INDEX "appointments_patient_id_index" ON "appointments" USING btree ("clinic_id","patient_id","scheduled_at");--> statement-breakpoint
CREATE INDEX "appointments_doctor_id_index" ON "appointments" USING btree ("clinic_id","doctor_id","scheduled_at");--> statement-breakpoint
CREATE INDEX "idx_appt_doctor_patient" ON "appointments" USING btree ("clinic_id","doctor_id","patient_id");--> statement-breakpoint
CREATE INDEX "appointments_scheduled_at_index" ON "appointments" USING btree ("clinic_id","scheduled_at");--> statement-breakpoint
CREATE INDEX "appointments_status_index" ON "appointments" USING btree ("clinic_id","status");--> statement-breakpoint
CREATE INDEX "appointments_location_id_index" ON "appointments" USING btree ("clinic_id","location_id");--> statement-breakpoint
CREATE INDEX "appointments_rev_index" ON "appointments" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "uq_doctor_timespan" ON "doctor_time_slots" USING btree ("clinic_id","doctor_id","start_time_utc","end_time_utc");--> statement-breakpoint
CREATE INDEX "idx_slot_doctor_start" ON "doctor_time_slots" USING btree ("clinic_id","doctor_id","start_time_utc");--> statement-breakpoint
CREATE INDEX "idx_slot_location" ON "doctor_time_slots" USING btree ("clinic_id","location_id");--> statement-breakpoint
CREATE INDEX "doctor_time_slots_rev_index" ON "doctor_time_slots" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_transaction_ref_index" ON "payments" USING btree ("clinic_id","transaction_ref");--> statement-breakpoint
CREATE INDEX "payments_appointment_id_index" ON "payments" USING btree ("clinic_id","appointment_id");--> statement-breakpoint
CREATE INDEX "idx_payment_status" ON "payments" USING btree ("clinic_id","status");--> statement-breakpoint
CREATE INDEX "payments_rev_index" ON "payments" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "prescriptions_appointment_id_index" ON "prescriptions" USING btree ("clinic_id","appointment_id");--> statement-breakpoint
CREATE INDEX "idx_rx_doctor_patient" ON "prescriptions" USING btree ("clinic_id","doctor_id","patient_id");--> statement-breakpoint
CREATE INDEX "prescriptions_rev_index" ON "prescriptions" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "schedule_exceptions_time_index" ON "schedule_exceptions" USING btree ("clinic_id","starts_at");--> statement-breakpoint
CREATE INDEX "schedule_exceptions_rev_index" ON "schedule_exceptions" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "schedule_templates_doctor_index" ON "schedule_templates" USING btree ("clinic_id","doctor_id","weekday");--> statement-breakpoint
CREATE INDEX "schedule_templates_rev_index" ON "schedule_templates" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "audit_log_row_index" ON "audit_log" USING btree ("clinic_id","table_name","row_id");--> statement-breakpoint
CREATE INDEX "audit_log_arrived_at_index" ON "audit_log" USING btree ("clinic_id","arrived_at");--> statement-breakpoint
CREATE INDEX "changes_rev_index" ON "changes" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "desks_role_index" ON "desks" USING btree ("role");--> statement-breakpoint
CREATE UNIQUE INDEX "desks_name_index" ON "desks" USING btree ("clinic_id","name");