-- Who may read and write what: the staff's keys and sessions, the rights of roles, and signed changes.
INSERT INTO replicated_tables (name, pushable, withheld, first_wins) VALUES
  ('staff_keys', true, '{misses,last_miss_at,locked_until}', '{}'),
  ('user_sessions', true, '{}', '{ended_at,ended_by}');
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['staff_keys', 'user_sessions'] LOOP
    EXECUTE format('CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON %I
                    FOR EACH ROW EXECUTE FUNCTION stamp_row()', t);
    EXECUTE format('CREATE POLICY desk_reads_its_clinic ON %I FOR SELECT TO anteroom_desk
                    USING (clinic_id = (SELECT desk_clinic()))', t);
    EXECUTE format('GRANT SELECT ON %I TO anteroom_desk', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['staff_keys', 'user_sessions', 'signing_keys', 'backups'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 3 $$;
--> statement-breakpoint
COMMENT ON TABLE staff_keys IS 'What members of the staff prove at a desk, offline too, who they are with.';
--> statement-breakpoint
COMMENT ON TABLE signing_keys IS 'What central checks the signatures of changes with; desks cannot read it.';
--> statement-breakpoint
COMMENT ON TABLE user_sessions IS 'Who was signed in at which desk, from when until when.';
--> statement-breakpoint
COMMENT ON TABLE backups IS 'Backups of this database, and when one was last restored to check it.';
