CREATE TABLE `appointment_series` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`patient_id` text NOT NULL,
	`doctor_id` text NOT NULL,
	`location_id` text NOT NULL,
	`visit_type_id` text,
	`rrule` text NOT NULL,
	`starts_local` text NOT NULL,
	`duration_minutes` integer NOT NULL,
	`reason` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `call_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`list` text NOT NULL,
	`subject_id` text NOT NULL,
	`patient_id` text,
	`outcome` text NOT NULL,
	`note` text,
	`called_at` integer NOT NULL,
	`called_by` text,
	`next_try_at` integer
);
--> statement-breakpoint
CREATE INDEX `call_attempts_subject` ON `call_attempts` (`subject_id`,`called_at`);--> statement-breakpoint
CREATE TABLE `cash_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`location_id` text NOT NULL,
	`business_day` text NOT NULL,
	`currency` text NOT NULL,
	`lines` text NOT NULL,
	`note` text,
	`closed_at` integer NOT NULL,
	`closed_by` text
);
--> statement-breakpoint
CREATE TABLE `message_receipts` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`message_id` text NOT NULL,
	`user_role` text NOT NULL,
	`user_id` text,
	`read_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `message_receipts_message` ON `message_receipts` (`message_id`);--> statement-breakpoint
CREATE TABLE `patient_consents` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`patient_id` text NOT NULL,
	`kind` text NOT NULL,
	`given` integer NOT NULL,
	`decided_at` integer NOT NULL,
	`recorded_by` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `patient_consents_patient` ON `patient_consents` (`patient_id`,`decided_at`);--> statement-breakpoint
CREATE TABLE `patient_merges` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`kept_id` text NOT NULL,
	`merged_id` text NOT NULL,
	`moved` text NOT NULL,
	`merged_at` integer NOT NULL,
	`merged_by` text,
	`undone_at` integer,
	`undone_by` text
);
--> statement-breakpoint
CREATE INDEX `patient_merges_kept` ON `patient_merges` (`kept_id`);--> statement-breakpoint
CREATE TABLE `recalls` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`patient_id` text NOT NULL,
	`visit_type_id` text,
	`doctor_id` text,
	`due_on` text NOT NULL,
	`reason` text NOT NULL,
	`status` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `waiting_list_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`patient_id` text NOT NULL,
	`appointment_id` text,
	`doctor_id` text,
	`specialty_id` text,
	`location_id` text,
	`visit_type_id` text,
	`part_of_day` text NOT NULL,
	`earliest_day` text,
	`latest_day` text,
	`urgent` integer NOT NULL,
	`notes` text,
	`status` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `desk_settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text
);
--> statement-breakpoint
CREATE TABLE `undone` (
	`change_id` text PRIMARY KEY NOT NULL,
	`undone_at` integer NOT NULL
);
--> statement-breakpoint
-- SQLite cannot drop NOT NULL from a column (patient_id: a held slot has no patient yet), so the table is made anew.
CREATE TABLE `__new_appointments` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`slot_id` text,
	`doctor_id` text NOT NULL,
	`patient_id` text,
	`location_id` text,
	`room_id` text,
	`visit_type_id` text,
	`series_id` text,
	`series_at` integer,
	`scheduled_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`duration_minutes` integer GENERATED ALWAYS AS (((ends_at - scheduled_at) / 60000)) VIRTUAL NOT NULL,
	`status` text NOT NULL,
	`appointment_type` text NOT NULL,
	`origin` text NOT NULL,
	`reason` text,
	`notes` text,
	`confirmed_at` integer,
	`arrived_at` integer,
	`ready_at` integer,
	`in_room_at` integer,
	`completed_at` integer,
	`held_until` integer,
	`held_by` text,
	`fee_minor` integer,
	`fee_currency` text,
	`cancellation_reason` text,
	`cancelled_at` integer,
	`cancelled_by` text,
	`overbook_reason` text,
	`overbooked_by` text,
	`cal_com_booking_id` text,
	`cal_com_uid` text,
	`meeting_url` text
);
--> statement-breakpoint
INSERT INTO `__new_appointments` (`id`, `rev`, `created_at`, `updated_at`, `slot_id`, `doctor_id`, `patient_id`, `location_id`, `room_id`, `visit_type_id`, `scheduled_at`, `ends_at`, `status`, `appointment_type`, `origin`, `reason`, `notes`, `confirmed_at`, `arrived_at`, `ready_at`, `in_room_at`, `completed_at`, `held_until`, `cancellation_reason`, `cancelled_at`, `cancelled_by`, `overbook_reason`, `overbooked_by`, `cal_com_booking_id`, `cal_com_uid`, `meeting_url`)
	SELECT `id`, `rev`, `created_at`, `updated_at`, `slot_id`, `doctor_id`, `patient_id`, `location_id`, `room_id`, `visit_type_id`, `scheduled_at`, `ends_at`, `status`, `appointment_type`, `origin`, `reason`, `notes`, `confirmed_at`, `arrived_at`, `ready_at`, `in_room_at`, `completed_at`, `held_until`, `cancellation_reason`, `cancelled_at`, `cancelled_by`, `overbook_reason`, `overbooked_by`, `cal_com_booking_id`, `cal_com_uid`, `meeting_url` FROM `appointments`;
--> statement-breakpoint
DROP TABLE `appointments`;--> statement-breakpoint
ALTER TABLE `__new_appointments` RENAME TO `appointments`;--> statement-breakpoint
CREATE INDEX `appointments_doctor_time` ON `appointments` (`doctor_id`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_time` ON `appointments` (`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_patient` ON `appointments` (`patient_id`,`status`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_room_time` ON `appointments` (`room_id`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_slot` ON `appointments` (`slot_id`);--> statement-breakpoint
CREATE INDEX `appointments_series` ON `appointments` (`series_id`) WHERE series_id is not null;--> statement-breakpoint
ALTER TABLE `doctor_time_slots` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `patients` ADD `contact_preference` text;--> statement-breakpoint
ALTER TABLE `patients` ADD `preferred_language` text;--> statement-breakpoint
ALTER TABLE `patients` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `payments` ADD `kind` text DEFAULT 'payment' NOT NULL;--> statement-breakpoint
ALTER TABLE `payments` ADD `location_id` text;--> statement-breakpoint
ALTER TABLE `payments` ADD `business_day` text;--> statement-breakpoint
ALTER TABLE `payments` ADD `receipt_number` integer;--> statement-breakpoint
ALTER TABLE `payments` ADD `provisional_number` text;--> statement-breakpoint
ALTER TABLE `payments` ADD `note` text;--> statement-breakpoint
CREATE INDEX `payments_day` ON `payments` (`location_id`,`business_day`);--> statement-breakpoint
ALTER TABLE `prescriptions` ADD `status` text DEFAULT 'issued' NOT NULL;--> statement-breakpoint
ALTER TABLE `prescriptions` ADD `replaces_id` text;--> statement-breakpoint
CREATE INDEX `prescriptions_patient` ON `prescriptions` (`patient_id`);