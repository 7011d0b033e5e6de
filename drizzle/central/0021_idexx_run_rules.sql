-- Runs of the IDEXX sync: their sessions, what is known of each consultation, and what a run may do with the appointments
-- of Neo. Sessions and consultations stand at central alone; no desk writes them but through here.

-- Notes a step of a run, under the session of which it is.
CREATE FUNCTION note_idexx_run(clinic uuid, account uuid, action text, status text, session uuid, wrong jsonb, metadata jsonb)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO idexx_sync_audit_log (clinic_id, timestamp, user_id, action, status, ip_address, session_id, error_details,
    metadata)
  VALUES (clinic, clock_timestamp(), account, action, status, inet_client_addr(), session::text, wrong,
    jsonb_strip_nulls(metadata))
$$;
--> statement-breakpoint
-- The session that runs under a lease.
CREATE FUNCTION idexx_session_of(clinic uuid, lease bigint) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id FROM idexx_sync_sessions s WHERE s.clinic_id = clinic AND s.fence = lease
  ORDER BY s.started_at DESC LIMIT 1
$$;
--> statement-breakpoint
-- Begins a session under the caller's lease: {fence, userId, reason} to {sessionId}. Asked again, it answers with the same
-- one. A session that still stands as running is of a desk that crashed, since nobody else has the lease: it has failed.
CREATE FUNCTION idexx_begin_run(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  lease bigint := (args->>'fence')::bigint;
  account uuid := (args->>'userId')::uuid;
  session uuid;
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  IF NOT holds_lease(desk, 'idexx/' || lease) THEN RETURN lease_refusal(desk.clinic_id, 'idexx'); END IF;
  session := idexx_session_of(desk.clinic_id, lease);
  IF session IS NOT NULL THEN
    RETURN jsonb_build_object('ok', jsonb_build_object('sessionId', session));
  END IF;
  IF NOT EXISTS (SELECT FROM users u WHERE u.clinic_id = desk.clinic_id AND u.id = account) THEN
    RETURN '{"error": "no_credentials"}';
  END IF;
  PERFORM close_crashed_idexx_runs(desk.clinic_id);
  INSERT INTO idexx_sync_sessions (clinic_id, user_id, desk_id, fence, reason, started_at, created_at)
    VALUES (desk.clinic_id, account, desk.id, lease, args->>'reason', clock_timestamp(), clock_timestamp())
    RETURNING id INTO session;
  PERFORM note_idexx_run(desk.clinic_id, account, 'sync_started', 'running', session, NULL,
    jsonb_build_object('desk_id', desk.id, 'reason', args->>'reason'));
  RETURN jsonb_build_object('ok', jsonb_build_object('sessionId', session));
END $$;
--> statement-breakpoint
CREATE FUNCTION close_crashed_idexx_runs(clinic uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE left_over idexx_sync_sessions;
BEGIN
  FOR left_over IN UPDATE idexx_sync_sessions s SET status = 'failed', completed_at = clock_timestamp(),
      error_details = '{"code": "crashed"}'
      WHERE s.clinic_id = clinic AND s.status = 'running' RETURNING * LOOP
    PERFORM note_idexx_run(clinic, left_over.user_id, 'sync_failed', 'failed', left_over.id, left_over.error_details,
      jsonb_build_object('desk_id', left_over.desk_id));
  END LOOP;
END $$;
--> statement-breakpoint
-- Ends a session of the calling desk: {sessionId, status, error, nextInMs, appointmentsRead, consultationsSynced,
-- consultationsFailed, dischargeCallsScheduled, synced, failed}, the last two the numbers of consultations. One that has
-- ended, here or by another desk's beginning, stays as it is.
CREATE FUNCTION idexx_end_run(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  ended idexx_sync_sessions;
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  UPDATE idexx_sync_sessions s SET status = args->>'status', completed_at = clock_timestamp(),
      appointments_read = (args->>'appointmentsRead')::integer,
      consultations_synced = (args->>'consultationsSynced')::integer,
      consultations_failed = (args->>'consultationsFailed')::integer,
      discharge_calls_scheduled = (args->>'dischargeCallsScheduled')::integer,
      error_details = nullif(args->'error', 'null'),
      next_scheduled_sync = clock_timestamp() + (args->>'nextInMs')::double precision * interval '1 millisecond'
    WHERE s.clinic_id = desk.clinic_id AND s.id = (args->>'sessionId')::uuid AND s.desk_id = desk.id
      AND s.status = 'running' AND args->>'status' IN ('completed', 'failed', 'timeout')
    RETURNING * INTO ended;
  IF ended.id IS NULL THEN RETURN '{"ok": {}}'; END IF;
  UPDATE consultation_sync_status c SET sync_status = 'synced', last_sync_attempt = clock_timestamp(),
      updated_at = clock_timestamp()
    WHERE c.clinic_id = desk.clinic_id AND args->'synced' ? c.consultation_id AND c.case_id IS NOT NULL;
  INSERT INTO consultation_sync_status AS c (clinic_id, consultation_id, user_id, case_id, sync_status, last_sync_attempt)
    SELECT desk.clinic_id, f.id, coalesce(k.user_id, ended.user_id), k.id, 'failed', clock_timestamp()
    FROM (SELECT DISTINCT id FROM jsonb_array_elements_text(args->'failed') id) f
      LEFT JOIN cases k ON k.clinic_id = desk.clinic_id AND k.consultation_id = f.id AND k.user_id IS NOT NULL
    ON CONFLICT (clinic_id, consultation_id, user_id) DO UPDATE SET sync_status = 'failed',
      last_sync_attempt = clock_timestamp(), updated_at = clock_timestamp();
  PERFORM note_idexx_run(desk.clinic_id, ended.user_id,
    CASE WHEN ended.status = 'completed' THEN 'sync_completed' ELSE 'sync_failed' END, ended.status, ended.id,
    ended.error_details, jsonb_build_object('desk_id', desk.id, 'appointments_read', ended.appointments_read,
      'consultations_synced', ended.consultations_synced, 'consultations_failed', ended.consultations_failed,
      'discharge_calls_scheduled', ended.discharge_calls_scheduled));
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint

-- The number of the lease under which the change that is being applied was made; null where it was made under none.
CREATE FUNCTION applied_fence(outside text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT substring(current_setting('anteroom.fence', true) FROM '^' || outside || '/([0-9]{1,15})$')::bigint
$$;
--> statement-breakpoint
-- Keeps what is known of a consultation with its case, and notes both in the audit of the sync.
CREATE FUNCTION keep_consultation_status() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  has_notes boolean := coalesce(btrim(NEW.clinical_notes), '') <> '';
BEGIN
  IF NEW.consultation_id IS NULL OR NEW.user_id IS NULL THEN RETURN NULL; END IF;
  INSERT INTO consultation_sync_status AS c (clinic_id, consultation_id, user_id, case_id, sync_status, has_clinical_notes,
      notes_synced_at, last_sync_attempt)
    VALUES (NEW.clinic_id, NEW.consultation_id, NEW.user_id, NEW.id, 'synced', has_notes, NEW.notes_synced_at,
      clock_timestamp())
    ON CONFLICT (clinic_id, consultation_id, user_id) DO UPDATE SET case_id = NEW.id, sync_status = 'synced',
      has_clinical_notes = has_notes, notes_synced_at = NEW.notes_synced_at, last_sync_attempt = clock_timestamp(),
      updated_at = clock_timestamp();
  PERFORM note_idexx_run(NEW.clinic_id, NEW.user_id, CASE WHEN TG_OP = 'INSERT' THEN 'case_created' ELSE 'case_updated' END,
    NEW.status, idexx_session_of(NEW.clinic_id, applied_fence('idexx')), NULL,
    jsonb_build_object('case_id', NEW.id, 'consultation_id', NEW.consultation_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_consultation_status AFTER INSERT OR UPDATE ON cases
  FOR EACH ROW EXECUTE FUNCTION keep_consultation_status();
--> statement-breakpoint
CREATE FUNCTION keep_consultation_call() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE of_case cases;
BEGIN
  SELECT * INTO of_case FROM cases k WHERE k.clinic_id = NEW.clinic_id AND k.id = NEW.case_id;
  IF of_case.consultation_id IS NULL OR of_case.user_id IS NULL THEN RETURN NULL; END IF;
  UPDATE consultation_sync_status c SET discharge_call_scheduled = true, discharge_call_id = NEW.id,
      updated_at = clock_timestamp()
    WHERE c.clinic_id = NEW.clinic_id AND c.consultation_id = of_case.consultation_id AND c.user_id = of_case.user_id;
  PERFORM note_idexx_run(NEW.clinic_id, of_case.user_id, 'discharge_call_scheduled', NEW.status,
    idexx_session_of(NEW.clinic_id, applied_fence('idexx')), NULL,
    jsonb_build_object('case_id', NEW.case_id, 'discharge_call_id', NEW.id, 'due_at', NEW.due_at));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_consultation_call AFTER INSERT ON scheduled_discharge_calls
  FOR EACH ROW EXECUTE FUNCTION keep_consultation_call();
--> statement-breakpoint

-- As before; and triggers are told under which lease a change was made.
CREATE OR REPLACE FUNCTION apply_change(desk desks, open boolean, change jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rights text[] := rights_of_author(desk, open, change);
  author uuid := CASE WHEN change ? 'proof' THEN (change->>'actor')::uuid END;
  item jsonb;
  constr text;
  msg text;
  detail text;
BEGIN
  PERFORM set_config('anteroom.done_at', change->>'at', true);
  PERFORM set_config('anteroom.fence', coalesce(change->>'fence', ''), true);
  FOR item IN SELECT value FROM jsonb_array_elements(change->'rows') LOOP
    PERFORM apply_change_row(desk, author, rights, item);
    INSERT INTO audit_log (clinic_id, change_id, desk_id, actor, session_id, action, table_name, row_id, before, after,
      done_at)
    VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, (change->>'actor')::uuid,
      CASE WHEN author IS NOT NULL THEN (change->>'session')::uuid END, change->>'kind', item->>'table',
      (item->>'id')::uuid, item->'was', coalesce(item->'insert', item->'set'), (change->>'at')::timestamptz);
  END LOOP;
  PERFORM set_config('anteroom.fence', '', true);
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE !~ '^(22|23|54|PA)' THEN RAISE; END IF;
  GET STACKED DIAGNOSTICS constr = CONSTRAINT_NAME, msg = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
  RETURN describe_refusal(desk.clinic_id, item, SQLSTATE, constr, msg, detail);
END $$;
--> statement-breakpoint
-- As before; and what Neo says of its own appointments is what was, however many steps went by between two readings.
CREATE OR REPLACE FUNCTION check_status_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  done timestamptz := coalesce(nullif(current_setting('anteroom.done_at', true), '')::timestamptz, now());
  zone text;
BEGIN
  IF NEW.origin = 'idexx' AND (TG_OP = 'INSERT' OR OLD.origin = 'idexx') AND applied_fence('idexx') IS NOT NULL THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.origin NOT IN ('desk', 'portal', 'cal_com')
       OR NEW.status IN ('held', 'pending', 'scheduled', 'arrived') THEN
      RETURN NEW;
    END IF;
  ELSIF NEW.status = OLD.status OR (OLD.status, NEW.status) IN (
      ('held', 'scheduled'), ('held', 'pending'), ('held', 'cancelled'),
      ('pending', 'scheduled'), ('pending', 'cancelled'),
      ('scheduled', 'arrived'), ('scheduled', 'cancelled'), ('scheduled', 'no_show'),
      ('arrived', 'ready'), ('arrived', 'in_room'), ('arrived', 'left'), ('arrived', 'scheduled'),
      ('ready', 'in_room'), ('ready', 'left'), ('ready', 'arrived'),
      ('in_room', 'completed'), ('in_room', 'ready'),
      ('cancelled', 'scheduled'), ('no_show', 'scheduled')) THEN
    RETURN NEW;
  ELSIF OLD.status = 'completed' AND NEW.status = 'in_room' THEN
    -- An undo, on the same day by the location's clock.
    SELECT l.timezone INTO zone FROM clinic_locations l
      WHERE l.clinic_id = OLD.clinic_id AND l.id = OLD.location_id;
    zone := coalesce(zone, 'UTC');
    IF (OLD.completed_at AT TIME ZONE zone)::date = (done AT TIME ZONE zone)::date THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA001', CONSTRAINT = 'appointments_status_move',
    MESSAGE = format('an appointment cannot go from %s to %s',
      CASE WHEN TG_OP = 'INSERT' THEN 'nothing' ELSE OLD.status END, NEW.status);
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('note_idexx_run', 'idexx_session_of', 'idexx_begin_run', 'close_crashed_idexx_runs',
        'idexx_end_run', 'applied_fence', 'keep_consultation_status', 'keep_consultation_call') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION idexx_begin_run(jsonb), idexx_end_run(jsonb) TO anteroom_desk;
