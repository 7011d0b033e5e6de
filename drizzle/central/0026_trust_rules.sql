-- A backup that is restored into the same database leaves the epoch as it was, and once somebody has written on, numbers say
-- nothing any more. So the first desk that misses a commit gives its clinic's history another name, and every other desk of
-- the clinic learns by it that what it read is gone.

CREATE TABLE clinic_histories (
  clinic_id uuid PRIMARY KEY REFERENCES clinics (clinic_id) ON DELETE RESTRICT,
  name uuid NOT NULL
);
--> statement-breakpoint
COMMENT ON TABLE clinic_histories IS
  'The name of a clinic''s history since a desk last found commits missing in it; part of the epoch.';
--> statement-breakpoint
ALTER TABLE clinic_histories ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE ALL ON clinic_histories FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_epoch() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id || '/' || s.system_identifier || '/' ||
    (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' ||
    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::text FROM pg_control_checkpoint())
         ELSE ltrim(left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), '0') END ||
    coalesce('/' || (SELECT h.name FROM clinic_histories h WHERE h.clinic_id = desk_clinic()), '')
  FROM central c, pg_control_system() s
$$;
--> statement-breakpoint
-- The asking desk read commits of `seen` that are not there. Answers the epoch from now on: another one than `seen`, whoever
-- was first to say so.
CREATE FUNCTION begin_history(seen text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE clinic uuid := desk_clinic();
BEGIN
  PERFORM FROM heads h WHERE h.clinic_id = clinic FOR UPDATE;
  IF clinic IS NOT NULL AND seen = central_epoch() THEN
    INSERT INTO clinic_histories AS h (clinic_id, name) VALUES (clinic, gen_random_uuid())
      ON CONFLICT (clinic_id) DO UPDATE SET name = excluded.name;
  END IF;
  RETURN central_epoch();
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION begin_history(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION begin_history(text) TO anteroom_desk;
--> statement-breakpoint
-- The number that central expects next of a stream of the asking desk. Where that desk was answered higher ones, commits are
-- gone, though heads and rows say nothing of it: what was answered and not yet read, or read and written over since.
CREATE FUNCTION next_of_stream(incarnation uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT s.next_seq FROM streams s JOIN desks d ON d.clinic_id = s.clinic_id AND d.id = s.desk_id
    WHERE d.role = session_user AND s.incarnation = next_of_stream.incarnation), 1)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION next_of_stream(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION next_of_stream(uuid) TO anteroom_desk;
