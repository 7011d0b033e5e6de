-- What drizzle cannot say: guards against double booking, triggers, policies, and the functions that desks call.
-- Every function names its search path with pg_temp last: unnamed it would come first, and a caller's temporary table
-- called desks would stand in for ours.

CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anteroom_desk') THEN
    CREATE ROLE anteroom_desk NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
INSERT INTO central DEFAULT VALUES;
--> statement-breakpoint
ALTER TABLE heads ADD CONSTRAINT heads_clinic_fk FOREIGN KEY (clinic_id)
  REFERENCES clinics (clinic_id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint

-- Double booking. Live is every status but cancelled, no_show and left; an approved overbook stands outside.
CREATE UNIQUE INDEX appointments_one_live_per_slot ON appointments (clinic_id, slot_id)
  WHERE status NOT IN ('cancelled', 'no_show', 'left') AND overbook_reason IS NULL;
--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_doctor_no_overlap
  EXCLUDE USING gist (clinic_id WITH =, doctor_id WITH =, tstzrange(scheduled_at, ends_at) WITH &&)
  WHERE (status NOT IN ('cancelled', 'no_show', 'left') AND overbook_reason IS NULL);
--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_room_no_overlap
  EXCLUDE USING gist (clinic_id WITH =, room_id WITH =, tstzrange(scheduled_at, ends_at) WITH &&)
  WHERE (room_id IS NOT NULL AND status NOT IN ('cancelled', 'no_show', 'left') AND overbook_reason IS NULL);
--> statement-breakpoint

-- The number of the commit under way for a clinic. Its row lock makes the clinic's writes serial; a transaction
-- takes a number once, whatever it touches.
CREATE FUNCTION take_rev(clinic uuid) RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE n bigint;
BEGIN
  UPDATE heads SET seq = seq + 1, tx = pg_current_xact_id()
    WHERE clinic_id = clinic AND tx <> pg_current_xact_id() RETURNING seq INTO n;
  IF n IS NULL THEN
    SELECT seq INTO n FROM heads WHERE clinic_id = clinic;
  END IF;
  IF n IS NULL THEN
    INSERT INTO heads (clinic_id, seq, tx) VALUES (clinic, 1, pg_current_xact_id()) RETURNING seq INTO n;
  END IF;
  RETURN n;
END $$;
--> statement-breakpoint
CREATE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.rev := take_rev(NEW.clinic_id);
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint

-- Which tables desks replicate; whether they may push rows of it; the columns that they may not set; and the stamps of
-- which the first stands when two desks set them (both checked the same patient in: that is no clash).
CREATE TABLE replicated_tables (
  name text PRIMARY KEY,
  pushable boolean NOT NULL,
  withheld text[] NOT NULL DEFAULT '{}',
  first_wins text[] NOT NULL DEFAULT '{}'
);
--> statement-breakpoint
INSERT INTO replicated_tables (name, pushable, withheld, first_wins) VALUES
  ('clinics', false, '{}', '{}'),
  ('specialties', true, '{}', '{}'),
  ('clinic_locations', true, '{}', '{}'),
  ('rooms', true, '{}', '{}'),
  ('visit_types', true, '{}', '{}'),
  ('users', false, '{}', '{}'),
  ('doctors', true, '{rating,review_count,next_available_slot,user_id}', '{}'),
  ('patients', true, '{user_id}', '{contact_confirmed_at}'),
  ('reviews', false, '{}', '{}'),
  ('schedule_templates', true, '{}', '{}'),
  ('schedule_exceptions', true, '{}', '{}'),
  ('doctor_time_slots', true, '{}', '{}'),
  ('appointments', true, '{duration_minutes}',
   '{confirmed_at,arrived_at,ready_at,in_room_at,completed_at,cancelled_at,cancelled_by}'),
  ('payments', true, '{}', '{}'),
  ('prescriptions', true, '{}', '{}'),
  ('messages', true, '{}', '{}'),
  ('attachments', true, '{}', '{}'),
  ('cases', true, '{}', '{}'),
  ('scheduled_discharge_calls', true, '{}', '{}');
--> statement-breakpoint

-- Statuses and moves: front-desk.md.
CREATE FUNCTION check_status_move() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  done timestamptz := coalesce(nullif(current_setting('anteroom.done_at', true), '')::timestamptz, now());
  zone text;
BEGIN
  IF TG_OP = 'INSERT' THEN
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
CREATE TRIGGER check_status_move BEFORE INSERT OR UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION check_status_move();
--> statement-breakpoint

-- A payment that was made is never edited: refunds and voids are rows that name it.
CREATE FUNCTION check_payment_final() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status = 'pending' AND (NEW.amount_cents, NEW.currency, NEW.appointment_id, NEW.method)
      = (OLD.amount_cents, OLD.currency, OLD.appointment_id, OLD.method) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'payments_final', MESSAGE = 'a payment is never edited';
END $$;
--> statement-breakpoint
CREATE TRIGGER check_payment_final BEFORE UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION check_payment_final();
--> statement-breakpoint

CREATE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = TG_TABLE_NAME || '_append_only',
    MESSAGE = format('%s is append-only', TG_TABLE_NAME);
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON idexx_sync_audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change();
--> statement-breakpoint

-- doctors.next_available_slot, rating and review_count.
CREATE FUNCTION refresh_next_available(clinic uuid, doctor uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE soonest timestamptz;
BEGIN
  SELECT s.start_time_utc INTO soonest FROM doctor_time_slots s
    WHERE s.clinic_id = clinic AND s.doctor_id = doctor AND s.is_available AND s.start_time_utc >= now()
      AND NOT EXISTS (
        SELECT FROM appointments a
        WHERE a.clinic_id = clinic AND a.doctor_id = doctor
          AND a.scheduled_at < s.end_time_utc AND a.ends_at > s.start_time_utc
          AND a.scheduled_at > s.start_time_utc - interval '12 hours'
          AND a.status NOT IN ('cancelled', 'no_show', 'left'))
    ORDER BY s.start_time_utc LIMIT 1;
  UPDATE doctors SET next_available_slot = soonest
    WHERE clinic_id = clinic AND id = doctor AND next_available_slot IS DISTINCT FROM soonest;
END $$;
--> statement-breakpoint
CREATE FUNCTION after_bookable_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM refresh_next_available(clinic_id, doctor_id)
      FROM (SELECT clinic_id, doctor_id FROM new_rows UNION SELECT clinic_id, doctor_id FROM old_rows) touched;
  ELSE
    PERFORM refresh_next_available(clinic_id, doctor_id)
      FROM (SELECT DISTINCT clinic_id, doctor_id FROM new_rows) touched;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER next_available_insert AFTER INSERT ON appointments
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_bookable_change();
--> statement-breakpoint
CREATE TRIGGER next_available_update AFTER UPDATE ON appointments
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION after_bookable_change();
--> statement-breakpoint
CREATE TRIGGER next_available_insert AFTER INSERT ON doctor_time_slots
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_bookable_change();
--> statement-breakpoint
CREATE TRIGGER next_available_update AFTER UPDATE ON doctor_time_slots
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION after_bookable_change();
--> statement-breakpoint
CREATE FUNCTION refresh_rating() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- A review that was put right may have moved from one doctor to another.
  UPDATE doctors d SET rating = r.average, review_count = r.number
    FROM (SELECT doctor.id, coalesce(round(avg(v.stars), 2), 0) AS average, count(v.stars)::integer AS number
          FROM (SELECT NEW.doctor_id AS id UNION SELECT OLD.doctor_id WHERE TG_OP = 'UPDATE') doctor
          LEFT JOIN reviews v ON v.clinic_id = NEW.clinic_id AND v.doctor_id = doctor.id AND v.deleted_at IS NULL
          GROUP BY doctor.id) r
    WHERE d.clinic_id = NEW.clinic_id AND d.id = r.id
      AND (d.rating, d.review_count) IS DISTINCT FROM (r.average, r.number);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER refresh_rating AFTER INSERT OR UPDATE ON reviews
  FOR EACH ROW EXECUTE FUNCTION refresh_rating();
--> statement-breakpoint

-- Who is asking. Only session_user counts, which no one but a superuser can change.
CREATE FUNCTION desk_clinic() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT clinic_id FROM desks WHERE role = session_user AND disabled_at IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION signed_in_user() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT b.user_id FROM backend_sessions b
  WHERE b.pid = pg_backend_pid() AND b.clinic_id = desk_clinic()
    AND b.backend_start = (SELECT a.backend_start::timestamptz(3) FROM pg_stat_get_activity(pg_backend_pid()) a)
$$;
--> statement-breakpoint
CREATE FUNCTION signed_in_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.role FROM users u WHERE u.clinic_id = desk_clinic() AND u.id = signed_in_user() AND u.deleted_at IS NULL
$$;
--> statement-breakpoint

-- Every table has row-level security; a table without a policy shows desks nothing.
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
  FOR t IN SELECT name FROM replicated_tables LOOP
    EXECUTE format('CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON %I
                    FOR EACH ROW EXECUTE FUNCTION stamp_row()', t);
    EXECUTE format('CREATE POLICY desk_reads_its_clinic ON %I FOR SELECT TO anteroom_desk
                    USING (clinic_id = (SELECT desk_clinic()))', t);
    IF t <> 'users' THEN
      EXECUTE format('GRANT SELECT ON %I TO anteroom_desk', t);
    END IF;
  END LOOP;
  -- idexx-sync-schema: users see their own rows; admins and the automation role see their clinic's.
  FOREACH t IN ARRAY ARRAY['idexx_credentials', 'idexx_sync_sessions', 'consultation_sync_status',
                           'idexx_sync_audit_log'] LOOP
    EXECUTE format($policy$CREATE POLICY user_reads_own ON %I FOR SELECT TO anteroom_desk USING (
      clinic_id = (SELECT desk_clinic()) AND (user_id = (SELECT signed_in_user())
        OR (SELECT signed_in_role()) IN ('admin', 'automation')))$policy$, t);
    EXECUTE format('GRANT SELECT ON %I TO anteroom_desk', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT (clinic_id, id, rev, created_at, updated_at, email, username, display_name, role, confirmed_at,
  last_login_at, deleted_at) ON users TO anteroom_desk;
--> statement-breakpoint
CREATE POLICY desk_reads_its_head ON heads FOR SELECT TO anteroom_desk USING (clinic_id = (SELECT desk_clinic()));
--> statement-breakpoint
GRANT SELECT ON heads TO anteroom_desk;
--> statement-breakpoint

-- The sources' other names: clinic-schema `admins`, medic-schema `schema_migrations`.
CREATE VIEW admins WITH (security_invoker = true) AS
  SELECT clinic_id, id, username, email, hashed_password AS password_hash, last_login_at, created_at, updated_at,
    deleted_at
  FROM users WHERE role = 'admin';
--> statement-breakpoint
CREATE VIEW schema_migrations WITH (security_invoker = true) AS
  SELECT created_at AS version, to_timestamp(created_at / 1000.0) AS inserted_at FROM drizzle.__drizzle_migrations;
--> statement-breakpoint

-- Names central's history: changes with a restore into another cluster or database, and with a failover.
CREATE FUNCTION central_epoch() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.id || '/' || s.system_identifier || '/' ||
    (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' ||
    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id::text FROM pg_control_checkpoint())
         ELSE ltrim(left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), '0') END
  FROM central c, pg_control_system() s
$$;
--> statement-breakpoint
CREATE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
--> statement-breakpoint
-- Desks below this may read but not push.
CREATE FUNCTION oldest_desk_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
--> statement-breakpoint
CREATE FUNCTION head() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('epoch', central_epoch(), 'seq',
    coalesce((SELECT seq FROM heads WHERE clinic_id = desk_clinic()), 0))
$$;
--> statement-breakpoint
CREATE FUNCTION whoami() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
  SELECT jsonb_build_object('desk_id', d.id, 'desk_name', d.name, 'clinic_id', d.clinic_id, 'user_id', d.user_id,
    'disabled', d.disabled_at IS NOT NULL, 'epoch', central_epoch(), 'version', central_version(),
    'oldest_desk_version', oldest_desk_version(), 'now', clock_timestamp())
  FROM desks d WHERE d.role = session_user
$$;
--> statement-breakpoint

-- The appointment that an attempted one runs into: same slot, doctor or room. Null if none is found.
CREATE FUNCTION appointment_in_the_way(clinic uuid, attempted jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT to_jsonb(a) FROM appointments a, jsonb_populate_record(NULL::appointments, attempted) t
  WHERE a.clinic_id = clinic AND a.id <> t.id
    AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL
    AND (a.slot_id = t.slot_id
      OR ((a.doctor_id = t.doctor_id OR a.room_id = t.room_id)
        AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(t.scheduled_at, t.ends_at)))
  ORDER BY a.doctor_id = t.doctor_id DESC, a.scheduled_at LIMIT 1
$$;
--> statement-breakpoint
-- Who last touched a row: desk, actor and time of doing, from the change that carried its rev.
CREATE FUNCTION touched_by(clinic uuid, touched jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT jsonb_build_object('desk', d.name, 'actor', c.actor, 'at', c.done_at)
     FROM changes c JOIN desks d ON d.clinic_id = c.clinic_id AND d.id = c.desk_id
     WHERE c.clinic_id = clinic AND c.rev = (touched->>'rev')::bigint AND c.outcome = 'applied'
       AND c.rows @> jsonb_build_array(jsonb_build_object('id', touched->>'id'))
     ORDER BY c.desk_seq DESC LIMIT 1),
    jsonb_build_object('desk', NULL, 'actor', NULL, 'at', touched->'updated_at'))
$$;
--> statement-breakpoint

-- Applies one row of a change. Raises PA002 (clash), PA003 (row gone), PA005 (not a row that desks may write) or
-- whatever a constraint raises. Table and column names are checked against the catalogue before they are used.
CREATE FUNCTION apply_change_row(clinic uuid, item jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rule replicated_tables;
  row_id uuid := (item->>'id')::uuid;
  sets jsonb := coalesce(item->'insert', item->'set');
  unknown text;
  names text;
  now_row jsonb;
  wanted jsonb;
  had jsonb;
  clashes jsonb;
BEGIN
  SELECT * INTO rule FROM replicated_tables WHERE name = item->>'table' AND pushable;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'desks do not write this table';
  END IF;
  IF sets IS NULL OR sets = '{}' THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'a row of a change sets something';
  END IF;
  SELECT k INTO unknown FROM jsonb_object_keys(sets) k
    WHERE k IN ('clinic_id', 'rev', 'updated_at') OR k = ANY (rule.withheld)
      OR (item ? 'set' AND k IN ('id', 'created_at'))
      OR NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = rule.name::regclass AND attname = k
                     AND attnum > 0 AND NOT attisdropped)
    LIMIT 1;
  IF unknown IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = format('desks do not set %I', unknown);
  END IF;

  IF item ? 'insert' THEN
    SELECT string_agg(quote_ident(k), ', ') INTO names FROM jsonb_object_keys(sets - 'id') k;
    IF names IS NULL THEN
      RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'a row of a change sets something';
    END IF;
    EXECUTE format('INSERT INTO %1$I (clinic_id, id, %2$s)
                    SELECT $1, $2, %2$s FROM jsonb_populate_record(NULL::%1$I, $3)', rule.name, names)
      USING clinic, row_id, sets;
    RETURN;
  END IF;

  -- Without it, a clash could not be told from an untouched column.
  IF EXISTS (SELECT FROM jsonb_object_keys(sets) k WHERE NOT coalesce(item->'was', '{}') ? k) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'each column that is set has its before-image';
  END IF;
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE clinic_id = $1 AND id = $2 FOR UPDATE', rule.name)
    INTO now_row USING clinic, row_id;
  IF now_row IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA003', MESSAGE = 'the row is gone';
  END IF;
  -- Through the row type, so that values compare as the column sees them and not as they were written.
  EXECUTE format('SELECT to_jsonb(jsonb_populate_record(NULL::%1$I, $1)),
                         to_jsonb(jsonb_populate_record(NULL::%1$I, $2))', rule.name)
    INTO wanted, had USING now_row || sets, now_row || (item->'was');
  SELECT string_agg(quote_ident(k), ', ') FILTER (WHERE now_row->k = had->k),
         jsonb_agg(jsonb_build_object('column', k, 'mine', wanted->k, 'theirs', now_row->k, 'was', had->k))
           FILTER (WHERE now_row->k <> had->k AND NOT k = ANY (rule.first_wins))
    INTO names, clashes
    FROM jsonb_object_keys(sets) k WHERE now_row->k <> wanted->k;
  IF clashes IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA002', MESSAGE = 'another desk set the same column',
      DETAIL = jsonb_build_object('columns', clashes)::text;
  END IF;
  IF names IS NOT NULL THEN
    EXECUTE format('UPDATE %1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, $3))
                    WHERE clinic_id = $1 AND id = $2', rule.name, names)
      USING clinic, row_id, wanted;
  END IF;
END $$;
--> statement-breakpoint
-- What a person needs to see of a refusal: its kind, central's row, and who made that when.
CREATE FUNCTION describe_refusal(clinic uuid, item jsonb, state text, constr text, message text, detail text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  now_row jsonb;
  theirs jsonb;
  code text := CASE state WHEN 'PA001' THEN 'move_not_allowed' WHEN 'PA002' THEN 'clash'
    WHEN 'PA003' THEN 'row_gone' ELSE 'invalid' END;
BEGIN
  IF EXISTS (SELECT FROM replicated_tables WHERE name = item->>'table' AND pushable)
     AND item->>'id' ~ '^[0-9a-f-]{36}$' THEN
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE clinic_id = $1 AND id = $2', item->>'table')
      INTO now_row USING clinic, (item->>'id')::uuid;
  END IF;
  theirs := now_row;
  IF constr IN ('appointments_one_live_per_slot', 'appointments_doctor_no_overlap', 'appointments_room_no_overlap') THEN
    code := 'taken';
    theirs := appointment_in_the_way(clinic, coalesce(now_row, '{}') || coalesce(item->'insert', item->'set')
      || jsonb_build_object('id', item->>'id'));
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object('code', code, 'constraint', nullif(constr, ''),
      'table', item->>'table', 'row_id', item->>'id', 'message', message))
    || CASE WHEN state = 'PA002' THEN detail::jsonb ELSE '{}' END
    || CASE WHEN theirs IS NULL THEN '{}'
            ELSE jsonb_build_object('theirs', theirs, 'by', touched_by(clinic, theirs)) END;
END $$;
--> statement-breakpoint
-- Applies one change whole, or answers why not. Only data errors are refusals (SQLSTATE 22, 23 and ours); every
-- other error leaves by the top and rolls the whole push back, to be tried again.
CREATE FUNCTION apply_change(desk desks, change jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  item jsonb;
  constr text;
  msg text;
  detail text;
BEGIN
  PERFORM set_config('anteroom.done_at', change->>'at', true);
  FOR item IN SELECT value FROM jsonb_array_elements(change->'rows') LOOP
    PERFORM apply_change_row(desk.clinic_id, item);
    INSERT INTO audit_log (clinic_id, change_id, desk_id, actor, action, table_name, row_id, before, after, done_at)
    VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, (change->>'actor')::uuid, change->>'kind',
      item->>'table', (item->>'id')::uuid, item->'was', coalesce(item->'insert', item->'set'),
      (change->>'at')::timestamptz);
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE !~ '^(22|23|PA)' THEN RAISE; END IF;
  GET STACKED DIAGNOSTICS constr = CONSTRAINT_NAME, msg = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
  RETURN describe_refusal(desk.clinic_id, item, SQLSTATE, constr, msg, detail);
END $$;
--> statement-breakpoint
-- The number that the stream expects after these changes, or why none is looked at: a number used before by another
-- change (forked), or one that is missing (gap).
CREATE FUNCTION check_sequence(desk desks, next_seq bigint, pushed jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE change jsonb;
BEGIN
  FOR change IN SELECT value FROM jsonb_array_elements(pushed) LOOP
    IF (change->>'desk_seq')::bigint = next_seq THEN
      next_seq := next_seq + 1;
    ELSIF (change->>'desk_seq')::bigint > next_seq THEN
      RETURN 'gap';
    ELSIF NOT EXISTS (SELECT FROM changes c
        WHERE c.clinic_id = desk.clinic_id AND c.change_id = (change->>'change_id')::uuid) THEN
      RETURN 'forked';
    END IF;
  END LOOP;
  RETURN 'ok';
END $$;
--> statement-breakpoint
-- Takes a desk's changes in order, exactly once: see PushReply in contract/change.ts.
CREATE FUNCTION push(epoch text, incarnation uuid, version integer, pushed jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
  desk desks;
  expected bigint;
  status text := 'ok';
  change jsonb;
  known changes;
  this_rev bigint;
  refusal jsonb;
  verdict text;
  outcomes jsonb := '[]';
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'this role is no desk';
  END IF;
  IF desk.disabled_at IS NOT NULL THEN status := 'disabled';
  ELSIF coalesce(version, 0) < oldest_desk_version() THEN status := 'too_old';
  ELSIF epoch IS DISTINCT FROM central_epoch() THEN status := 'wrong_epoch';
  END IF;
  IF status <> 'ok' THEN
    RETURN jsonb_build_object('status', status, 'epoch', central_epoch(), 'next_seq', 0, 'rev', 0, 'outcomes', outcomes);
  END IF;

  -- Waits here for a predecessor of this desk whose connection is half open.
  INSERT INTO streams AS s (clinic_id, desk_id, incarnation) VALUES (desk.clinic_id, desk.id, push.incarnation)
    ON CONFLICT (clinic_id, desk_id, incarnation) DO UPDATE SET last_contact_at = clock_timestamp()
    RETURNING s.next_seq INTO expected;
  -- And here for whoever else writes in this clinic, a copy of this desk among them.
  PERFORM FROM heads h WHERE h.clinic_id = desk.clinic_id FOR UPDATE;
  status := check_sequence(desk, expected, pushed);

  IF status = 'ok' THEN
    FOR change IN SELECT value FROM jsonb_array_elements(pushed) LOOP
      SELECT * INTO known FROM changes c
        WHERE c.clinic_id = desk.clinic_id AND c.change_id = (change->>'change_id')::uuid;
      IF NOT FOUND THEN
        this_rev := take_rev(desk.clinic_id);
        refusal := NULL;
        verdict := 'void';
        IF NOT coalesce((change->>'void')::boolean, false) THEN
          refusal := apply_change(desk, change);
          verdict := CASE WHEN refusal IS NULL THEN 'applied' ELSE 'refused' END;
        END IF;
        INSERT INTO changes (clinic_id, change_id, desk_id, incarnation, desk_seq, kind, actor, done_at, outcome,
            rev, rows, refusal)
          VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, push.incarnation,
            (change->>'desk_seq')::bigint, change->>'kind', (change->>'actor')::uuid, (change->>'at')::timestamptz,
            verdict, this_rev, change->'rows', refusal)
          RETURNING * INTO known;
      END IF;
      expected := greatest(expected, (change->>'desk_seq')::bigint + 1);
      outcomes := outcomes || jsonb_build_object('change_id', known.change_id, 'outcome', known.outcome,
        'rev', known.rev, 'refusal', known.refusal);
    END LOOP;
    UPDATE streams s SET next_seq = expected
      WHERE s.clinic_id = desk.clinic_id AND s.desk_id = desk.id AND s.incarnation = push.incarnation;
  END IF;
  RETURN jsonb_build_object('status', status, 'epoch', epoch, 'next_seq', expected,
    'rev', (SELECT seq FROM heads WHERE clinic_id = desk.clinic_id), 'outcomes', outcomes);
END $$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO anteroom_desk', current_database());
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION push(text, uuid, integer, jsonb), whoami(), head(), desk_clinic(), signed_in_user(),
  signed_in_role() TO anteroom_desk;
