-- What an import brings that desks do not write by themselves: accounts, and the history of another IDEXX sync. Both
-- functions take {rows: […]} and answer for each row what became of it: taken, known (it was here), or left_out with why.
-- Taken twice, a row is there once.

CREATE FUNCTION import_answer(row_id text, outcome text, reason text DEFAULT NULL, details jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('id', row_id, 'outcome', outcome, 'reason', reason,
    'details', details)))
$$;
--> statement-breakpoint
-- An account as it was elsewhere. It keeps its role and, where its format is known here, its password; but it has no keys,
-- so nobody signs in by it at a desk until an administrator has invited them.
CREATE FUNCTION import_account(desk desks, item jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  account uuid := (item->>'id')::uuid;
  same uuid;
BEGIN
  IF EXISTS (SELECT FROM users u WHERE u.clinic_id = desk.clinic_id AND u.id = account) THEN
    RETURN import_answer(item->>'id', 'known');
  END IF;
  SELECT u.id INTO same FROM users u
    WHERE u.clinic_id = desk.clinic_id AND (lower(u.email) = lower(item->>'email') OR u.username = item->>'username') LIMIT 1;
  IF same IS NOT NULL THEN
    RETURN import_answer(item->>'id', 'left_out', 'email_in_use',
      jsonb_build_object('value', item->>'email', 'here', same));
  END IF;
  IF NOT coalesce(item->>'role' IN ('patient', 'receptionist', 'doctor', 'admin'), false) THEN
    RETURN import_answer(item->>'id', 'left_out', 'value_unknown', '{"column": "role"}');
  END IF;
  INSERT INTO users (clinic_id, id, email, username, display_name, hashed_password, role, confirmed_at, last_login_at,
      deleted_at)
    VALUES (desk.clinic_id, account, item->>'email', item->>'username', item->>'display_name',
      coalesce(item->>'hashed_password', '!'), item->>'role', (item->>'confirmed_at')::timestamptz,
      (item->>'last_login_at')::timestamptz, (item->>'deleted_at')::timestamptz);
  PERFORM note_account(desk, 'importAccount', account, NULL);
  RETURN import_answer(item->>'id', 'taken');
END $$;
--> statement-breakpoint
-- Whose account it is: a doctor or patient that has another one keeps that.
CREATE FUNCTION link_imported_account(clinic uuid, item jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE account uuid := (item->>'id')::uuid;
BEGIN
  UPDATE doctors d SET user_id = account
    WHERE d.clinic_id = clinic AND d.id = (item->>'doctor_id')::uuid AND d.user_id IS NULL
      AND NOT EXISTS (SELECT FROM doctors o WHERE o.clinic_id = clinic AND o.user_id = account);
  UPDATE patients p SET user_id = account
    WHERE p.clinic_id = clinic AND p.id = (item->>'patient_id')::uuid AND p.user_id IS NULL AND p.erased_at IS NULL
      AND NOT EXISTS (SELECT FROM patients o WHERE o.clinic_id = clinic AND o.user_id = account);
END $$;
--> statement-breakpoint
-- {rows: [{id, email, username, display_name, role, hashed_password, confirmed_at, last_login_at, deleted_at, doctor_id,
-- patient_id}]}
CREATE FUNCTION import_accounts(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  item jsonb;
  told jsonb;
  answers jsonb := '[]';
  rule text;
BEGIN
  IF NOT signed_in_right('staff.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  FOR item IN SELECT value FROM jsonb_array_elements(args->'rows') LOOP
    BEGIN
      told := import_account(desk, item);
      IF told->0->>'outcome' <> 'left_out' THEN
        PERFORM link_imported_account(desk.clinic_id, item);
      END IF;
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE !~ '^(22|23|PA)' THEN RAISE; END IF;
      GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME;
      told := import_answer(item->>'id', 'left_out', 'refused_by_central',
        jsonb_build_object('code', 'invalid', 'rule', coalesce(nullif(rule, ''), SQLSTATE)));
    END;
    answers := answers || told;
  END LOOP;
  RETURN jsonb_build_object('ok', answers);
END $$;
--> statement-breakpoint

-- The account that a row of another IDEXX sync belongs to: the one that was imported, or the one of the same address.
CREATE FUNCTION imported_user(clinic uuid, item jsonb) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id FROM users u
  WHERE u.clinic_id = clinic AND (u.id = (item->>'user_id')::uuid OR lower(u.email) = lower(item->>'user_email'))
  ORDER BY u.id = (item->>'user_id')::uuid DESC LIMIT 1
$$;
--> statement-breakpoint
CREATE FUNCTION import_idexx_row(clinic uuid, item jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  owner uuid := imported_user(clinic, item);
  row_id uuid := (item->>'id')::uuid;
  made bigint;
BEGIN
  IF owner IS NULL AND (item->>'of' <> 'log' OR item->>'user_id' IS NOT NULL) THEN
    RETURN import_answer(item->>'id', 'left_out', 'unknown_person');
  END IF;
  CASE item->>'of'
    WHEN 'session' THEN
      INSERT INTO idexx_sync_sessions (clinic_id, id, user_id, status, started_at, completed_at, consultations_synced,
          consultations_failed, discharge_calls_scheduled, error_details, created_at)
        VALUES (clinic, row_id, owner, item->>'status', (item->>'started_at')::timestamptz,
          (item->>'completed_at')::timestamptz, (item->>'consultations_synced')::integer,
          (item->>'consultations_failed')::integer, (item->>'discharge_calls_scheduled')::integer, item->'error_details',
          (item->>'created_at')::timestamptz)
        ON CONFLICT DO NOTHING;
    WHEN 'status' THEN
      INSERT INTO consultation_sync_status (clinic_id, id, consultation_id, user_id, case_id, sync_status,
          has_clinical_notes, notes_synced_at, discharge_call_scheduled, discharge_call_id, last_sync_attempt, created_at)
        VALUES (clinic, row_id, item->>'consultation_id', owner,
          (SELECT c.id FROM cases c WHERE c.clinic_id = clinic AND c.id = (item->>'case_id')::uuid),
          item->>'sync_status', (item->>'has_clinical_notes')::boolean, (item->>'notes_synced_at')::timestamptz,
          (item->>'discharge_call_scheduled')::boolean,
          (SELECT d.id FROM scheduled_discharge_calls d
           WHERE d.clinic_id = clinic AND d.id = (item->>'discharge_call_id')::uuid),
          (item->>'last_sync_attempt')::timestamptz, (item->>'created_at')::timestamptz)
        ON CONFLICT DO NOTHING;
    ELSE
      INSERT INTO idexx_sync_audit_log (clinic_id, id, timestamp, user_id, action, status, ip_address, session_id,
          error_details, metadata)
        VALUES (clinic, row_id, (item->>'timestamp')::timestamptz, owner, item->>'action', item->>'status',
          (item->>'ip_address')::inet, item->>'session_id', item->'error_details', item->'metadata')
        ON CONFLICT DO NOTHING;
  END CASE;
  GET DIAGNOSTICS made = ROW_COUNT;
  RETURN import_answer(item->>'id', CASE WHEN made = 1 THEN 'taken' ELSE 'known' END);
END $$;
--> statement-breakpoint
-- {rows: [{of: session | status | log, id, user_id, user_email, …}]}: the other columns by their names.
CREATE FUNCTION import_idexx_history(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  item jsonb;
  told jsonb;
  answers jsonb := '[]';
  rule text;
BEGIN
  IF NOT signed_in_right('clinic.manage') THEN
    RETURN answer_error('not_allowed', '{"right": "clinic.manage"}');
  END IF;
  FOR item IN SELECT value FROM jsonb_array_elements(args->'rows') LOOP
    BEGIN
      told := import_idexx_row(desk.clinic_id, item);
    EXCEPTION WHEN OTHERS THEN
      IF SQLSTATE !~ '^(22|23|PA)' THEN RAISE; END IF;
      GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME;
      told := import_answer(item->>'id', 'left_out', 'refused_by_central',
        jsonb_build_object('code', 'invalid', 'rule', coalesce(nullif(rule, ''), SQLSTATE)));
    END;
    answers := answers || told;
  END LOOP;
  RETURN jsonb_build_object('ok', answers);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION import_answer(text, text, text, jsonb), import_account(desks, jsonb),
  link_imported_account(uuid, jsonb), import_accounts(jsonb), imported_user(uuid, jsonb), import_idexx_row(uuid, jsonb),
  import_idexx_history(jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION import_accounts(jsonb), import_idexx_history(jsonb) TO anteroom_desk;
