-- What outside systems say, among the tables that desks replicate, and who may write it.

INSERT INTO replicated_tables (name, pushable, withheld, first_wins, "right", belongs_by, erased, made_alike) VALUES
  ('integrations', true, '{}', '{}', 'credentials.manage', '{}', '{}', true),
  ('outside_links', true, '{}', '{}', 'clinic.manage', '{patient_id}', '{"name": null, "seen": null}', true),
  ('outside_bookings', true, '{}', '{decided_at,decided_by}', 'schedule.write', '{patient_id}', '{"person_name": null, "phone": null,
    "email": null, "title": null, "seen": {}, "agreed": null, "problem_details": null}', true);
--> statement-breakpoint
-- Rows of a run have ids that follow from the outside system's own: two runs that make the same one have made one row.
UPDATE replicated_tables SET made_alike = true WHERE name IN ('cases', 'scheduled_discharge_calls');
--> statement-breakpoint
-- Two desks that log one call apart both keep their try; how often and when it is due again says the first.
UPDATE replicated_tables SET first_wins = '{attempts,next_attempt_at,outcome_notes}'
  WHERE name = 'scheduled_discharge_calls';
--> statement-breakpoint
-- Cases keep what the law asks for: notes and summary stay when a person is erased.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['integrations', 'outside_links', 'outside_bookings'] LOOP
    EXECUTE format('CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON %I
                    FOR EACH ROW EXECUTE FUNCTION stamp_row()', t);
    EXECUTE format('CREATE POLICY desk_reads_its_clinic ON %I FOR SELECT TO anteroom_desk
                    USING (clinic_id = (SELECT desk_clinic()))', t);
    EXECUTE format('GRANT SELECT ON %I TO anteroom_desk', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['integrations', 'outside_links', 'outside_bookings', 'run_leases'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- What a run of an integration may do, beside what a desk does by itself: see `right_needed`.
INSERT INTO role_rights (role, "right") VALUES ('automation', 'outside.write'), ('admin', 'outside.write');
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 4 $$;
--> statement-breakpoint
COMMENT ON TABLE integrations IS 'Outside systems that the clinic is connected with; no secrets.';
--> statement-breakpoint
COMMENT ON TABLE outside_links IS 'What names and numbers of outside systems mean here.';
--> statement-breakpoint
COMMENT ON TABLE outside_bookings IS 'Bookings as outside systems last told them, and what became of them here.';
--> statement-breakpoint
COMMENT ON TABLE run_leases IS 'Which desk runs an integration, and how its runs went.';
