-- What a command writes beside its rows, in fewer pages: each of these two tables is an index already.
CREATE TABLE `__new_outbox_rows` (
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`desk_seq` integer NOT NULL,
	PRIMARY KEY(`table_name`, `row_id`, `desk_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_outbox_rows` (`table_name`, `row_id`, `desk_seq`) SELECT `table_name`, `row_id`, `desk_seq` FROM `outbox_rows`;--> statement-breakpoint
DROP TABLE `outbox_rows`;--> statement-breakpoint
ALTER TABLE `__new_outbox_rows` RENAME TO `outbox_rows`;--> statement-breakpoint
CREATE TABLE `__new_base` (
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`row` text,
	PRIMARY KEY(`table_name`, `row_id`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_base` (`table_name`, `row_id`, `row`) SELECT `table_name`, `row_id`, `row` FROM `base`;--> statement-breakpoint
DROP TABLE `base`;--> statement-breakpoint
ALTER TABLE `__new_base` RENAME TO `base`;--> statement-breakpoint
-- How many changes wait is asked at every write, and must not read them all.
CREATE INDEX `outbox_waiting` ON `outbox` (`kind`) WHERE state = 'waiting';
