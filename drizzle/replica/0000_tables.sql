CREATE TABLE `appointments` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`slot_id` text,
	`doctor_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`location_id` text,
	`room_id` text,
	`visit_type_id` text,
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
CREATE INDEX `appointments_doctor_time` ON `appointments` (`doctor_id`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_time` ON `appointments` (`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_patient` ON `appointments` (`patient_id`,`status`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_room_time` ON `appointments` (`room_id`,`scheduled_at`);--> statement-breakpoint
CREATE INDEX `appointments_slot` ON `appointments` (`slot_id`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`file_name` text NOT NULL,
	`mime_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`external_id` text NOT NULL,
	`user_id` text,
	`patient_id` text,
	`appointment_id` text,
	`status` text NOT NULL,
	`clinical_notes` text,
	`discharge_summary` text,
	`change_hash` text,
	`gone_at` integer,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `clinic_locations` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name` text NOT NULL,
	`name_el` text,
	`address_line1` text NOT NULL,
	`address_line2` text,
	`city` text NOT NULL,
	`state_region` text,
	`postal_code` text,
	`country` text NOT NULL,
	`phone` text,
	`timezone` text NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `clinics` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name` text NOT NULL,
	`name_el` text,
	`kind` text NOT NULL,
	`phone` text,
	`email` text,
	`city` text,
	`timezone` text NOT NULL,
	`currency` text NOT NULL,
	`first_weekday` integer NOT NULL,
	`is_sample` integer NOT NULL,
	`settings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `doctor_time_slots` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`doctor_id` text NOT NULL,
	`location_id` text,
	`start_time_utc` integer NOT NULL,
	`end_time_utc` integer NOT NULL,
	`is_available` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `slots_doctor_start` ON `doctor_time_slots` (`doctor_id`,`start_time_utc`);--> statement-breakpoint
CREATE INDEX `slots_start` ON `doctor_time_slots` (`start_time_utc`);--> statement-breakpoint
CREATE TABLE `doctors` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`user_id` text,
	`specialty_id` text,
	`location_id` text,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`first_name_el` text,
	`last_name_el` text,
	`email` text NOT NULL,
	`phone` text,
	`specialization` text NOT NULL,
	`bio` text,
	`bio_el` text,
	`profile_image_url` text,
	`location_lat` real,
	`location_lng` real,
	`address` text,
	`city` text,
	`rating` real NOT NULL,
	`review_count` integer NOT NULL,
	`consultation_fee` integer,
	`consultation_fee_currency` text NOT NULL,
	`cal_com_user_id` text,
	`cal_com_event_type_id` text,
	`cal_com_username` text,
	`next_available_slot` integer,
	`verified_at` integer,
	`is_active` integer NOT NULL,
	`sort_order` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`source_id` text,
	`thread_id` text NOT NULL,
	`type` text NOT NULL,
	`text` text NOT NULL,
	`rich_text` text,
	`appointment_id` text,
	`patient_id` text,
	`doctor_id` text,
	`relational_refs` text NOT NULL,
	`author` text NOT NULL,
	`attachments` text NOT NULL,
	`read_receipts` text NOT NULL,
	`tags` text NOT NULL,
	`denorm` text,
	`meta` text NOT NULL,
	`document` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `messages_thread` ON `messages` (`thread_id`);--> statement-breakpoint
CREATE INDEX `messages_appointment` ON `messages` (`appointment_id`);--> statement-breakpoint
CREATE TABLE `patients` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`user_id` text,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`email` text,
	`phone` text,
	`address` text,
	`city` text,
	`date_of_birth` text,
	`gender` text,
	`emergency_contact` text,
	`profile_image_url` text,
	`notes` text,
	`contact_confirmed_at` integer,
	`species` text,
	`breed` text,
	`owner_id` text,
	`merged_into_id` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `patients_owner` ON `patients` (`owner_id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`appointment_id` text NOT NULL,
	`refunds_payment_id` text,
	`amount_cents` integer NOT NULL,
	`currency` text NOT NULL,
	`method` text NOT NULL,
	`status` text NOT NULL,
	`transaction_ref` text,
	`paid_at` integer,
	`taken_by` text
);
--> statement-breakpoint
CREATE INDEX `payments_appointment` ON `payments` (`appointment_id`);--> statement-breakpoint
CREATE TABLE `prescriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`appointment_id` text NOT NULL,
	`doctor_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`instructions` text NOT NULL,
	`issued_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `prescriptions_appointment` ON `prescriptions` (`appointment_id`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`doctor_id` text NOT NULL,
	`patient_id` text NOT NULL,
	`stars` integer NOT NULL,
	`comment` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`location_id` text NOT NULL,
	`name` text NOT NULL,
	`name_el` text,
	`sort_order` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `schedule_exceptions` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`doctor_id` text,
	`location_id` text,
	`kind` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`reason` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `schedule_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`doctor_id` text NOT NULL,
	`location_id` text NOT NULL,
	`room_id` text,
	`weekday` integer NOT NULL,
	`starts_local` text NOT NULL,
	`ends_local` text NOT NULL,
	`slot_minutes` integer NOT NULL,
	`valid_from` text NOT NULL,
	`valid_until` text,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `scheduled_discharge_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`case_id` text NOT NULL,
	`patient_id` text,
	`phone` text NOT NULL,
	`due_at` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`outcome_notes` text
);
--> statement-breakpoint
CREATE TABLE `specialties` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name_en` text NOT NULL,
	`name_el` text NOT NULL,
	`slug` text NOT NULL,
	`icon` text
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`email` text NOT NULL,
	`username` text,
	`display_name` text NOT NULL,
	`role` text NOT NULL,
	`confirmed_at` integer,
	`last_login_at` integer,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `visit_types` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name_en` text NOT NULL,
	`name_el` text NOT NULL,
	`specialty_id` text,
	`duration_minutes` integer NOT NULL,
	`buffer_before_minutes` integer NOT NULL,
	`buffer_after_minutes` integer NOT NULL,
	`fee_minor` integer NOT NULL,
	`fee_currency` text NOT NULL,
	`sort_order` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `acknowledged` (
	`change_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`actor` text,
	`at` integer NOT NULL,
	`rows` text NOT NULL,
	`outcome` text NOT NULL,
	`acknowledged_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `base` (
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`row` text,
	PRIMARY KEY(`table_name`, `row_id`)
);
--> statement-breakpoint
CREATE TABLE `desk_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`clinic_id` text,
	`desk_id` text,
	`desk_name` text,
	`user_id` text,
	`incarnation` text NOT NULL,
	`nonce` text,
	`epoch` text,
	`cursor` integer NOT NULL,
	`witness` text,
	`next_seq` integer NOT NULL,
	`clock_offset_ms` integer NOT NULL,
	`last_contact_at` integer
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`desk_seq` integer PRIMARY KEY NOT NULL,
	`change_id` text NOT NULL,
	`kind` text NOT NULL,
	`actor` text,
	`at` integer NOT NULL,
	`rows` text NOT NULL,
	`state` text NOT NULL,
	`applied_rev` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_change_id_unique` ON `outbox` (`change_id`);--> statement-breakpoint
CREATE TABLE `outbox_rows` (
	`desk_seq` integer NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	PRIMARY KEY(`desk_seq`, `table_name`, `row_id`)
);
--> statement-breakpoint
CREATE INDEX `outbox_rows_row` ON `outbox_rows` (`table_name`,`row_id`);--> statement-breakpoint
CREATE TABLE `refusals` (
	`change_id` text PRIMARY KEY NOT NULL,
	`changes` text NOT NULL,
	`refusal` text NOT NULL,
	`refused_at` integer NOT NULL,
	`resolved_at` integer,
	`resolution` text
);
