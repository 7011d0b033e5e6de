-- How soon a desk sees what another one did depends most on the push that brings it. This makes pushes quicker, alone and
-- many at once; what they take and what they refuse is as before.

-- As in 0025, with fewer statements: of the rows that a commit stamps, only the first of a table writes to the head.
CREATE OR REPLACE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE noted bigint;
BEGIN
  NEW.updated_at := clock_timestamp();
  SELECT h.seq, (h.tables->>TG_TABLE_NAME)::bigint INTO NEW.rev, noted FROM heads h
    WHERE h.clinic_id = NEW.clinic_id AND h.tx = pg_current_xact_id();
  IF NOT FOUND THEN NEW.rev := take_rev(NEW.clinic_id); END IF;
  IF noted IS DISTINCT FROM NEW.rev THEN
    UPDATE heads SET tables = tables || jsonb_build_object(TG_TABLE_NAME, NEW.rev) WHERE clinic_id = NEW.clinic_id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- As in 0014, and of text only: with a number in it Postgres did not take the body, but called it for each part.
CREATE OR REPLACE FUNCTION audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(octet_length(value)::text || ':' || value || ',', '-')
$$;
--> statement-breakpoint
-- As in 0025; the first entry of a transaction knows no place, and looks for none.
CREATE OR REPLACE FUNCTION take_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  hint text := current_setting('anteroom.audit_head', true);
  place tid := CASE WHEN hint ~ '^\(\d{1,9},\d{1,4}\)$' THEN hint END;
BEGIN
  NEW.erased_at := NULL;
  NEW.salt := uuid_send(gen_random_uuid());
  NEW.content_hash := audit_content_hash(NEW.salt, NEW.before, NEW.after);
  LOOP
    IF place IS NOT NULL THEN
      UPDATE audit_heads h SET seq = h.seq + 1, hash = sha256(h.hash || convert_to(audit_entry_text(h.seq + 1, NEW.id,
          NEW.change_id, NEW.desk_id, NEW.actor, NEW.session_id, NEW.action, NEW.table_name, NEW.row_id, NEW.done_at,
          NEW.arrived_at, NEW.content_hash), 'UTF8'))
        WHERE h.ctid = place AND h.clinic_id = NEW.clinic_id RETURNING h.seq, h.hash, h.ctid INTO NEW.seq, NEW.hash, place;
      EXIT WHEN FOUND;
    END IF;
    SELECT h.ctid INTO place FROM audit_heads h WHERE h.clinic_id = NEW.clinic_id FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO audit_heads (clinic_id, seq, hash) VALUES (NEW.clinic_id, 0, audit_beginning(NEW.clinic_id))
        ON CONFLICT DO NOTHING;
    END IF;
  END LOOP;
  PERFORM set_config('anteroom.audit_head', place::text, true);
  RETURN NEW;
END $$;
--> statement-breakpoint
-- As in 0021; who calls it tells the triggers what they are to know of the change.
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
-- As in 0024; triggers are told of the change in one statement, and so made to forget it.
CREATE OR REPLACE FUNCTION take_change(desk desks, open boolean, incarnation uuid, patient boolean, sent jsonb,
  OUT taken changes, OUT waits text)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change jsonb := sent || jsonb_build_object('rows', change_rows(sent));
  this_rev bigint := take_rev(desk.clinic_id);
  verdict text := 'void';
  wrong text;
  refusal jsonb;
BEGIN
  IF NOT coalesce((change->>'void')::boolean, false) THEN
    wrong := check_claim(desk, open, change);
    PERFORM set_config('anteroom.maker',
        desk.id || '/' || coalesce(change->>'made_by', take_change.incarnation::text), true),
      set_config('anteroom.done_at', change->>'at', true),
      set_config('anteroom.fence', coalesce(change->>'fence', ''), true);
    refusal := CASE WHEN wrong IS NULL THEN apply_change(desk, open, change)
      ELSE describe_refusal(desk.clinic_id, NULL, 'PA006', wrong, 'it is not certain who did this', NULL) END;
    PERFORM set_config('anteroom.maker', '', true), set_config('anteroom.fence', '', true);
    IF refusal ? 'leases' THEN
      waits := recall_leases(desk.clinic_id, ARRAY(SELECT jsonb_array_elements_text(refusal->'leases')::uuid));
      IF NOT patient THEN waits := NULL; END IF;
      IF waits IS NOT NULL THEN RETURN; END IF;
      refusal := refusal - 'leases';
    END IF;
    verdict := CASE WHEN refusal IS NULL THEN 'applied' ELSE 'refused' END;
  END IF;
  INSERT INTO changes (clinic_id, change_id, desk_id, incarnation, desk_seq, kind, actor, session_id, done_at, outcome,
      rev, rows, refusal)
    VALUES (desk.clinic_id, (change->>'change_id')::uuid, desk.id, take_change.incarnation,
      (change->>'desk_seq')::bigint, change->>'kind', (change->>'actor')::uuid,
      CASE WHEN change ? 'proof' AND verdict <> 'void' AND wrong IS NULL THEN (change->>'session')::uuid END,
      (change->>'at')::timestamptz, verdict, this_rev, change->'rows', refusal)
    RETURNING * INTO taken;
END $$;
--> statement-breakpoint
-- As in 0024. Plans are made at a session's first push and kept: where a table was small then, it would be read whole
-- at every push until its statistics are taken anew. So all of them go by an index.
CREATE OR REPLACE FUNCTION push(epoch text, incarnation uuid, version integer, pushed jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  desk desks;
  open boolean;
  expected bigint;
  status text := 'ok';
  change jsonb;
  known changes;
  attempt record;
  waits text;
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

  -- Before anything is locked that others wait for.
  PERFORM make_audit_months();
  -- Waits here for a predecessor of this desk whose connection is half open.
  SELECT s.next_seq INTO expected FROM streams s
    WHERE s.clinic_id = desk.clinic_id AND s.desk_id = desk.id AND s.incarnation = push.incarnation FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO streams AS s (clinic_id, desk_id, incarnation) VALUES (desk.clinic_id, desk.id, push.incarnation)
      ON CONFLICT (clinic_id, desk_id, incarnation) DO UPDATE SET last_contact_at = clock_timestamp()
      RETURNING s.next_seq INTO expected;
  END IF;
  -- Here, in the order of their coming, for other pushes in this clinic, a copy of this desk among them: on a row that
  -- hardly ever changes. Those who wait for the head itself are all woken by each commit, and only one of them goes on.
  PERFORM FROM clinics c WHERE c.clinic_id = desk.clinic_id FOR NO KEY UPDATE;
  -- And here for whoever else writes in it.
  PERFORM FROM heads h WHERE h.clinic_id = desk.clinic_id FOR UPDATE;
  status := check_sequence(desk, expected, pushed);
  -- Neither accounts nor the first keys come by push, so it is the same for all of it.
  open := clinic_is_open(desk.clinic_id);

  IF status = 'ok' THEN
    FOR change IN SELECT value FROM jsonb_array_elements(pushed) LOOP
      SELECT * INTO known FROM changes c
        WHERE c.clinic_id = desk.clinic_id AND c.change_id = (change->>'change_id')::uuid;
      IF NOT FOUND THEN
        attempt := take_change(desk, open, push.incarnation, version >= 5, change);
        waits := attempt.waits;
        EXIT WHEN waits IS NOT NULL;
        known := attempt.taken;
      END IF;
      expected := greatest(expected, (change->>'desk_seq')::bigint + 1);
      outcomes := outcomes || jsonb_build_object('change_id', known.change_id, 'outcome', known.outcome,
        'rev', known.rev, 'refusal', known.refusal);
    END LOOP;
  END IF;
  UPDATE streams s SET next_seq = expected, last_contact_at = clock_timestamp()
    WHERE s.clinic_id = desk.clinic_id AND s.desk_id = desk.id AND s.incarnation = push.incarnation;
  RETURN jsonb_build_object('status', status, 'epoch', epoch, 'next_seq', expected,
      'rev', (SELECT seq FROM heads WHERE clinic_id = desk.clinic_id), 'outcomes', outcomes)
    || CASE WHEN waits IS NULL THEN '{}' ELSE jsonb_build_object('waits', waits) END;
END $$;
--> statement-breakpoint
DROP TRIGGER before_push ON streams;
--> statement-breakpoint
DROP FUNCTION before_push();
