CREATE TABLE `staff_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`sealed` text NOT NULL,
	`second_factor_at` integer,
	`misses` integer NOT NULL,
	`last_miss_at` integer,
	`locked_until` integer
);
--> statement-breakpoint
CREATE TABLE `user_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`user_id` text NOT NULL,
	`desk_id` text NOT NULL,
	`method` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text
);
--> statement-breakpoint
CREATE TABLE `audit_events` (
	`id` text PRIMARY KEY NOT NULL,
	`action` text NOT NULL,
	`actor` text,
	`table_name` text,
	`row_id` text,
	`details` text,
	`at` integer NOT NULL,
	`session_id` text,
	`proof` text
);
--> statement-breakpoint
ALTER TABLE `acknowledged` ADD `session_id` text;--> statement-breakpoint
ALTER TABLE `acknowledged` ADD `proof` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `session_id` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `proof` text;