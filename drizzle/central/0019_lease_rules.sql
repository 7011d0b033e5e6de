-- Which desk runs an integration, and what its runs may write. Clocks of desks play no part in it: `until` is central's,
-- and a desk says and hears lengths of time only.

-- The desk that calls: null where it may not.
CREATE FUNCTION calling_desk() RETURNS desks
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d FROM desks d WHERE d.role = session_user AND d.disabled_at IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION is_switched_on(clinic uuid, outside text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM integrations i WHERE i.clinic_id = clinic AND i.source = outside AND i.enabled)
$$;
--> statement-breakpoint
-- How long a lease is asked for: at most ten minutes, so that a desk that crashed does not keep the others from it.
CREATE FUNCTION lease_length(args jsonb) RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT least(greatest((args->>'forMs')::double precision, 1000), 600000) * interval '1 millisecond'
$$;
--> statement-breakpoint
CREATE FUNCTION lease_refusal(clinic uuid, outside text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT jsonb_build_object('error', 'runs_elsewhere', 'details', jsonb_build_object('deskId', d.id, 'desk', d.name,
        'leftMs', greatest(0, round(extract(epoch FROM l.until - clock_timestamp()) * 1000))))
      FROM run_leases l JOIN desks d ON d.clinic_id = l.clinic_id AND d.id = l.desk_id
      WHERE l.clinic_id = clinic AND l.source = outside AND is_switched_on(clinic, outside)),
    '{"error": "cannot_run_here", "details": {"reason": "off"}}')
$$;
--> statement-breakpoint
-- Gives the calling desk the lease of an outside system that is switched on: {source, forMs} to {fence}. Nobody gets it who
-- has not waited until it ran out, but the desk that has it, since its own run before may have crashed, and everybody where
-- the holder was disabled. Each taking has the next number.
CREATE FUNCTION take_lease(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  outside text := args->>'source';
  taken run_leases;
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  IF is_switched_on(desk.clinic_id, outside) THEN
    INSERT INTO run_leases AS l (clinic_id, source, desk_id, taken_at, until)
      VALUES (desk.clinic_id, outside, desk.id, clock_timestamp(), clock_timestamp() + lease_length(args))
      ON CONFLICT (clinic_id, source) DO UPDATE SET desk_id = desk.id, fence = l.fence + 1,
        taken_at = clock_timestamp(), until = clock_timestamp() + lease_length(args)
      WHERE l.until <= clock_timestamp() OR l.desk_id = desk.id
        OR EXISTS (SELECT FROM desks d WHERE d.clinic_id = l.clinic_id AND d.id = l.desk_id AND d.disabled_at IS NOT NULL)
      RETURNING * INTO taken;
  END IF;
  IF taken.fence IS NULL THEN RETURN lease_refusal(desk.clinic_id, outside); END IF;
  RETURN jsonb_build_object('ok', jsonb_build_object('fence', taken.fence));
END $$;
--> statement-breakpoint
-- Keeps the lease for longer: {source, fence, forMs}. One that ran out is kept too, as long as nobody took it.
CREATE FUNCTION keep_lease(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks := calling_desk();
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  UPDATE run_leases l SET until = clock_timestamp() + lease_length(args)
    WHERE l.clinic_id = desk.clinic_id AND l.source = args->>'source' AND l.desk_id = desk.id
      AND l.fence = (args->>'fence')::bigint AND is_switched_on(desk.clinic_id, l.source);
  IF NOT FOUND THEN RETURN lease_refusal(desk.clinic_id, args->>'source'); END IF;
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
-- Ends the lease and notes how the run went: {source, fence, error, nextInMs}. A run that somebody stopped is no failure. The
-- number stays, so that what the run wrote may still arrive until another desk takes the lease.
CREATE FUNCTION give_lease(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  wrong jsonb := nullif(args->'error', 'null');
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  UPDATE run_leases l SET until = clock_timestamp(), last_run_at = clock_timestamp(), last_error = wrong,
      last_ok_at = CASE WHEN wrong IS NULL THEN clock_timestamp() ELSE l.last_ok_at END,
      failures = CASE WHEN wrong IS NULL THEN 0 WHEN wrong->>'code' = 'cancelled' THEN l.failures ELSE l.failures + 1 END,
      next_run_at = clock_timestamp() + (args->>'nextInMs')::double precision * interval '1 millisecond'
    WHERE l.clinic_id = desk.clinic_id AND l.source = args->>'source' AND l.desk_id = desk.id
      AND l.fence = (args->>'fence')::bigint;
  IF NOT FOUND THEN RETURN lease_refusal(desk.clinic_id, args->>'source'); END IF;
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
-- How the runs of each outside system went, in milliseconds from now: {} to [{source, …}].
CREATE FUNCTION integration_states(args jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('ok', coalesce(jsonb_agg(jsonb_build_object('source', l.source, 'deskId', l.desk_id,
      'desk', d.name, 'leftMs', round(extract(epoch FROM l.until - t.now) * 1000),
      'sinceRunMs', round(extract(epoch FROM t.now - l.last_run_at) * 1000),
      'sinceOkMs', round(extract(epoch FROM t.now - l.last_ok_at) * 1000),
      'failures', l.failures, 'lastError', l.last_error,
      'nextInMs', round(extract(epoch FROM l.next_run_at - t.now) * 1000)) ORDER BY l.source), '[]'))
  FROM (SELECT clock_timestamp() AS now) t, run_leases l
    JOIN desks d ON d.clinic_id = l.clinic_id AND d.id = l.desk_id
  WHERE l.clinic_id = (calling_desk()).clinic_id
$$;
--> statement-breakpoint

-- Whether a change was made under the lease as it stands. Locked until the push is through, so that nobody takes the lease
-- between this and the commit.
CREATE FUNCTION holds_lease(desk desks, fence text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF fence !~ '^(idexx|cal_com)/[0-9]{1,15}$' THEN RETURN false; END IF;
  PERFORM FROM run_leases l WHERE l.clinic_id = desk.clinic_id AND l.desk_id = desk.id
    AND l.source = split_part(holds_lease.fence, '/', 1) AND l.fence = split_part(holds_lease.fence, '/', 2)::bigint FOR SHARE;
  RETURN FOUND AND is_switched_on(desk.clinic_id, split_part(fence, '/', 1));
END $$;
--> statement-breakpoint
-- As before; and a change of a run is nobody's, and made under the lease of the desk that sends it, in an open clinic too.
CREATE OR REPLACE FUNCTION check_claim(desk desks, open boolean, change jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  author uuid := (change->>'actor')::uuid;
  done timestamptz := (change->>'at')::timestamptz;
BEGIN
  IF change ? 'fence' THEN
    RETURN CASE WHEN change ? 'proof' OR author IS NOT NULL OR NOT coalesce(holds_lease(desk, change->>'fence'), false)
      THEN 'fence' END;
  END IF;
  IF NOT change ? 'proof' THEN
    RETURN CASE WHEN NOT open AND author IS NOT NULL AND NOT EXISTS (
      SELECT FROM desks d WHERE d.clinic_id = desk.clinic_id AND d.user_id = author) THEN 'actor' END;
  END IF;
  RETURN CASE
    WHEN NOT is_signed_by(desk.clinic_id, author, change_message(change), change->>'proof', done) THEN 'proof'
    WHEN NOT was_signed_in(desk.clinic_id, author, (change->>'session')::uuid, done, change->'rows') THEN 'session'
  END;
END $$;
--> statement-breakpoint
-- As before; and a run may what a desk does by itself and what automation does, which goes as far as its own outside system:
-- `run:idexx` among the rights says which that is.
CREATE OR REPLACE FUNCTION rights_of_author(desk desks, open boolean, change jsonb) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN NOT open THEN coalesce(array_agg(r."right"), '{}')
    || CASE WHEN change ? 'fence' THEN ARRAY['run:' || split_part(change->>'fence', '/', 1)] ELSE '{}' END END
  FROM role_rights r
  WHERE NOT open AND (r.role = CASE WHEN change ? 'proof' THEN (
      SELECT u.role FROM users u WHERE u.clinic_id = desk.clinic_id AND u.id = (change->>'actor')::uuid
        AND (u.deleted_at IS NULL OR (change->>'at')::timestamptz < u.deleted_at)) ELSE 'desk' END
    OR (change ? 'fence' AND r.role = 'automation'))
$$;
--> statement-breakpoint
CREATE FUNCTION sets_only(now_row jsonb, wanted jsonb, names text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT wanted - names = now_row - names $$;
--> statement-breakpoint
-- Whether an appointment of an outside system stands beside others at nobody's cost: it stays where it was approved, those
-- in its way are of the same system, or it is over.
CREATE FUNCTION stands_beside_its_own(outside text, clinic uuid, now_row jsonb, wanted jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT wanted->>'overbook_reason' IS NULL
    OR (wanted->'overbook_reason', wanted->'doctor_id', wanted->'room_id', wanted->'scheduled_at', wanted->'ends_at')
      = (now_row->'overbook_reason', now_row->'doctor_id', now_row->'room_id', now_row->'scheduled_at', now_row->'ends_at')
    OR (wanted->>'ends_at')::timestamptz <= clock_timestamp()
    OR NOT EXISTS (SELECT FROM appointments a, jsonb_populate_record(NULL::appointments, wanted) t
      WHERE a.clinic_id = clinic AND a.id IS DISTINCT FROM t.id AND a.origin <> outside
        AND (a.doctor_id = t.doctor_id OR a.room_id = t.room_id) AND a.overbook_reason IS NULL
        AND a.status NOT IN ('held', 'cancelled', 'no_show', 'left')
        AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(t.scheduled_at, t.ends_at))
$$;
--> statement-breakpoint
-- What a run may do to an appointment: with those of its outside system what people there can do, but take nobody else's time
-- and set no fee; and of an appointment of a desk that Cal.com has too, what Cal.com says of it.
CREATE FUNCTION is_outsides_appointment(outside text, clinic uuid, now_row jsonb, wanted jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN wanted->>'origin' = outside THEN (now_row IS NULL OR now_row->>'origin' = outside)
      AND wanted->>'fee_minor' IS NOT DISTINCT FROM now_row->>'fee_minor'
      AND stands_beside_its_own(outside, clinic, now_row, wanted)
    WHEN outside <> 'cal_com' OR now_row IS NULL THEN false
    WHEN now_row->>'cal_com_uid' IS NULL
      THEN sets_only(now_row, wanted, '{cal_com_uid,cal_com_booking_id,meeting_url}')
    ELSE sets_only(now_row, wanted, '{cal_com_uid,cal_com_booking_id,meeting_url,status,slot_id,scheduled_at,ends_at,
        confirmed_at,cancelled_at,cancelled_by,cancellation_reason}')
      AND (wanted->>'status' = now_row->>'status' OR wanted->>'status' IN ('pending', 'scheduled', 'cancelled', 'no_show'))
  END
$$;
--> statement-breakpoint
-- Whether what a row of a change does is its outside system's to do: `outside.write` goes no further, whatever desk or
-- connector sends it.
CREATE FUNCTION is_outsides(outside text, clinic uuid, name text, now_row jsonb, wanted jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(CASE name
    WHEN 'appointments' THEN is_outsides_appointment(outside, clinic, now_row, wanted)
    WHEN 'patients' THEN CASE
      WHEN now_row IS NULL THEN wanted->>'erased_at' IS NULL AND wanted->>'merged_into_id' IS NULL
      ELSE sets_only(now_row, wanted, '{first_name,last_name,email,phone,address,city,date_of_birth,gender,species,breed,
          owner_id}')
        AND EXISTS (SELECT FROM outside_links l WHERE l.clinic_id = clinic AND l.source = outside
          AND l.kind IN ('patient', 'client') AND l.patient_id = (now_row->>'id')::uuid AND l.deleted_at IS NULL) END
    WHEN 'cases' THEN outside = 'idexx'
    WHEN 'scheduled_discharge_calls' THEN outside = 'idexx' AND CASE
      WHEN now_row IS NULL THEN coalesce(wanted->>'status', 'queued') = 'queued'
      ELSE sets_only(now_row, wanted, '{status}') AND wanted->>'status' = 'cancelled' END
    WHEN 'integrations' THEN wanted->>'source' = outside AND sets_only(now_row, wanted, '{position}')
    ELSE name IN ('schedule_exceptions', 'outside_bookings', 'outside_links') AND wanted->>'source' = outside
      AND (now_row IS NULL OR now_row->>'source' = outside)
    END, false)
$$;
--> statement-breakpoint
-- As before, or what a run may do.
CREATE OR REPLACE FUNCTION check_right(rule replicated_tables, desk desks, author uuid, rights text[], now_row jsonb, wanted jsonb)
RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  outside text := (SELECT substr(r, 5) FROM unnest(rights) r WHERE r LIKE 'run:%');
  needed text;
BEGIN
  IF NOT is_own(rule, author, now_row, wanted) THEN
    needed := 'account';
  ELSIF rights IS NOT NULL THEN
    needed := right_needed(rule, desk, author, now_row, wanted);
    IF needed = ANY (rights) THEN RETURN; END IF;
    IF outside IS NOT NULL AND 'outside.write' = ANY (rights)
       AND is_outsides(outside, desk.clinic_id, rule.name, now_row, wanted) THEN
      RETURN;
    END IF;
  ELSE
    RETURN;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA006', CONSTRAINT = needed, MESSAGE = format('this takes the right %s', needed);
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('calling_desk', 'is_switched_on', 'lease_length', 'lease_refusal', 'take_lease', 'keep_lease',
        'give_lease', 'integration_states', 'holds_lease', 'sets_only', 'stands_beside_its_own', 'is_outsides_appointment',
        'is_outsides') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION take_lease(jsonb), keep_lease(jsonb), give_lease(jsonb), integration_states(jsonb)
  TO anteroom_desk;
