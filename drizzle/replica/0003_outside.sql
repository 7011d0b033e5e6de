CREATE TABLE `integrations` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`source` text NOT NULL,
	`enabled` integer NOT NULL,
	`settings` text NOT NULL,
	`position` text
);
--> statement-breakpoint
CREATE TABLE `outside_bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`appointment_id` text,
	`patient_id` text,
	`doctor_id` text,
	`visit_type_id` text,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`status` text NOT NULL,
	`person_name` text,
	`phone` text,
	`email` text,
	`title` text,
	`seen` text NOT NULL,
	`agreed` text,
	`gone_at` integer,
	`problem` text,
	`problem_at` integer,
	`problem_details` text,
	`decision` text,
	`decided_at` integer,
	`decided_by` text
);
--> statement-breakpoint
CREATE INDEX `outside_bookings_external` ON `outside_bookings` (`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `outside_bookings_appointment` ON `outside_bookings` (`appointment_id`);--> statement-breakpoint
CREATE INDEX `outside_bookings_patient` ON `outside_bookings` (`patient_id`);--> statement-breakpoint
CREATE INDEX `outside_bookings_problem` ON `outside_bookings` (`problem_at`) WHERE problem is not null;--> statement-breakpoint
CREATE TABLE `outside_links` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text,
	`doctor_id` text,
	`visit_type_id` text,
	`patient_id` text,
	`seen` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `outside_links_external` ON `outside_links` (`source`,`kind`,`external_id`);--> statement-breakpoint
CREATE INDEX `outside_links_patient` ON `outside_links` (`patient_id`);--> statement-breakpoint
CREATE TABLE `import_findings` (
	`run_id` text NOT NULL,
	`source_table` text NOT NULL,
	`source_id` text NOT NULL,
	`reason` text NOT NULL,
	`details` text,
	PRIMARY KEY(`run_id`, `source_table`, `source_id`, `reason`)
);
--> statement-breakpoint
CREATE TABLE `import_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`namespace` text NOT NULL,
	`status` text NOT NULL,
	`position` text,
	`counts` text NOT NULL,
	`error` text,
	`started_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
ALTER TABLE `cases` ADD `consultation_id` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `consulted_at` integer;--> statement-breakpoint
ALTER TABLE `cases` ADD `completed_at` integer;--> statement-breakpoint
ALTER TABLE `cases` ADD `notes_synced_at` integer;--> statement-breakpoint
CREATE INDEX `cases_patient` ON `cases` (`patient_id`);--> statement-breakpoint
CREATE INDEX `cases_consultation` ON `cases` (`consultation_id`);--> statement-breakpoint
CREATE INDEX `cases_appointment` ON `cases` (`appointment_id`);--> statement-breakpoint
ALTER TABLE `schedule_exceptions` ADD `source` text;--> statement-breakpoint
ALTER TABLE `acknowledged` ADD `fence` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `fence` text;