-- When this database was last backed up, for the reminder. Only a Postgres that a desk started says that it is embedded.
CREATE FUNCTION backup_state(args jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN jsonb_build_object('error', 'not_allowed', 'details', jsonb_build_object('right', 'desks.manage'));
  END IF;
  RETURN jsonb_build_object('ok', jsonb_build_object(
    'embedded', coalesce(current_setting('anteroom.embedded', true) = 'on', false),
    'made', coalesce((
      SELECT jsonb_agg(jsonb_build_object('madeAt', b.created_at, 'bytes', b.bytes, 'checkedAt', b.checked_at)
        ORDER BY b.created_at DESC, b.id DESC)
      FROM (SELECT * FROM backups ORDER BY created_at DESC, id DESC LIMIT 20) b), '[]')));
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION backup_state(jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION backup_state(jsonb) TO anteroom_desk;
