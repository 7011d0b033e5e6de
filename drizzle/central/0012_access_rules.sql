-- Who may read and write what: the staff's keys and sessions, the rights of roles, signed changes, and who is signed in
-- on a connection.

CREATE EXTENSION IF NOT EXISTS pgcrypto;
--> statement-breakpoint
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
END $$;
--> statement-breakpoint

-- The rights of each role: the same as core/security/roles.ts, held against it by a test. `desk` is nobody's role: it is
-- what a desk does by itself, without a signature.
CREATE TABLE role_rights (
  role text NOT NULL,
  "right" text NOT NULL,
  PRIMARY KEY (role, "right")
);
--> statement-breakpoint
INSERT INTO role_rights (role, "right")
  SELECT r.role, unnest(r.rights) FROM (VALUES
    ('desk', '{desk,door,kiosk,display}'::text[]),
    ('receptionist', '{schedule.read,schedule.write,patients.read,patients.write,patients.merge,payments.read,
      payments.write,prescriptions.read,messages.read,messages.write,calls.read,calls.write,reports.read,account,desk,
      door,kiosk,display}'),
    ('doctor', '{schedule.read,schedule.write,schedule.overbook,schedule.plan,patients.read,patients.write,
      patients.merge,payments.read,payments.write,prescriptions.read,prescriptions.write,messages.read,messages.write,
      calls.read,calls.write,reports.read,account,desk,door,kiosk,display}'),
    ('admin', '{schedule.read,schedule.write,schedule.overbook,schedule.plan,patients.read,patients.write,
      patients.merge,patients.erase,payments.read,payments.write,payments.refund,prescriptions.read,prescriptions.write,
      messages.read,messages.write,calls.read,calls.write,reports.read,export,clinic.manage,staff.manage,audit.read,
      desks.manage,credentials.manage,account,desk,door,kiosk,display}')
  ) AS r (role, rights);
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['staff_keys', 'user_sessions', 'signing_keys', 'backups', 'role_rights'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
END $$;
--> statement-breakpoint

-- What it takes to write a table by push. What some rows take beside or instead of it, by what they do, says
-- `right_needed`.
ALTER TABLE replicated_tables ADD COLUMN "right" text;
--> statement-breakpoint
UPDATE replicated_tables t SET "right" = r."right"
FROM (VALUES
  ('clinic.manage', '{clinics,clinic_locations,rooms,visit_types,specialties,doctors}'::text[]),
  ('schedule.plan', '{schedule_templates,schedule_exceptions}'),
  -- They follow from the two before; every desk makes the same ones.
  ('desk', '{doctor_time_slots}'),
  ('schedule.write', '{appointments,appointment_series,waiting_list_entries}'),
  ('patients.write', '{patients,patient_consents}'),
  ('patients.merge', '{patient_merges}'),
  ('payments.write', '{payments,cash_ups}'),
  ('prescriptions.write', '{prescriptions}'),
  ('messages.write', '{messages,attachments}'),
  ('messages.read', '{message_receipts}'),
  ('calls.write', '{recalls,call_attempts,cases,scheduled_discharge_calls}'),
  ('account', '{staff_keys,user_sessions}')
) AS r ("right", names) WHERE t.name = ANY (r.names);
--> statement-breakpoint
ALTER TABLE replicated_tables ADD CONSTRAINT replicated_tables_right CHECK (NOT pushable OR "right" IS NOT NULL);
--> statement-breakpoint

-- Whether nobody of the clinic can administer it yet: then whoever is at one of its desks may do everything.
CREATE FUNCTION clinic_is_open(clinic uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM users u JOIN staff_keys k ON k.clinic_id = u.clinic_id AND k.id = u.id
    WHERE u.clinic_id = clinic AND u.role = 'admin' AND u.deleted_at IS NULL AND k.sealed <> '')
$$;
--> statement-breakpoint

-- The rows of a change. Of a signed one they come as the text that was signed; text that is no JSON stays text and is
-- refused with the change.
CREATE FUNCTION change_rows(change jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT change ? 'proof' THEN RETURN change->'rows'; END IF;
  RETURN (change->>'rows_text')::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
  RETURN change->'rows_text';
END $$;
--> statement-breakpoint
-- What the author of a change signs; replica/signed.ts has the same.
CREATE FUNCTION change_message(change jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_to_string(ARRAY['change', change->>'change_id', change->>'kind', change->>'actor', change->>'at',
    change->>'session', encode(sha256(convert_to(change->>'rows_text', 'UTF8')), 'hex')], E'\n', '')
$$;
--> statement-breakpoint
-- Whether somebody signed a text: by a key of theirs that had not ended when it was done. What was done before a key ended
-- may come late, but not for ever: when it was done is what the desk says.
CREATE FUNCTION is_signed_by(clinic uuid, author uuid, message text, proof text, done timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM signing_keys k WHERE k.clinic_id = clinic AND k.user_id = author
    AND (k.ended_at IS NULL OR (done < k.ended_at AND clock_timestamp() < k.ended_at + interval '30 days'))
    AND encode(hmac(convert_to(message, 'UTF8'), k.key, 'sha256'), 'hex') = proof)
$$;
--> statement-breakpoint
-- Whether somebody was signed in by a session when something was done. A session that central does not have yet begins
-- with the change that is signed in it.
CREATE FUNCTION was_signed_in(clinic uuid, author uuid, session uuid, done timestamptz, rows jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended timestamptz;
BEGIN
  SELECT s.ended_at INTO ended FROM user_sessions s
    WHERE s.clinic_id = clinic AND s.id = session AND s.user_id = author;
  IF FOUND THEN RETURN ended IS NULL OR done <= ended; END IF;
  RETURN rows @> jsonb_build_array(jsonb_build_object('table', 'user_sessions', 'id', session));
END $$;
--> statement-breakpoint
-- What is wrong with who a change says did it: its `proof`, the `session`, or, unsigned, the `actor`, who can then be
-- nobody but a desk of the clinic. Null where nothing is.
CREATE FUNCTION check_claim(desk desks, open boolean, change jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  author uuid := (change->>'actor')::uuid;
  done timestamptz := (change->>'at')::timestamptz;
BEGIN
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
-- What whoever did a change may do: all of it (null) in an open clinic, else by the role that they have now, or had to the
-- end of their account; and unsigned what a desk does by itself.
CREATE FUNCTION rights_of_author(desk desks, open boolean, change jsonb) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN NOT open THEN coalesce(array_agg(r."right"), '{}') END
  FROM role_rights r
  WHERE NOT open AND r.role = CASE WHEN change ? 'proof' THEN (
      SELECT u.role FROM users u WHERE u.clinic_id = desk.clinic_id AND u.id = (change->>'actor')::uuid
        AND (u.deleted_at IS NULL OR (change->>'at')::timestamptz < u.deleted_at)) ELSE 'desk' END
$$;
--> statement-breakpoint

-- An approved overbook stands outside the guards: approving one takes the right, and so does moving one to where somebody
-- stands. Holding a time is the desk's doing, and so is a patient's arrival at the kiosk.
CREATE FUNCTION right_for_appointment(clinic uuid, now_row jsonb, wanted jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN wanted->>'overbook_reason' IS DISTINCT FROM now_row->>'overbook_reason'
      AND wanted->>'overbook_reason' IS NOT NULL THEN 'schedule.overbook'
    WHEN wanted->>'overbook_reason' IS NOT NULL
      AND (wanted->'slot_id', wanted->'doctor_id', wanted->'room_id', wanted->'scheduled_at', wanted->'ends_at')
        IS DISTINCT FROM
          (now_row->'slot_id', now_row->'doctor_id', now_row->'room_id', now_row->'scheduled_at', now_row->'ends_at')
      AND appointment_in_the_way(clinic, wanted) IS NOT NULL THEN 'schedule.overbook'
    WHEN wanted->>'patient_id' IS NULL AND coalesce(now_row->>'status', 'held') = 'held'
      AND wanted->>'status' IN ('held', 'cancelled') THEN 'desk'
    WHEN now_row->>'status' = 'scheduled' AND wanted->>'status' = 'arrived'
      AND wanted - '{status,arrived_at,ready_at,in_room_at,completed_at}'::text[]
        = now_row - '{status,arrived_at,ready_at,in_room_at,completed_at}'::text[] THEN 'kiosk'
    ELSE 'schedule.write' END
$$;
--> statement-breakpoint
-- Whether somebody took a payment less than ten minutes ago: so long they may take back what they mistyped.
CREATE FUNCTION took_just_now(clinic uuid, author uuid, payment uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM audit_log l WHERE l.clinic_id = clinic AND l.table_name = 'payments'
    AND l.row_id = payment AND l.before IS NULL AND l.actor = author AND l.session_id IS NOT NULL
    AND l.done_at > done_at() - interval '10 minutes' AND l.done_at <= done_at())
$$;
--> statement-breakpoint
-- The right that a row of a change takes, by what it does and not by what it is called: central's row, if there is one, and
-- the row as it is wanted.
CREATE FUNCTION right_needed(rule replicated_tables, desk desks, author uuid, now_row jsonb, wanted jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN rule.name = 'appointments' THEN right_for_appointment(desk.clinic_id, now_row, wanted)
    WHEN rule.name = 'payments' AND now_row IS NULL AND coalesce(wanted->>'kind', 'payment') <> 'payment'
      AND NOT (wanted->>'kind' = 'void'
        AND took_just_now(desk.clinic_id, author, (wanted->>'refunds_payment_id')::uuid)) THEN 'payments.refund'
    WHEN rule.name = 'patients' AND wanted->>'erased_at' IS DISTINCT FROM now_row->>'erased_at' THEN 'patients.erase'
    WHEN rule.name = 'patients' AND wanted->>'merged_into_id' IS DISTINCT FROM now_row->>'merged_into_id'
      THEN 'patients.merge'
    -- After a restart a desk ends what it had open.
    WHEN rule.name = 'user_sessions' AND now_row->>'desk_id' = desk.id::text THEN 'desk'
    WHEN rule.name = 'user_sessions' AND now_row->>'user_id' IS DISTINCT FROM author::text AND now_row IS NOT NULL
      THEN 'staff.manage'
    ELSE rule."right" END
$$;
--> statement-breakpoint
-- What nobody does for another, in an open clinic neither: begin their session, or write their key. A session is ended once
-- and does not change otherwise.
CREATE FUNCTION is_own(rule replicated_tables, author uuid, now_row jsonb, wanted jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(CASE
    WHEN rule.name = 'staff_keys' THEN now_row->>'id' = author::text
    WHEN rule.name = 'user_sessions' AND now_row IS NULL
      THEN wanted->>'user_id' = author::text AND wanted->>'ended_at' IS NULL
    WHEN rule.name = 'user_sessions' THEN now_row = wanted OR (now_row->>'ended_at' IS NULL
      AND wanted->>'ended_at' IS NOT NULL AND wanted - '{ended_at,ended_by}'::text[] = now_row - '{ended_at,ended_by}'::text[])
    ELSE true END, false)
$$;
--> statement-breakpoint
-- Raises PA006, with the right that is missing as its constraint, where the author may not do that to a row.
CREATE FUNCTION check_right(rule replicated_tables, desk desks, author uuid, rights text[], now_row jsonb, wanted jsonb)
RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE needed text;
BEGIN
  IF NOT is_own(rule, author, now_row, wanted) THEN
    needed := 'account';
  ELSIF rights IS NOT NULL THEN
    needed := right_needed(rule, desk, author, now_row, wanted);
    IF needed = ANY (rights) THEN RETURN; END IF;
  ELSE
    RETURN;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA006', CONSTRAINT = needed, MESSAGE = format('this takes the right %s', needed);
END $$;
--> statement-breakpoint

DROP FUNCTION apply_change_row(uuid, jsonb);
--> statement-breakpoint
-- Raises PA005 where a row of a change names what desks may not write. Names are checked against the catalogue before they
-- are used.
CREATE FUNCTION check_change_row(rule replicated_tables, item jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  sets jsonb := coalesce(item->'insert', item->'set');
  unknown text;
BEGIN
  IF rule.name IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'desks do not write this table';
  END IF;
  IF sets IS NULL OR sets = '{}' OR (item ? 'insert' AND sets - 'id' = '{}') THEN
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
  -- Without it, a clash could not be told from an untouched column.
  IF item ? 'set' AND EXISTS (SELECT FROM jsonb_object_keys(sets) k WHERE NOT coalesce(item->'was', '{}') ? k) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'each column that is set has its before-image';
  END IF;
END $$;
--> statement-breakpoint
-- Sets the columns of a row: those that still are as they were. Raises PA002 where another desk set one.
CREATE FUNCTION set_change_row(of_table text, now_row jsonb, wanted jsonb, had jsonb, sets jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  names text;
  clashes jsonb;
BEGIN
  SELECT string_agg(quote_ident(k), ', ') FILTER (WHERE now_row->k = had->k),
         jsonb_agg(jsonb_build_object('column', k, 'mine', wanted->k, 'theirs', now_row->k, 'was', had->k))
           FILTER (WHERE now_row->k <> had->k)
    INTO names, clashes
    FROM jsonb_object_keys(sets) k WHERE now_row->k <> wanted->k;
  IF clashes IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA002', MESSAGE = 'another desk set the same column',
      DETAIL = jsonb_build_object('columns', clashes)::text;
  END IF;
  IF names IS NOT NULL THEN
    EXECUTE format('UPDATE %1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, $3))
                    WHERE clinic_id = $1 AND id = $2', of_table, names)
      USING (now_row->>'clinic_id')::uuid, (now_row->>'id')::uuid, wanted;
  END IF;
END $$;
--> statement-breakpoint
-- Applies one row of a change, for an author (null where nobody signed it) with these rights (null: all). Raises PA002
-- (clash), PA003 (row gone), PA005 (not a row that desks may write), PA006 (not allowed) or what a constraint raises.
CREATE FUNCTION apply_change_row(desk desks, author uuid, rights text[], item jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rule replicated_tables;
  row_id uuid := (item->>'id')::uuid;
  sets jsonb := coalesce(item->'insert', item->'set');
  names text;
  now_row jsonb;
  wanted jsonb;
  had jsonb;
BEGIN
  SELECT * INTO rule FROM replicated_tables WHERE name = item->>'table' AND pushable;
  PERFORM check_change_row(rule, item);
  IF item ? 'insert' THEN
    PERFORM check_right(rule, desk, author, rights, NULL, sets);
    SELECT string_agg(quote_ident(k), ', ') INTO names FROM jsonb_object_keys(sets - 'id') k;
    EXECUTE format('INSERT INTO %1$I (clinic_id, id, %2$s)
                    SELECT $1, $2, %2$s FROM jsonb_populate_record(NULL::%1$I, $3)%3$s', rule.name, names,
        CASE WHEN rule.made_alike THEN ' ON CONFLICT DO NOTHING' ELSE '' END)
      USING desk.clinic_id, row_id, sets;
    RETURN;
  END IF;
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE clinic_id = $1 AND id = $2 FOR UPDATE', rule.name)
    INTO now_row USING desk.clinic_id, row_id;
  IF now_row IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA003', MESSAGE = 'the row is gone';
  END IF;
  -- Through the row type, so that values compare as the column sees them and not as they were written.
  EXECUTE format('SELECT to_jsonb(jsonb_populate_record(NULL::%1$I, $1)),
                         to_jsonb(jsonb_populate_record(NULL::%1$I, $2))', rule.name)
    INTO wanted, had USING now_row || sets, now_row || (item->'was');
  -- Of two desks that stamped the same, the first stamp stands, and this one does nothing.
  wanted := wanted || coalesce((SELECT jsonb_object_agg(k, now_row->k) FROM unnest(rule.first_wins) k
    WHERE sets ? k AND now_row->k <> had->k), '{}');
  PERFORM check_right(rule, desk, author, rights, now_row, wanted);
  PERFORM set_change_row(rule.name, now_row, wanted, had, sets);
END $$;
--> statement-breakpoint
-- As before, and what was not allowed, which has nobody else's row to show.
CREATE OR REPLACE FUNCTION describe_refusal(clinic uuid, item jsonb, state text, constr text, message text, detail text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  now_row jsonb;
  theirs jsonb;
  code text := CASE state WHEN 'PA001' THEN 'move_not_allowed' WHEN 'PA002' THEN 'clash'
    WHEN 'PA003' THEN 'row_gone' WHEN 'PA006' THEN 'not_allowed' ELSE 'invalid' END;
BEGIN
  IF code <> 'not_allowed' AND EXISTS (SELECT FROM replicated_tables WHERE name = item->>'table' AND pushable)
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
DROP FUNCTION apply_change(desks, jsonb);
--> statement-breakpoint
-- Applies one change whole, or answers why not. Only data errors are refusals (SQLSTATE 22, 23, ours, and 54, such as a
-- text too long for an index); every other error leaves by the top and rolls the whole push back, to be tried again.
CREATE FUNCTION apply_change(desk desks, open boolean, change jsonb) RETURNS jsonb
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
  FOR item IN SELECT value FROM jsonb_array_elements(change->'rows') LOOP
    PERFORM apply_change_row(desk, author, rights, item);
    INSERT INTO audit_log (clinic_id, change_id, desk_id, actor, session_id, action, table_name, row_id, before, after,
      done_at)
    VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, (change->>'actor')::uuid,
      CASE WHEN author IS NOT NULL THEN (change->>'session')::uuid END, change->>'kind', item->>'table',
      (item->>'id')::uuid, item->'was', coalesce(item->'insert', item->'set'), (change->>'at')::timestamptz);
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  IF SQLSTATE !~ '^(22|23|54|PA)' THEN RAISE; END IF;
  GET STACKED DIAGNOSTICS constr = CONSTRAINT_NAME, msg = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
  RETURN describe_refusal(desk.clinic_id, item, SQLSTATE, constr, msg, detail);
END $$;
--> statement-breakpoint
-- Takes a change that central does not know yet: looks at who did it, applies or refuses it, and keeps the outcome.
CREATE FUNCTION take_change(desk desks, open boolean, incarnation uuid, sent jsonb) RETURNS changes
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change jsonb := sent || jsonb_build_object('rows', change_rows(sent));
  this_rev bigint := take_rev(desk.clinic_id);
  verdict text := 'void';
  wrong text;
  refusal jsonb;
  taken changes;
BEGIN
  IF NOT coalesce((change->>'void')::boolean, false) THEN
    wrong := check_claim(desk, open, change);
    refusal := CASE WHEN wrong IS NULL THEN apply_change(desk, open, change)
      ELSE describe_refusal(desk.clinic_id, NULL, 'PA006', wrong, 'it is not certain who did this', NULL) END;
    verdict := CASE WHEN refusal IS NULL THEN 'applied' ELSE 'refused' END;
  END IF;
  INSERT INTO changes (clinic_id, change_id, desk_id, incarnation, desk_seq, kind, actor, session_id, done_at, outcome,
      rev, rows, refusal)
    VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, take_change.incarnation,
      (change->>'desk_seq')::bigint, change->>'kind', (change->>'actor')::uuid,
      CASE WHEN change ? 'proof' AND verdict <> 'void' AND wrong IS NULL THEN (change->>'session')::uuid END,
      (change->>'at')::timestamptz, verdict, this_rev, change->'rows', refusal)
    RETURNING * INTO taken;
  RETURN taken;
END $$;
--> statement-breakpoint
-- Takes a desk's changes in order, exactly once: see PushReply in contract/change.ts.
CREATE OR REPLACE FUNCTION push(epoch text, incarnation uuid, version integer, pushed jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
  desk desks;
  open boolean;
  expected bigint;
  status text := 'ok';
  change jsonb;
  known changes;
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
  -- Neither accounts nor the first keys come by push, so it is the same for all of it.
  open := clinic_is_open(desk.clinic_id);

  IF status = 'ok' THEN
    FOR change IN SELECT value FROM jsonb_array_elements(pushed) LOOP
      SELECT * INTO known FROM changes c
        WHERE c.clinic_id = desk.clinic_id AND c.change_id = (change->>'change_id')::uuid;
      IF NOT FOUND THEN
        known := take_change(desk, open, push.incarnation, change);
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

-- Since when this backend runs. With its number it names a connection that is never there again.
CREATE FUNCTION this_backend_start() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT a.backend_start::timestamptz(3) FROM pg_stat_get_activity(pg_backend_pid()) a
$$;
--> statement-breakpoint
-- What is signed to sign in on this connection: signed for one, it is of no use on any other.
CREATE FUNCTION sign_in_challenge() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_backend_pid() || '/' || (extract(epoch FROM this_backend_start()) * 1000)::bigint || '/' || central_epoch()
$$;
--> statement-breakpoint
-- Signs somebody in on this connection, in a session of theirs at this desk that has not ended. Raises PA006 where the
-- proof is not theirs.
CREATE FUNCTION sign_in(account uuid, session uuid, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  clinic uuid := desk_clinic();
  message text := array_to_string(ARRAY['sign_in', sign_in_challenge(), account::text, session::text], E'\n');
  found_role text;
BEGIN
  SELECT u.role INTO found_role FROM users u
    JOIN user_sessions s ON s.clinic_id = u.clinic_id AND s.user_id = u.id AND s.id = session AND s.ended_at IS NULL
    JOIN desks d ON d.clinic_id = s.clinic_id AND d.id = s.desk_id AND d.role = session_user
    WHERE u.clinic_id = clinic AND u.id = account AND u.deleted_at IS NULL;
  IF found_role IS NULL OR NOT is_signed_by(clinic, account, message, proof, 'infinity') THEN
    RAISE EXCEPTION USING ERRCODE = 'PA006', CONSTRAINT = 'sign_in', MESSAGE = 'this is no proof of a session here';
  END IF;
  PERFORM sign_out();
  INSERT INTO backend_sessions (pid, backend_start, clinic_id, user_id, role, session_id)
    VALUES (pg_backend_pid(), this_backend_start(), clinic, account, found_role, session);
END $$;
--> statement-breakpoint
-- Forgets whoever was signed in on this connection, and on those before it that had its number.
CREATE FUNCTION sign_out() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM backend_sessions b WHERE b.pid = pg_backend_pid()
$$;
--> statement-breakpoint
-- Nobody, once the session has ended or the account is deleted, whatever this connection signed in before.
CREATE OR REPLACE FUNCTION signed_in_user() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT b.user_id FROM backend_sessions b
    JOIN user_sessions s ON s.clinic_id = b.clinic_id AND s.id = b.session_id AND s.user_id = b.user_id
      AND s.ended_at IS NULL
    JOIN users u ON u.clinic_id = b.clinic_id AND u.id = b.user_id AND u.deleted_at IS NULL
  WHERE b.pid = pg_backend_pid() AND b.clinic_id = desk_clinic() AND b.backend_start = this_backend_start()
$$;
--> statement-breakpoint
-- The role that whoever is signed in has now, not the one that they had then.
CREATE OR REPLACE FUNCTION signed_in_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.role FROM users u WHERE u.clinic_id = desk_clinic() AND u.id = signed_in_user()
$$;
--> statement-breakpoint
-- Whether whoever asks has a right: everybody at a desk of an open clinic, else who is signed in, by their role.
CREATE FUNCTION signed_in_right(wanted text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT desk_clinic() IS NOT NULL AND (clinic_is_open(desk_clinic())
    OR EXISTS (SELECT FROM role_rights r WHERE r.role = signed_in_role() AND r."right" = wanted))
$$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('clinic_is_open', 'change_rows', 'change_message', 'is_signed_by', 'was_signed_in', 'check_claim',
        'rights_of_author', 'right_for_appointment', 'took_just_now', 'right_needed', 'is_own', 'check_right',
        'check_change_row', 'set_change_row', 'apply_change_row', 'apply_change', 'take_change', 'this_backend_start',
        'sign_in_challenge', 'sign_in', 'sign_out', 'signed_in_right') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sign_in_challenge(), sign_in(uuid, uuid, text), sign_out() TO anteroom_desk;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 3 $$;
--> statement-breakpoint
COMMENT ON TABLE role_rights IS 'What each role may do; checked of every signed change.';
--> statement-breakpoint
COMMENT ON TABLE staff_keys IS 'What members of the staff prove at a desk, offline too, who they are with.';
--> statement-breakpoint
COMMENT ON TABLE signing_keys IS 'What central checks the signatures of changes with; desks cannot read it.';
--> statement-breakpoint
COMMENT ON TABLE user_sessions IS 'Who was signed in at which desk, from when until when.';
--> statement-breakpoint
COMMENT ON TABLE backups IS 'Backups of this database, and when one was last restored to check it.';
