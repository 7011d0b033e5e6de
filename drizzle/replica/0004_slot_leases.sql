CREATE TABLE `slot_leases` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`doctor_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`room_id` text,
	`desk_id` text,
	`incarnation` text,
	`taken` integer NOT NULL,
	`granted_at` integer,
	`wanted_at` integer
);
--> statement-breakpoint
CREATE INDEX `slot_leases_held` ON `slot_leases` (`doctor_id`,`starts_at`) WHERE desk_id is not null;--> statement-breakpoint
-- An earlier version let go of what it had no table or column for, and its position is past it: the next contact builds
-- the replica anew. The witness stays, so that commits which central lost meanwhile are noticed.
UPDATE `desk_state` SET `cursor` = 0;
