-- The clinic's desks: who may stop one, what a stopped one is told, and what each last said of itself.

-- What desks last said of themselves: no desk reads it, and none of it is replicated.
CREATE TABLE desk_reports (
  clinic_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  version text,
  waiting integer,
  PRIMARY KEY (clinic_id, desk_id),
  FOREIGN KEY (clinic_id, desk_id) REFERENCES desks (clinic_id, id) ON DELETE RESTRICT
);
--> statement-breakpoint
ALTER TABLE desk_reports ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE ALL ON desk_reports FROM PUBLIC;
--> statement-breakpoint
COMMENT ON TABLE desk_reports IS 'What each desk last said of itself: its version, and how many changes it had not sent.';
--> statement-breakpoint

-- A desk that was stopped is told so, by whom, and whether it is to destroy what it holds.
CREATE OR REPLACE FUNCTION whoami() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
  SELECT jsonb_build_object('desk_id', d.id, 'desk_name', d.name, 'clinic_id', d.clinic_id, 'user_id', d.user_id,
    'disabled', d.disabled_at IS NOT NULL, 'disabled_at', d.disabled_at, 'disabled_by', u.display_name,
    'wipe', d.wipe, 'epoch', central_epoch(), 'version', central_version(),
    'oldest_desk_version', oldest_desk_version(), 'now', clock_timestamp())
  FROM desks d LEFT JOIN users u ON u.clinic_id = d.clinic_id AND u.id = d.disabled_by
  WHERE d.role = session_user
$$;
--> statement-breakpoint

-- Whether whoever asks may manage the clinic's desks: an administrator, or anybody while nobody can sign in yet.
CREATE FUNCTION may_manage_desks() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN desk_clinic() IS NOT NULL AND (clinic_is_open(desk_clinic()) OR signed_in_right('desks.manage'));
END $$;
--> statement-breakpoint
-- What was done to a desk, for the audit; by nobody known where the owner of the database did it.
CREATE FUNCTION audit_desk(was desks, done text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_is desks;
BEGIN
  SELECT * INTO now_is FROM desks d WHERE d.clinic_id = was.clinic_id AND d.id = was.id;
  INSERT INTO audit_log (clinic_id, desk_id, actor, action, table_name, row_id, before, after, done_at)
    VALUES (was.clinic_id, (SELECT d.id FROM desks d WHERE d.role = session_user), signed_in_user(), done, 'desks',
      was.id, jsonb_build_object('name', was.name, 'disabled_at', was.disabled_at, 'wipe', was.wipe),
      jsonb_build_object('name', now_is.name, 'disabled_at', now_is.disabled_at, 'wipe', now_is.wipe),
      clock_timestamp());
END $$;
--> statement-breakpoint
-- Takes a desk's right to read and send, and signs out whoever is signed in there. A wipe once asked for stays.
CREATE FUNCTION stop_desk(stopped desks, destroy boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := signed_in_user();
BEGIN
  UPDATE desks d SET disabled_at = coalesce(d.disabled_at, clock_timestamp()), wipe = d.wipe OR destroy,
      disabled_by = CASE WHEN d.disabled_at IS NULL THEN who ELSE d.disabled_by END
    WHERE d.clinic_id = stopped.clinic_id AND d.id = stopped.id;
  UPDATE user_sessions s SET ended_at = clock_timestamp(), ended_by = who
    WHERE s.clinic_id = stopped.clinic_id AND s.desk_id = stopped.id AND s.ended_at IS NULL;
  PERFORM audit_desk(stopped, CASE WHEN destroy THEN 'wipeDesk' ELSE 'disableDesk' END);
END $$;
--> statement-breakpoint
CREATE FUNCTION restart_desk(stopped desks) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE desks d SET disabled_at = NULL, disabled_by = NULL, wipe = false, wiped_at = NULL
    WHERE d.clinic_id = stopped.clinic_id AND d.id = stopped.id;
  PERFORM audit_desk(stopped, 'enableDesk');
END $$;
--> statement-breakpoint

CREATE FUNCTION list_desks(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN '{"error": "not_allowed", "details": {"right": "desks.manage"}}';
  END IF;
  RETURN jsonb_build_object('ok', coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name,
        'standing', CASE WHEN d.disabled_at IS NULL THEN 'working' WHEN d.wiped_at IS NOT NULL THEN 'wiped'
                         WHEN d.wipe THEN 'wiping' ELSE 'disabled' END,
        'lastContactAt', greatest(r.at, (SELECT max(s.last_contact_at) FROM streams s
          WHERE s.clinic_id = d.clinic_id AND s.desk_id = d.id)),
        'version', r.version, 'waiting', r.waiting, 'disabledAt', d.disabled_at, 'disabledBy', u.display_name,
        'wipedAt', d.wiped_at, 'keyChangedAt', d.key_changed_at, 'passwordChangedAt', d.password_changed_at)
      ORDER BY d.name, d.id)
    FROM desks d
    LEFT JOIN desk_reports r ON r.clinic_id = d.clinic_id AND r.desk_id = d.id
    LEFT JOIN users u ON u.clinic_id = d.clinic_id AND u.id = d.disabled_by
    WHERE d.clinic_id = desk_clinic()), '[]'));
END $$;
--> statement-breakpoint
CREATE FUNCTION disable_desk(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks;
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN '{"error": "not_allowed", "details": {"right": "desks.manage"}}';
  END IF;
  SELECT * INTO desk FROM desks d WHERE d.clinic_id = desk_clinic() AND d.id = (args->>'deskId')::uuid FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"error": "not_found", "details": {"what": "desk"}}'; END IF;
  IF desk.role = session_user THEN RETURN '{"error": "own_desk"}'; END IF;
  PERFORM stop_desk(desk, coalesce((args->>'wipe')::boolean, false));
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
CREATE FUNCTION enable_desk(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks;
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN '{"error": "not_allowed", "details": {"right": "desks.manage"}}';
  END IF;
  SELECT * INTO desk FROM desks d WHERE d.clinic_id = desk_clinic() AND d.id = (args->>'deskId')::uuid FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"error": "not_found", "details": {"what": "desk"}}'; END IF;
  PERFORM restart_desk(desk);
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
CREATE FUNCTION rename_desk(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks;
  named text := btrim(args->>'name');
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN '{"error": "not_allowed", "details": {"right": "desks.manage"}}';
  END IF;
  SELECT * INTO desk FROM desks d WHERE d.clinic_id = desk_clinic() AND d.id = (args->>'deskId')::uuid FOR UPDATE;
  IF NOT FOUND THEN RETURN '{"error": "not_found", "details": {"what": "desk"}}'; END IF;
  IF coalesce(length(named), 0) NOT BETWEEN 1 AND 80 THEN RETURN '{"error": "invalid_input"}'; END IF;
  BEGIN
    UPDATE desks d SET name = named WHERE d.clinic_id = desk.clinic_id AND d.id = desk.id;
  EXCEPTION WHEN unique_violation THEN
    RETURN jsonb_build_object('error', 'name_in_use', 'details', jsonb_build_object('name', named));
  END;
  -- The account that the desk acts as while nobody is signed in has its name.
  UPDATE users u SET display_name = named
    WHERE u.clinic_id = desk.clinic_id AND u.id = desk.user_id AND u.hashed_password = '!';
  PERFORM audit_desk(desk, 'renameDesk');
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint

-- What a desk says of itself, a stopped one too.
CREATE FUNCTION report_desk(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO desk_reports AS r (clinic_id, desk_id, version, waiting)
    SELECT d.clinic_id, d.id, left(args->>'version', 40), (args->>'waiting')::integer
    FROM desks d WHERE d.role = session_user AND d.wiped_at IS NULL
    ON CONFLICT (clinic_id, desk_id)
    DO UPDATE SET at = excluded.at, version = excluded.version, waiting = excluded.waiting;
  UPDATE desks d SET
      key_changed_at = coalesce((args->>'keyChangedAt')::timestamptz, d.key_changed_at),
      password_changed_at = coalesce((args->>'passwordChangedAt')::timestamptz, d.password_changed_at)
    WHERE d.role = session_user AND (d.key_changed_at IS DISTINCT FROM (args->>'keyChangedAt')::timestamptz
      OR d.password_changed_at IS DISTINCT FROM (args->>'passwordChangedAt')::timestamptz);
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
-- A desk that was told to has destroyed what it held, and so many changes that it had not sent. May be told twice.
CREATE FUNCTION desk_wiped(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks;
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user FOR UPDATE;
  IF NOT FOUND OR NOT desk.wipe THEN RETURN '{"error": "not_allowed"}'; END IF;
  IF desk.wiped_at IS NULL THEN
    UPDATE desks d SET wiped_at = clock_timestamp() WHERE d.clinic_id = desk.clinic_id AND d.id = desk.id;
    INSERT INTO desk_reports AS r (clinic_id, desk_id, waiting)
      VALUES (desk.clinic_id, desk.id, (args->>'lost')::integer)
      ON CONFLICT (clinic_id, desk_id) DO UPDATE SET at = excluded.at, waiting = excluded.waiting;
    PERFORM audit_desk(desk, 'deskWiped');
  END IF;
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
DO $$ DECLARE f text; BEGIN
  FOREACH f IN ARRAY ARRAY['list_desks', 'disable_desk', 'enable_desk', 'rename_desk', 'report_desk', 'desk_wiped'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %I(jsonb) FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %I(jsonb) TO anteroom_desk', f);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION may_manage_desks(), audit_desk(desks, text), stop_desk(desks, boolean), restart_desk(desks)
  FROM PUBLIC;
