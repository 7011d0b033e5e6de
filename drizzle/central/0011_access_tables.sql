CREATE TABLE "signing_keys" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp(3) with time zone,
	CONSTRAINT "signing_keys_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "staff_keys" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"sealed" text NOT NULL,
	"second_factor_at" timestamp(3) with time zone,
	"misses" integer DEFAULT 0 NOT NULL,
	"last_miss_at" timestamp(3) with time zone,
	"locked_until" timestamp(3) with time zone,
	CONSTRAINT "staff_keys_clinic_id_id_pk" PRIMARY KEY("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "user_sessions" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"user_id" uuid NOT NULL,
	"desk_id" uuid NOT NULL,
	"method" text NOT NULL,
	"started_at" timestamp(3) with time zone NOT NULL,
	"ended_at" timestamp(3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "user_sessions_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "user_sessions_method" CHECK ("user_sessions"."method" in ('password', 'pin'))
);
--> statement-breakpoint
CREATE TABLE "backups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"checked_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "audit_log" DROP CONSTRAINT "audit_log_clinic_id_id_pk";--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_clinic_id_id_arrived_at_pk" PRIMARY KEY("clinic_id","id","arrived_at");--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "seq" bigint;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "salt" "bytea";--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "content_hash" "bytea";--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "hash" "bytea";--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "erased_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "backend_sessions" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "disabled_by" uuid;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "wipe" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "wiped_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "password_changed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "key_changed_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_keys" ADD CONSTRAINT "staff_keys_clinic_id_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_clinic_id_user_id_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","user_id") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_sessions" ADD CONSTRAINT "user_sessions_clinic_id_ended_by_users_clinic_id_id_fk" FOREIGN KEY ("clinic_id","ended_by") REFERENCES "public"."users"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signing_keys_user_index" ON "signing_keys" USING btree ("clinic_id","user_id");--> statement-breakpoint
CREATE INDEX "staff_keys_rev_index" ON "staff_keys" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "user_sessions_user_index" ON "user_sessions" USING btree ("clinic_id","user_id","started_at");--> statement-breakpoint
CREATE INDEX "user_sessions_rev_index" ON "user_sessions" USING btree ("clinic_id","rev");--> statement-breakpoint
CREATE INDEX "audit_log_seq_index" ON "audit_log" USING btree ("clinic_id","seq");