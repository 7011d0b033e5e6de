CREATE TABLE "slot_leases" (
	"clinic_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rev" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"doctor_id" uuid NOT NULL,
	"starts_at" timestamp(3) with time zone NOT NULL,
	"ends_at" timestamp(3) with time zone NOT NULL,
	"room_id" uuid,
	"desk_id" uuid,
	"incarnation" uuid,
	"taken" bigint DEFAULT 0 NOT NULL,
	"granted_at" timestamp(3) with time zone,
	"wanted_at" timestamp(3) with time zone,
	CONSTRAINT "slot_leases_clinic_id_id_pk" PRIMARY KEY("clinic_id","id"),
	CONSTRAINT "slot_leases_holder" CHECK (("slot_leases"."desk_id" is null) = ("slot_leases"."incarnation" is null))
);
--> statement-breakpoint
ALTER TABLE "slot_leases" ADD CONSTRAINT "slot_leases_clinic_id_id_doctor_time_slots_clinic_id_id_fk" FOREIGN KEY ("clinic_id","id") REFERENCES "public"."doctor_time_slots"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slot_leases" ADD CONSTRAINT "slot_leases_clinic_id_desk_id_desks_clinic_id_id_fk" FOREIGN KEY ("clinic_id","desk_id") REFERENCES "public"."desks"("clinic_id","id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "slot_leases_held_index" ON "slot_leases" USING btree ("clinic_id","doctor_id","starts_at") WHERE "slot_leases"."desk_id" is not null;--> statement-breakpoint
CREATE INDEX "slot_leases_room_index" ON "slot_leases" USING btree ("clinic_id","room_id","starts_at") WHERE "slot_leases"."desk_id" is not null;--> statement-breakpoint
CREATE INDEX "slot_leases_rev_index" ON "slot_leases" USING btree ("clinic_id","rev");