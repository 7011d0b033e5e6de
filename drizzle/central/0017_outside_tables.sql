CREATE TABLE "integrations" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"source" text NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"position" jsonb,
	CONSTRAINT "integrations_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "integrations_source" CHECK ("integrations"."source" in ('idexx', 'cal_com'))
);
--> statement-breakpoint
CREATE TABLE "outside_bookings" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"appointment_id" uuid,
	"patient_id" uuid,
	"doctor_id" uuid,
	"visit_type_id" uuid,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"status" text NOT NULL,
	"person_name" text,
	"phone" text,
	"email" text,
	"title" text,
	"seen" jsonb NOT NULL,
	"agreed" jsonb,
	"gone_at" timestamp(3) with time zone,
	"problem" text,
	"problem_at" timestamp(3) with time zone,
	"problem_details" jsonb,
	"decision" text,
	"decided_at" timestamp(3) with time zone,
	"decided_by" uuid,
	CONSTRAINT "outside_bookings_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "outside_bookings_source" CHECK ("outside_bookings"."source" in ('idexx', 'cal_com')),
	CONSTRAINT "outside_bookings_order" CHECK ("outside_bookings"."ends_at" > "outside_bookings"."starts_at"),
	CONSTRAINT "outside_bookings_status" CHECK ("outside_bookings"."status" in ('pending', 'scheduled', 'arrived', 'in_room', 'completed', 'cancelled', 'no_show')),
	CONSTRAINT "outside_bookings_problem" CHECK ("outside_bookings"."problem" in ('taken', 'unknown_doctor', 'changed_both', 'not_sent', 'invalid')),
	CONSTRAINT "outside_bookings_decision" CHECK ("outside_bookings"."decision" in ('move', 'decline', 'keep_ours', 'keep_theirs', 'dismiss'))
);
--> statement-breakpoint
CREATE TABLE "outside_links" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"name" text,
	"doctor_id" uuid,
	"visit_type_id" uuid,
	"patient_id" uuid,
	"seen" jsonb,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "outside_links_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "outside_links_source" CHECK ("outside_links"."source" in ('idexx', 'cal_com')),
	CONSTRAINT "outside_links_kind" CHECK ("outside_links"."kind" in ('provider', 'visit_type', 'event_type', 'patient', 'client'))
);
--> statement-breakpoint
CREATE TABLE "run_leases" (
	"clinic_id" uuid NOT NULL,
	"source" text NOT NULL,
	"desk_id" uuid NOT NULL,
	"fence" bigint DEFAULT 1 NOT NULL,
	"taken_at" timestamp(3) with time zone NOT NULL,
	"until" timestamp(3) with time zone NOT NULL,
	"last_run_at" timestamp(3) with time zone,
	"last_ok_at" timestamp(3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" jsonb,
	"next_run_at" timestamp(3) with time zone,
	CONSTRAINT "run_leases_clinic_id_source_pk" PRIMARY KEY("clinic_id","source"),
	CONSTRAINT "run_leases_source" CHECK ("run_leases"."source" in ('idexx', 'cal_com'))
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "consultation_id" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "consulted_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "completed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "notes_synced_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD COLUMN "desk_id" uuid;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD COLUMN "fence" bigint;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD COLUMN "appointments_read" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_bookings" ADD CONSTRAINT "outside_bookings_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_bookings" ADD CONSTRAINT "outside_bookings_clinic_id_appointment_id_appointments_clinic_id_id_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_bookings" ADD CONSTRAINT "outside_bookings_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_bookings" ADD CONSTRAINT "outside_bookings_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_bookings" ADD CONSTRAINT "outside_bookings_clinic_id_visit_type_id_visit_types_clinic_id_id_fk" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_links" ADD CONSTRAINT "outside_links_clinic_id_clinics_clinic_id_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("clinic_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_links" ADD CONSTRAINT "outside_links_clinic_id_doctor_id_doctors_clinic_id_id_fk" FOREIGN KEY ("clinic_id","doctor_id") REFERENCES "public"."doctors"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_links" ADD CONSTRAINT "outside_links_clinic_id_visit_type_id_visit_types_clinic_id_id_fk" FOREIGN KEY ("clinic_id","visit_type_id") REFERENCES "public"."visit_types"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_links" ADD CONSTRAINT "outside_links_clinic_id_patient_id_patients_clinic_id_id_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_leases" ADD CONSTRAINT "run_leases_clinic_id_desk_id_desks_clinic_id_id_fk" FOREIGN KEY ("clinic_id","desk_id") REFERENCES "public"."desks"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "integrations_source_index" ON "integrations" USING btree ("clinic_id","source");--> statement-breakpoint
CREATE INDEX "integrations_rev_index" ON "integrations" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "outside_bookings_external_id_index" ON "outside_bookings" USING btree ("clinic_id","source","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "outside_bookings_appointment_index" ON "outside_bookings" USING btree ("clinic_id","source","appointment_id");--> statement-breakpoint
CREATE INDEX "outside_bookings_starts_at_index" ON "outside_bookings" USING btree ("clinic_id","starts_at");--> statement-breakpoint
CREATE INDEX "outside_bookings_patient_index" ON "outside_bookings" USING btree ("clinic_id","patient_id");--> statement-breakpoint
CREATE INDEX "outside_bookings_rev_index" ON "outside_bookings" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "outside_links_external_id_index" ON "outside_links" USING btree ("clinic_id","source","kind","external_id");--> statement-breakpoint
CREATE INDEX "outside_links_patient_index" ON "outside_links" USING btree ("clinic_id","patient_id");--> statement-breakpoint
CREATE INDEX "outside_links_rev_index" ON "outside_links" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_consultation_id_index" ON "cases" USING btree ("clinic_id","consultation_id","user_id");--> statement-breakpoint
CREATE INDEX "cases_patient_id_index" ON "cases" USING btree ("clinic_id","patient_id");--> statement-breakpoint
CREATE INDEX "cases_appointment_id_index" ON "cases" USING btree ("clinic_id","appointment_id");--> statement-breakpoint
ALTER TABLE "idexx_sync_sessions" ADD CONSTRAINT "idexx_sync_sessions_reason" CHECK ("idexx_sync_sessions"."reason" in ('schedule', 'by_hand', 'opening', 'closing'));--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_source" CHECK ("schedule_exceptions"."source" in ('idexx', 'cal_com'));