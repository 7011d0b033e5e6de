-- Slots that a desk keeps, so that what it books there without a network is certain.

INSERT INTO replicated_tables (name, pushable, withheld, first_wins, "right", belongs_by, erased, made_alike) VALUES
  ('slot_leases', false, '{}', '{}', NULL, '{}', '{}', false);
--> statement-breakpoint
CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON slot_leases FOR EACH ROW EXECUTE FUNCTION stamp_row();
--> statement-breakpoint
ALTER TABLE slot_leases ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE ALL ON slot_leases FROM PUBLIC;
--> statement-breakpoint
CREATE POLICY desk_reads_its_clinic ON slot_leases FOR SELECT TO anteroom_desk
  USING (clinic_id = (SELECT desk_clinic()));
--> statement-breakpoint
GRANT SELECT ON slot_leases TO anteroom_desk;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 5 $$;
--> statement-breakpoint
COMMENT ON TABLE slot_leases IS 'Which desk a slot is kept for while it may be without a network.';
