-- Logins of IDEXX Neo: central keeps a sealed copy that no key here opens, how each login stands, and who touched it.

-- The account that whoever asks stands for: who is signed in, and in an open clinic the desk's own.
CREATE FUNCTION idexx_account(desk desks) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(signed_in_user(), CASE WHEN clinic_is_open(desk.clinic_id) THEN desk.user_id END)
$$;
--> statement-breakpoint
-- Whether whoever asks may see and take away the logins of others: administrators, and everybody in an open clinic.
CREATE FUNCTION sees_all_idexx(desk desks) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT clinic_is_open(desk.clinic_id) OR coalesce(signed_in_role() = 'admin', false)
$$;
--> statement-breakpoint
-- The number of the lease under which this desk reads IDEXX Neo now; null where it does not.
CREATE FUNCTION idexx_fence(desk desks) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.fence FROM run_leases l WHERE l.clinic_id = desk.clinic_id AND l.source = 'idexx' AND l.desk_id = desk.id
    AND l.until > clock_timestamp()
$$;
--> statement-breakpoint
-- Notes who touched a login: the account whose login it is, from where, and in which session, or under which lease.
CREATE FUNCTION note_credential(desk desks, action text, status text, account uuid, metadata jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO idexx_sync_audit_log (clinic_id, timestamp, user_id, action, status, ip_address, session_id, metadata)
  SELECT desk.clinic_id, clock_timestamp(), account, action, status, inet_client_addr(),
    coalesce(b.session_id::text, 'idexx/' || idexx_fence(desk)),
    jsonb_strip_nulls(metadata || jsonb_build_object('desk_id', desk.id, 'by', b.user_id))
  FROM (SELECT) one LEFT JOIN backend_sessions b ON b.pid = pg_backend_pid() AND b.backend_start = this_backend_start()
$$;
--> statement-breakpoint
-- Whether a text is sealed (core/integrations/idexx/seal.ts): nothing else is kept here, whatever a desk sends.
CREATE FUNCTION is_sealed(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(value ~ '^v1\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]+$' AND length(value) <= 2000, false)
$$;
--> statement-breakpoint

-- Makes every desk look again which logins stand: they hear of it by the row of the integration.
CREATE FUNCTION tell_logins_changed(clinic uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE integrations i SET source = i.source WHERE i.clinic_id = clinic AND i.source = 'idexx'
$$;
--> statement-breakpoint
-- Keeps the sealed copy of one's own login as `id`, in place of an earlier one. With `was_key_id` it is the same login
-- under another key, and whoever may see it may seal it anew; `no_credentials` where that is no longer how it stands.
-- Answers the copy as it stands now.
CREATE FUNCTION idexx_store_credentials(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := idexx_account(desk);
  kept idexx_credentials;
  at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  IF account IS NULL THEN RETURN answer_error('not_signed_in'); END IF;
  IF NOT signed_in_right('credentials.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "credentials.manage"}');
  END IF;
  IF NOT (is_sealed(args->>'username') AND is_sealed(args->>'password')
      AND (args->>'company_id' IS NULL OR is_sealed(args->>'company_id'))
      AND coalesce(args->>'status', 'unknown') IN ('valid', 'unknown')) THEN
    RETURN answer_error('invalid_input', '{"rule": "sealed"}');
  END IF;
  IF args->>'was_key_id' IS NULL THEN
    INSERT INTO idexx_credentials AS c (clinic_id, id, user_id, encrypted_username, encrypted_password,
        encrypted_company_id, encryption_key_id, validation_status, last_validated_at, created_at, updated_at)
      VALUES (desk.clinic_id, (args->>'id')::uuid, account, args->>'username', args->>'password', args->>'company_id',
        args->>'key_id', coalesce(args->>'status', 'unknown'), CASE args->>'status' WHEN 'valid' THEN at END, at, at)
      ON CONFLICT (clinic_id, user_id) DO UPDATE SET id = excluded.id, encrypted_username = excluded.encrypted_username,
        encrypted_password = excluded.encrypted_password, encrypted_company_id = excluded.encrypted_company_id,
        encryption_key_id = excluded.encryption_key_id, validation_status = excluded.validation_status,
        last_validated_at = excluded.last_validated_at, created_at = at, updated_at = at
      RETURNING * INTO kept;
  ELSE
    UPDATE idexx_credentials c SET encrypted_username = args->>'username', encrypted_password = args->>'password',
        encrypted_company_id = args->>'company_id', encryption_key_id = args->>'key_id', updated_at = at
      WHERE c.clinic_id = desk.clinic_id AND c.id = (args->>'id')::uuid
        AND c.encryption_key_id IN (args->>'was_key_id', args->>'key_id')
        AND (c.user_id = account OR sees_all_idexx(desk))
      RETURNING * INTO kept;
    IF NOT FOUND THEN RETURN answer_error('no_credentials'); END IF;
  END IF;
  PERFORM note_credential(desk, 'credential_configured', kept.validation_status, kept.user_id,
    jsonb_build_object('credential_id', kept.id, 'key_id', kept.encryption_key_id, 'was_key_id', args->>'was_key_id'));
  PERFORM tell_logins_changed(desk.clinic_id);
  RETURN jsonb_build_object('ok', jsonb_build_object('user_id', kept.user_id, 'key_id', kept.encryption_key_id,
    'username', kept.encrypted_username, 'password', kept.encrypted_password,
    'company_id', kept.encrypted_company_id));
END $$;
--> statement-breakpoint
-- The logins that whoever asks may see: how each stands, and nothing of what it is. Those of accounts that are gone are
-- told to administrators too, so that they can be taken away.
CREATE FUNCTION idexx_credential_states(args jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  desk desks;
  account uuid;
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user AND d.disabled_at IS NULL;
  account := idexx_account(desk);
  IF account IS NULL THEN RETURN answer_error('not_signed_in'); END IF;
  IF NOT signed_in_right('credentials.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "credentials.manage"}');
  END IF;
  RETURN jsonb_build_object('ok', coalesce((
    SELECT jsonb_agg(jsonb_build_object('credential_id', c.id, 'user_id', c.user_id, 'name', u.display_name,
        'own', c.user_id = account, 'status', c.validation_status, 'last_validated_at', c.last_validated_at,
        'saved_at', c.created_at, 'key_id', c.encryption_key_id) ORDER BY c.user_id <> account, u.display_name, c.id)
    FROM idexx_credentials c JOIN users u ON u.clinic_id = c.clinic_id AND u.id = c.user_id
    WHERE c.clinic_id = desk.clinic_id AND (c.user_id = account OR sees_all_idexx(desk))), '[]'));
END $$;
--> statement-breakpoint
-- Takes a login away: one's own, or `user_id`'s for an administrator.
CREATE FUNCTION idexx_revoke_credentials(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := idexx_account(desk);
  whose uuid := coalesce((args->>'user_id')::uuid, account);
  gone idexx_credentials;
BEGIN
  IF account IS NULL THEN RETURN answer_error('not_signed_in'); END IF;
  IF NOT signed_in_right('credentials.manage') OR (whose <> account AND NOT sees_all_idexx(desk)) THEN
    RETURN answer_error('not_allowed', '{"right": "credentials.manage"}');
  END IF;
  DELETE FROM idexx_credentials c WHERE c.clinic_id = desk.clinic_id AND c.user_id = whose RETURNING * INTO gone;
  IF NOT FOUND THEN RETURN answer_error('no_credentials'); END IF;
  PERFORM note_credential(desk, 'credential_revoked', gone.validation_status, whose,
    jsonb_build_object('credential_id', gone.id, 'key_id', gone.encryption_key_id));
  PERFORM tell_logins_changed(desk.clinic_id);
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
-- Those of the logins that a desk says it holds which stand, the best first. Of an account that is gone none does.
CREATE FUNCTION held_credentials(desk desks, held jsonb) RETURNS SETOF idexx_credentials
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.* FROM idexx_credentials c
    JOIN users u ON u.clinic_id = c.clinic_id AND u.id = c.user_id AND u.deleted_at IS NULL
  WHERE c.clinic_id = desk.clinic_id AND held ? c.id::text
  ORDER BY array_position('{valid,unknown,invalid}'::text[], c.validation_status), c.created_at DESC, c.id
$$;
--> statement-breakpoint
-- What a desk is to keep of the logins that it holds, by their ids: those that stand, each with the key that it is under.
CREATE FUNCTION idexx_held(args jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks;
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user AND d.disabled_at IS NULL;
  RETURN jsonb_build_object('ok', (
    SELECT coalesce(jsonb_object_agg(c.id, c.encryption_key_id), '{}') FROM held_credentials(desk, args->'held') c));
END $$;
--> statement-breakpoint
-- Which of the logins that a desk holds (`held`, by their ids) it is to use, noted before the desk reads it: for a run,
-- under the lease, the best that Neo has not refused, and for a try by a person (`run` is false) the best of all. None where
-- none stands; `refused` says that Neo has refused all that do.
CREATE FUNCTION idexx_note_access(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  is_run boolean := coalesce((args->>'run')::boolean, true);
  used idexx_credentials;
BEGIN
  IF is_run AND idexx_fence(desk) IS NULL THEN
    RETURN answer_error('not_allowed', '{"right": "outside.write"}');
  ELSIF NOT is_run AND NOT signed_in_right('credentials.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "credentials.manage"}');
  END IF;
  SELECT * INTO used FROM held_credentials(desk, args->'held') LIMIT 1;
  IF used.id IS NULL OR (is_run AND used.validation_status = 'invalid') THEN
    RETURN answer_error(CASE WHEN used.id IS NULL THEN 'no_credentials' ELSE 'login_refused' END);
  END IF;
  PERFORM note_credential(desk, 'credential_accessed', used.validation_status, used.user_id,
    jsonb_build_object('credential_id', used.id, 'for', CASE WHEN is_run THEN 'run' ELSE 'test' END));
  RETURN jsonb_build_object('ok', jsonb_build_object('credential_id', used.id, 'user_id', used.user_id,
    'status', used.validation_status));
END $$;
--> statement-breakpoint
-- Keeps how a real login went: of a run, under the lease, or of a try by a person.
CREATE FUNCTION idexx_note_validation(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  at timestamptz := date_trunc('milliseconds', clock_timestamp());
  noted idexx_credentials;
BEGIN
  IF idexx_fence(desk) IS NULL AND NOT signed_in_right('credentials.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "credentials.manage"}');
  END IF;
  IF NOT coalesce(args->>'status' IN ('valid', 'invalid'), false) THEN RETURN answer_error('invalid_input'); END IF;
  UPDATE idexx_credentials c SET validation_status = args->>'status', updated_at = at,
      last_validated_at = CASE args->>'status' WHEN 'valid' THEN at ELSE c.last_validated_at END
    WHERE c.clinic_id = desk.clinic_id AND c.id = (args->>'credential_id')::uuid RETURNING * INTO noted;
  -- Another login stands in its place by now, and of that one nothing is known.
  IF NOT FOUND THEN RETURN answer_error('no_credentials'); END IF;
  PERFORM note_credential(desk, 'credential_validated', noted.validation_status, noted.user_id,
    jsonb_build_object('credential_id', noted.id));
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint

-- How many runs of some accounts ended since then, and how many did what they should. One that somebody stopped counts as
-- neither.
CREATE FUNCTION idexx_rate(clinic uuid, account uuid, since timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('ended', count(*), 'completed', count(*) FILTER (WHERE s.status = 'completed'))
  FROM idexx_sync_sessions s
  WHERE s.clinic_id = clinic AND (account IS NULL OR s.user_id = account) AND s.started_at >= since
    AND s.status <> 'running' AND s.error_details->>'code' IS DISTINCT FROM 'cancelled'
$$;
--> statement-breakpoint
-- The last runs, with how often they worked: all of the clinic for an administrator, else those of one's own login.
CREATE FUNCTION idexx_runs(args jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  desk desks;
  account uuid;
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user AND d.disabled_at IS NULL;
  account := idexx_account(desk);
  IF account IS NULL THEN RETURN answer_error('not_signed_in'); END IF;
  IF NOT signed_in_right('reports.read') THEN RETURN answer_error('not_allowed', '{"right": "reports.read"}'); END IF;
  IF sees_all_idexx(desk) THEN account := NULL; END IF;
  RETURN jsonb_build_object('ok', jsonb_build_object(
    'scope', CASE WHEN account IS NULL THEN 'clinic' ELSE 'own' END,
    'runs', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'userId', s.user_id, 'userName', u.display_name,
          'status', s.status, 'reason', s.reason, 'deskName', d.name, 'startedAt', s.started_at,
          'completedAt', s.completed_at, 'appointmentsRead', s.appointments_read,
          'consultationsSynced', s.consultations_synced, 'consultationsFailed', s.consultations_failed,
          'dischargeCallsScheduled', s.discharge_calls_scheduled, 'error', s.error_details)
        ORDER BY s.started_at DESC, s.id), '[]')
      FROM (SELECT * FROM idexx_sync_sessions r
        WHERE r.clinic_id = desk.clinic_id AND (account IS NULL OR r.user_id = account)
        ORDER BY r.started_at DESC, r.id LIMIT least(greatest((args->>'limit')::int, 1), 200)) s
      JOIN users u ON u.clinic_id = s.clinic_id AND u.id = s.user_id
      LEFT JOIN desks d ON d.clinic_id = s.clinic_id AND d.id = s.desk_id),
    'week', idexx_rate(desk.clinic_id, account, now() - interval '7 days'),
    'month', idexx_rate(desk.clinic_id, account, now() - interval '30 days'),
    'nextRunAt', (SELECT l.next_run_at FROM run_leases l
      WHERE l.clinic_id = desk.clinic_id AND l.source = 'idexx')));
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION idexx_account(desks), sees_all_idexx(desks), idexx_fence(desks),
  note_credential(desks, text, text, uuid, jsonb), is_sealed(text), held_credentials(desks, jsonb),
  tell_logins_changed(uuid), idexx_held(jsonb),
  idexx_rate(uuid, uuid, timestamptz), idexx_store_credentials(jsonb), idexx_credential_states(jsonb),
  idexx_revoke_credentials(jsonb), idexx_note_access(jsonb), idexx_note_validation(jsonb), idexx_runs(jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION idexx_store_credentials(jsonb), idexx_credential_states(jsonb),
  idexx_revoke_credentials(jsonb), idexx_held(jsonb), idexx_note_access(jsonb), idexx_note_validation(jsonb),
  idexx_runs(jsonb) TO anteroom_desk;
