-- Slots that a desk keeps, so that what it books there without a network is certain. No clock ends a lease: its holder
-- gives it back, an administrator frees it, or its desk is disabled. While it stands nobody else's live appointment or hold
-- takes the doctor's time, the slot, or the room that is kept along.

INSERT INTO replicated_tables (name, pushable, withheld, first_wins, "right", belongs_by, erased, made_alike) VALUES
  ('slot_leases', false, '{}', '{}', NULL, '{}', '{}', false);
--> statement-breakpoint
CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON slot_leases FOR EACH ROW EXECUTE FUNCTION stamp_row();
--> statement-breakpoint
ALTER TABLE slot_leases ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE ALL ON slot_leases FROM PUBLIC;
--> statement-breakpoint
CREATE POLICY desk_reads_its_clinic ON slot_leases FOR SELECT TO anteroom_desk
  USING (clinic_id = (SELECT desk_clinic()));
--> statement-breakpoint
GRANT SELECT ON slot_leases TO anteroom_desk;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 5 $$;
--> statement-breakpoint
COMMENT ON TABLE slot_leases IS 'Which desk a slot is kept for while it may be without a network.';
--> statement-breakpoint

-- How much each desk booked lately, counted anew once an hour; no desk reads it.
CREATE TABLE desk_bookings (
  clinic_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  bookings integer NOT NULL,
  counted_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (clinic_id, desk_id),
  FOREIGN KEY (clinic_id, desk_id) REFERENCES desks (clinic_id, id) ON DELETE RESTRICT
);
--> statement-breakpoint
ALTER TABLE desk_bookings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
REVOKE ALL ON desk_bookings FROM PUBLIC;
--> statement-breakpoint
COMMENT ON TABLE desk_bookings IS 'How many bookings each desk made in the last 14 days: what slots are kept by.';
--> statement-breakpoint

-- The guard.

-- Who made the change that is being applied, as `desk/incarnation`: where a lease is its own, it takes the time. Null by the
-- owner's hand, which has no lease. The desk is the one that sends it; only which of its incarnations is its word.
CREATE FUNCTION applied_maker() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT nullif(current_setting('anteroom.maker', true), '')
$$;
--> statement-breakpoint
-- Raises PA008 where an appointment comes into time that is kept for another desk, with the leases as its detail.
CREATE FUNCTION check_slot_lease() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  maker text := current_setting('anteroom.maker', true);
  kept uuid[];
BEGIN
  -- A branch for each index.
  SELECT array_agg(DISTINCT k.id) INTO kept FROM (
    SELECT l.id, l.desk_id || '/' || l.incarnation AS keeper FROM slot_leases l
      WHERE l.clinic_id = NEW.clinic_id AND l.id = NEW.slot_id AND l.desk_id IS NOT NULL
    UNION ALL SELECT l.id, l.desk_id || '/' || l.incarnation FROM slot_leases l
      WHERE l.clinic_id = NEW.clinic_id AND l.doctor_id = NEW.doctor_id AND l.desk_id IS NOT NULL
        AND l.starts_at > NEW.scheduled_at - interval '12 hours' AND l.starts_at < NEW.ends_at AND l.ends_at > NEW.scheduled_at
    UNION ALL SELECT l.id, l.desk_id || '/' || l.incarnation FROM slot_leases l
      WHERE l.clinic_id = NEW.clinic_id AND l.room_id = NEW.room_id AND l.desk_id IS NOT NULL
        AND l.starts_at > NEW.scheduled_at - interval '12 hours' AND l.starts_at < NEW.ends_at AND l.ends_at > NEW.scheduled_at
    ) k WHERE k.keeper IS DISTINCT FROM maker;
  IF kept IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA008', CONSTRAINT = 'slot_leases', DETAIL = to_jsonb(kept)::text,
      MESSAGE = 'the time is kept for another desk';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_slot_lease_insert BEFORE INSERT ON appointments FOR EACH ROW
  WHEN (NEW.status NOT IN ('cancelled', 'no_show', 'left') AND NEW.overbook_reason IS NULL)
  EXECUTE FUNCTION check_slot_lease();
--> statement-breakpoint
-- A step that leaves time, doctor and room as they are comes into nobody's way.
CREATE TRIGGER check_slot_lease_update BEFORE UPDATE ON appointments FOR EACH ROW
  WHEN (NEW.status NOT IN ('cancelled', 'no_show', 'left') AND NEW.overbook_reason IS NULL
    AND (OLD.status IN ('cancelled', 'no_show', 'left') OR OLD.overbook_reason IS NOT NULL
      OR (NEW.slot_id, NEW.doctor_id, NEW.room_id, NEW.scheduled_at, NEW.ends_at)
        IS DISTINCT FROM (OLD.slot_id, OLD.doctor_id, OLD.room_id, OLD.scheduled_at, OLD.ends_at)))
  EXECUTE FUNCTION check_slot_lease();
--> statement-breakpoint
-- As before; and who keeps a slot may book it though it was blocked or closed meanwhile: the patient was promised the time.
CREATE OR REPLACE FUNCTION check_slot() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  slot doctor_time_slots;
  renamed boolean := TG_OP = 'INSERT' OR (NEW.slot_id, NEW.doctor_id) IS DISTINCT FROM (OLD.slot_id, OLD.doctor_id);
  revived boolean := TG_OP = 'UPDATE' AND OLD.status IN ('cancelled', 'no_show', 'left');
BEGIN
  -- A step that leaves slot and doctor as they are must stay possible whatever became of the slot since.
  IF NEW.slot_id IS NULL OR NOT (renamed OR revived) OR NEW.status IN ('cancelled', 'no_show', 'left') THEN
    RETURN NEW;
  END IF;
  SELECT * INTO slot FROM doctor_time_slots s WHERE s.clinic_id = NEW.clinic_id AND s.id = NEW.slot_id;
  IF slot.doctor_id <> NEW.doctor_id THEN
    RAISE EXCEPTION USING ERRCODE = 'PA006', CONSTRAINT = 'appointments_slot_of_doctor',
      MESSAGE = 'the slot is another doctor''s';
  END IF;
  -- What was booked elsewhere is taken as it is: the doctor has to see that patient, blocked time or not.
  IF NEW.origin = 'desk' AND NEW.overbook_reason IS NULL
     AND (NOT slot.is_available OR slot.deleted_at IS NOT NULL)
     AND NOT EXISTS (SELECT FROM slot_leases l WHERE l.clinic_id = NEW.clinic_id AND l.id = NEW.slot_id
       AND l.desk_id || '/' || l.incarnation = applied_maker()) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'appointments_slot_open',
      MESSAGE = 'the slot is blocked or closed';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- The recall.

-- Whether a desk has a connection now.
CREATE FUNCTION is_desk_there(desk desks) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM pg_stat_activity a WHERE a.usename = desk.role AND a.datname = current_database())
$$;
--> statement-breakpoint
-- Asks for leases back that somebody else's change runs into, and answers whether it may wait for that: while every holder
-- is there, and for five seconds. `asked` where the holders are to be told now, `waits` where they were; null where the
-- change is refused. A holder who is not there finds out when it comes back, and nobody waits for it again.
CREATE FUNCTION recall_leases(clinic uuid, ids uuid[]) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  patience interval := interval '5 seconds';
  all_there boolean := NOT EXISTS (
    SELECT FROM slot_leases l JOIN desks d ON d.clinic_id = l.clinic_id AND d.id = l.desk_id
    WHERE l.clinic_id = clinic AND l.id = ANY (ids) AND NOT is_desk_there(d));
  in_time boolean := NOT EXISTS (SELECT FROM slot_leases l
    WHERE l.clinic_id = clinic AND l.id = ANY (ids) AND l.wanted_at <= clock_timestamp() - patience);
BEGIN
  UPDATE slot_leases l
    SET wanted_at = CASE WHEN all_there THEN clock_timestamp() ELSE clock_timestamp() - patience END
    WHERE l.clinic_id = clinic AND l.id = ANY (ids) AND l.desk_id IS NOT NULL AND l.wanted_at IS NULL;
  RETURN CASE WHEN NOT (all_there AND in_time) THEN NULL WHEN FOUND THEN 'asked' ELSE 'waits' END;
END $$;
--> statement-breakpoint
-- As before; and for time that is kept for another desk, the leases in the way and whose they are, unless an appointment
-- stands there anyway.
CREATE OR REPLACE FUNCTION describe_refusal(clinic uuid, item jsonb, state text, constr text, message text, detail text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  now_row jsonb;
  theirs jsonb;
  code text := CASE state WHEN 'PA001' THEN 'move_not_allowed' WHEN 'PA002' THEN 'clash'
    WHEN 'PA003' THEN 'row_gone' WHEN 'PA006' THEN 'not_allowed' WHEN 'PA008' THEN 'taken' ELSE 'invalid' END;
BEGIN
  IF code <> 'not_allowed' AND EXISTS (SELECT FROM replicated_tables WHERE name = item->>'table' AND pushable)
     AND item->>'id' ~ '^[0-9a-f-]{36}$' THEN
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE clinic_id = $1 AND id = $2', item->>'table')
      INTO now_row USING clinic, (item->>'id')::uuid;
  END IF;
  theirs := now_row;
  IF constr IN ('appointments_one_live_per_slot', 'appointments_doctor_no_overlap', 'appointments_room_no_overlap')
     OR state = 'PA008' THEN
    code := 'taken';
    theirs := appointment_in_the_way(clinic, coalesce(now_row, '{}') || coalesce(item->'insert', item->'set')
      || jsonb_build_object('id', item->>'id'));
  END IF;
  RETURN jsonb_strip_nulls(jsonb_build_object('code', code, 'constraint', nullif(constr, ''),
      'table', item->>'table', 'row_id', item->>'id', 'message', message))
    || CASE WHEN state = 'PA002' THEN detail::jsonb ELSE '{}' END
    || CASE WHEN theirs IS NOT NULL THEN jsonb_build_object('theirs', theirs, 'by', touched_by(clinic, theirs))
            WHEN state = 'PA008' THEN jsonb_build_object('leases', detail::jsonb, 'by', kept_by(clinic, detail::jsonb))
            ELSE '{}' END;
END $$;
--> statement-breakpoint
-- The first desk that leases are kept for, and since when, in the words of a refusal.
CREATE FUNCTION kept_by(clinic uuid, leases jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('desk', d.name, 'actor', NULL, 'at', l.granted_at)
  FROM slot_leases l JOIN desks d ON d.clinic_id = l.clinic_id AND d.id = l.desk_id
  WHERE l.clinic_id = clinic AND leases ? l.id::text
  ORDER BY l.starts_at LIMIT 1
$$;
--> statement-breakpoint
DROP FUNCTION take_change(desks, boolean, uuid, jsonb);
--> statement-breakpoint
-- Takes a change that central does not know yet: looks at who did it, applies or refuses it, and keeps the outcome. Where it
-- runs into time that is kept for a desk which can be asked for it, and `patient` says that it may wait, nothing is kept:
-- `waits` says so (see `recall_leases`), and the change is to be sent again.
CREATE FUNCTION take_change(desk desks, open boolean, incarnation uuid, patient boolean, sent jsonb,
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
    PERFORM set_config('anteroom.maker',
      desk.id || '/' || coalesce(change->>'made_by', take_change.incarnation::text), true);
    wrong := check_claim(desk, open, change);
    refusal := CASE WHEN wrong IS NULL THEN apply_change(desk, open, change)
      ELSE describe_refusal(desk.clinic_id, NULL, 'PA006', wrong, 'it is not certain who did this', NULL) END;
    PERFORM set_config('anteroom.maker', '', true);
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
-- As before; and where a change waits for time that is kept for another desk, what came before it is committed and answered,
-- `waits` says that it and what follows is to be sent again, and the sequence stays before it. Desks of earlier versions
-- have the refusal at once.
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
        attempt := take_change(desk, open, push.incarnation, version >= 5, change);
        waits := attempt.waits;
        EXIT WHEN waits IS NOT NULL;
        known := attempt.taken;
      END IF;
      expected := greatest(expected, (change->>'desk_seq')::bigint + 1);
      outcomes := outcomes || jsonb_build_object('change_id', known.change_id, 'outcome', known.outcome,
        'rev', known.rev, 'refusal', known.refusal);
    END LOOP;
    UPDATE streams s SET next_seq = expected
      WHERE s.clinic_id = desk.clinic_id AND s.desk_id = desk.id AND s.incarnation = push.incarnation;
  END IF;
  RETURN jsonb_build_object('status', status, 'epoch', epoch, 'next_seq', expected,
      'rev', (SELECT seq FROM heads WHERE clinic_id = desk.clinic_id), 'outcomes', outcomes)
    || CASE WHEN waits IS NULL THEN '{}' ELSE jsonb_build_object('waits', waits) END;
END $$;
--> statement-breakpoint

-- The grant.

-- Whether a live appointment or hold takes a slot or a part of its time.
CREATE FUNCTION is_slot_taken(slot doctor_time_slots) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM appointments a
      WHERE a.clinic_id = slot.clinic_id AND a.doctor_id = slot.doctor_id
        AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(slot.start_time_utc, slot.end_time_utc)
        AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL)
    OR EXISTS (SELECT FROM appointments a
      WHERE a.clinic_id = slot.clinic_id AND a.slot_id = slot.id
        AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL)
$$;
--> statement-breakpoint
-- The room in which a doctor's weekly hours put a slot, where nobody is in it then and it is kept for nobody else.
CREATE FUNCTION free_usual_room(slot doctor_time_slots, keeper uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.room_id
  FROM clinic_locations p
    CROSS JOIN LATERAL (SELECT slot.start_time_utc AT TIME ZONE p.timezone AS local) w
    JOIN schedule_templates t ON t.clinic_id = slot.clinic_id AND t.doctor_id = slot.doctor_id
      AND t.location_id = slot.location_id AND t.room_id IS NOT NULL AND t.deleted_at IS NULL
      AND t.weekday = extract(isodow FROM w.local) AND t.valid_from <= w.local::date
      AND (t.valid_until IS NULL OR t.valid_until >= w.local::date)
      AND t.starts_local <= to_char(w.local, 'HH24:MI') AND t.ends_local > to_char(w.local, 'HH24:MI')
  WHERE p.clinic_id = slot.clinic_id AND p.id = slot.location_id
    AND NOT EXISTS (SELECT FROM appointments a WHERE a.clinic_id = slot.clinic_id AND a.room_id = t.room_id
      AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(slot.start_time_utc, slot.end_time_utc)
      AND a.room_id IS NOT NULL AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL)
    AND NOT EXISTS (SELECT FROM slot_leases l WHERE l.clinic_id = slot.clinic_id AND l.room_id = t.room_id
      AND l.desk_id IS NOT NULL AND l.incarnation <> keeper
      AND l.starts_at < slot.end_time_utc AND l.ends_at > slot.start_time_utc)
  LIMIT 1
$$;
--> statement-breakpoint
-- Counts what each desk booked in 14 days, unless that was done within the hour. Ids of changes are UUIDv7, so the key
-- finds the recent ones; a desk's clock that is off moves a few across the edge.
CREATE FUNCTION count_desk_bookings(clinic uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  since bigint := (extract(epoch FROM clock_timestamp() - interval '14 days') * 1000)::bigint;
BEGIN
  IF EXISTS (SELECT FROM desk_bookings b WHERE b.clinic_id = clinic AND b.counted_at > clock_timestamp() - interval '1 hour')
  THEN RETURN; END IF;
  INSERT INTO desk_bookings (clinic_id, desk_id, bookings)
    SELECT clinic, d.id, count(c.change_id)
    FROM desks d LEFT JOIN changes c ON c.clinic_id = clinic AND c.desk_id = d.id AND c.outcome = 'applied'
      AND c.change_id >= (lpad(to_hex(since), 12, '0') || '70008000000000000000')::uuid
      AND c.kind IN ('book', 'bookInSeries', 'bookFromWaitingList', 'reschedule')
    WHERE d.clinic_id = clinic GROUP BY d.id ORDER BY d.id
    ON CONFLICT (clinic_id, desk_id) DO UPDATE SET bookings = excluded.bookings, counted_at = excluded.counted_at;
END $$;
--> statement-breakpoint
-- A desk's share of the clinic's bookings, among the desks that were there in 14 days; a few are added to each, so that a
-- new desk has some too.
CREATE FUNCTION desk_share(desk desks) RETURNS double precision
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((sum(b.bookings) FILTER (WHERE d.id = desk.id) + 3) / (sum(b.bookings) + 3 * count(*))::double precision, 1)
  FROM desks d CROSS JOIN LATERAL (SELECT coalesce((SELECT k.bookings FROM desk_bookings k
      WHERE k.clinic_id = d.clinic_id AND k.desk_id = d.id), 0) AS bookings) b
  WHERE d.clinic_id = desk.clinic_id AND d.disabled_at IS NULL
    AND (d.id = desk.id
      OR EXISTS (SELECT FROM desk_reports r WHERE r.clinic_id = d.clinic_id AND r.desk_id = d.id
        AND r.at > clock_timestamp() - interval '14 days')
      OR EXISTS (SELECT FROM streams s WHERE s.clinic_id = d.clinic_id AND s.desk_id = d.id
        AND s.last_contact_at > clock_timestamp() - interval '14 days'))
$$;
--> statement-breakpoint
-- What a desk gets (`gets`) and what it should give back of the slots of the next 72 hours, in one reading of them. Of each
-- doctor's day half of what is free is kept for nobody, and of the rest each desk has its share: whole pieces of the clock,
-- long enough for a usual visit, since a lone quarter of an hour is of no use; spread over the day. Nothing is kept of a
-- doctor into whose time an outside system books. A desk gives back what is over, closed, booked or wanted, and, the latest
-- first, what is more than its share where too much is kept.
CREATE FUNCTION lease_plan(desk desks, keeper uuid) RETURNS TABLE (id uuid, gets boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH sold AS MATERIALIZED (
    SELECT l.doctor_id FROM integrations i
      JOIN outside_links l ON l.clinic_id = i.clinic_id AND l.source = i.source AND l.kind IN ('event_type', 'provider')
        AND l.deleted_at IS NULL AND l.doctor_id IS NOT NULL
      WHERE i.clinic_id = desk.clinic_id AND i.enabled
    UNION SELECT d.id FROM integrations i
      JOIN doctors d ON d.clinic_id = i.clinic_id AND (d.cal_com_event_type_id IS NOT NULL OR d.cal_com_username IS NOT NULL)
      WHERE i.clinic_id = desk.clinic_id AND i.enabled AND i.source = 'cal_com'),
  usual AS MATERIALIZED (
    SELECT 60 * least(greatest(coalesce(percentile_disc(0.9) WITHIN GROUP (ORDER BY v.duration_minutes), 30), 15), 60) AS seconds
    FROM visit_types v WHERE v.clinic_id = desk.clinic_id AND v.deleted_at IS NULL),
  free AS MATERIALIZED (
    SELECT s.id, s.doctor_id, s.start_time_utc AS starts_at,
      (s.start_time_utc AT TIME ZONE coalesce(p.timezone, 'UTC'))::date AS day,
      floor(extract(epoch FROM s.start_time_utc) / u.seconds)::bigint AS piece,
      l.desk_id IS NOT NULL AS kept, coalesce(l.desk_id = desk.id AND l.incarnation = keeper, false) AS mine
    FROM usual u CROSS JOIN doctors d
      JOIN doctor_time_slots s ON s.clinic_id = d.clinic_id AND s.doctor_id = d.id AND s.is_available
        AND s.deleted_at IS NULL AND s.start_time_utc > now() AND s.start_time_utc < now() + interval '72 hours'
      LEFT JOIN clinic_locations p ON p.clinic_id = s.clinic_id AND p.id = coalesce(s.location_id, d.location_id)
      LEFT JOIN slot_leases l ON l.clinic_id = s.clinic_id AND l.id = s.id
    WHERE d.clinic_id = desk.clinic_id AND d.is_active AND d.deleted_at IS NULL
      AND d.id NOT IN (SELECT o.doctor_id FROM sold o)
      AND NOT EXISTS (SELECT FROM appointments a WHERE a.clinic_id = s.clinic_id AND a.doctor_id = s.doctor_id
        AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(s.start_time_utc, s.end_time_utc)
        AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL)
      AND NOT EXISTS (SELECT FROM appointments a WHERE a.clinic_id = s.clinic_id AND a.slot_id = s.id
        AND a.status NOT IN ('cancelled', 'no_show', 'left') AND a.overbook_reason IS NULL)),
  part AS MATERIALIZED (SELECT desk_share(desk) AS part),
  days AS (
    SELECT f.doctor_id, f.day, (count(*) / 2)::integer AS cap, (count(*) FILTER (WHERE f.kept))::integer AS kept,
      (count(*) FILTER (WHERE f.mine))::integer AS mine
    FROM free f GROUP BY f.doctor_id, f.day),
  balance AS MATERIALIZED (
    SELECT t.doctor_id, t.day, least(t.share - t.mine, t.cap - t.kept) AS more,
      CASE WHEN t.kept > t.cap OR t.mine > 2 * t.share THEN t.mine - t.share ELSE 0 END AS fewer
    FROM (SELECT y.*, ceil(y.cap * r.part)::integer AS share FROM days y CROSS JOIN part r) t),
  pieces AS (
    SELECT f.doctor_id, f.day, f.piece, count(*)::integer AS slots, array_agg(f.id) AS ids
    FROM free f GROUP BY f.doctor_id, f.day, f.piece HAVING NOT bool_or(f.kept)),
  whole AS (
    SELECT q.doctor_id, q.day, q.ids, q.slots, count(*) OVER (PARTITION BY q.doctor_id, q.day) AS pieces,
      row_number() OVER (PARTITION BY q.doctor_id, q.day ORDER BY q.piece) - 1 AS place
    FROM (SELECT p.*, max(p.slots) OVER (PARTITION BY p.doctor_id, p.day) AS longest FROM pieces p) q
    WHERE q.slots = q.longest)
  SELECT unnest(w.ids), true FROM whole w JOIN balance b USING (doctor_id, day)
    WHERE b.more >= w.slots
      AND (w.place + 1) * least(b.more / w.slots, w.pieces) / w.pieces > w.place * least(b.more / w.slots, w.pieces) / w.pieces
  UNION ALL
  SELECT m.id, false
    FROM (SELECT f.id, f.doctor_id, f.day, row_number() OVER (PARTITION BY f.doctor_id, f.day ORDER BY f.starts_at DESC) AS place
      FROM free f WHERE f.mine) m JOIN balance b USING (doctor_id, day)
    WHERE m.place <= b.fewer
  UNION ALL
  SELECT l.id, false FROM slot_leases l
    WHERE l.clinic_id = desk.clinic_id AND l.desk_id = desk.id AND l.incarnation = keeper
      AND (l.wanted_at IS NOT NULL OR NOT EXISTS (SELECT FROM free f WHERE f.id = l.id))
$$;
--> statement-breakpoint
-- Leases the calling desk, in its `incarnation`, the slots that are its share: {incarnation} to {granted, over, desks}: how
-- many came to it, those that it should give back, and the names of the desks that keep any. Nothing is written where
-- nothing is to change.
CREATE FUNCTION keep_leases(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  keeper uuid := (args->>'incarnation')::uuid;
  wanted uuid[];
  over uuid[];
  granted integer := 0;
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  PERFORM count_desk_bookings(desk.clinic_id);
  SELECT coalesce(array_agg(DISTINCT p.id) FILTER (WHERE p.gets), '{}'),
      coalesce(array_agg(DISTINCT p.id) FILTER (WHERE NOT p.gets), '{}')
    INTO wanted, over FROM lease_plan(desk, keeper) p;
  IF wanted <> '{}' THEN
    -- Nobody writes meanwhile; what was free may not be so any more.
    PERFORM FROM heads h WHERE h.clinic_id = desk.clinic_id FOR UPDATE;
    granted := grant_leases(desk, keeper, wanted);
  END IF;
  RETURN jsonb_build_object('ok', jsonb_build_object('granted', granted,
    'over', to_jsonb(over),
    'desks', coalesce((SELECT jsonb_object_agg(d.id, d.name) FROM desks d WHERE d.clinic_id = desk.clinic_id
      AND EXISTS (SELECT FROM slot_leases l WHERE l.clinic_id = d.clinic_id AND l.desk_id = d.id)), '{}')));
END $$;
--> statement-breakpoint
-- Gives a desk those of the slots that are free, and in nobody's lease, also not by another slot of the same time.
CREATE FUNCTION grant_leases(desk desks, keeper uuid, wanted uuid[]) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE granted integer;
BEGIN
  INSERT INTO slot_leases AS l (clinic_id, id, doctor_id, starts_at, ends_at, room_id, desk_id, incarnation, taken, granted_at)
    SELECT s.clinic_id, s.id, s.doctor_id, s.start_time_utc, s.end_time_utc, free_usual_room(s, keeper), desk.id, keeper, 1,
      clock_timestamp()
    FROM doctor_time_slots s
    WHERE s.clinic_id = desk.clinic_id AND s.id = ANY (wanted) AND s.is_available AND s.deleted_at IS NULL
      AND NOT is_slot_taken(s)
      AND NOT EXISTS (SELECT FROM slot_leases k WHERE k.clinic_id = s.clinic_id AND k.doctor_id = s.doctor_id
        AND k.desk_id IS NOT NULL AND k.incarnation <> keeper
        AND k.starts_at < s.end_time_utc AND k.ends_at > s.start_time_utc)
    ON CONFLICT (clinic_id, id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      room_id = excluded.room_id, desk_id = excluded.desk_id, incarnation = excluded.incarnation, taken = l.taken + 1,
      granted_at = excluded.granted_at, wanted_at = NULL
    WHERE l.desk_id IS NULL;
  GET DIAGNOSTICS granted = ROW_COUNT;
  RETURN granted;
END $$;
--> statement-breakpoint
-- Takes leases from whoever has them; each such step has the next number.
CREATE FUNCTION end_leases(clinic uuid, ids uuid[]) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE ended integer;
BEGIN
  UPDATE slot_leases l SET desk_id = NULL, incarnation = NULL, granted_at = NULL, wanted_at = NULL, taken = l.taken + 1
    WHERE l.clinic_id = clinic AND l.id = ANY (ids) AND l.desk_id IS NOT NULL;
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END $$;
--> statement-breakpoint
-- Takes back what the calling desk gives: {incarnation, leases} with the number of each lease by its slot, so that a word that
-- comes late takes back no later lease; or, without `leases`, all that an earlier incarnation of it had. To {returned,
-- wanted}: how many, and whether another desk waits for one of them.
CREATE FUNCTION return_leases(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := calling_desk();
  given uuid[];
  wanted boolean;
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  SELECT coalesce(array_agg(l.id), '{}'), coalesce(bool_or(l.wanted_at IS NOT NULL), false) INTO given, wanted
    FROM slot_leases l
    WHERE l.clinic_id = desk.clinic_id AND l.desk_id = desk.id AND l.incarnation = (args->>'incarnation')::uuid
      AND (NOT args ? 'leases' OR args->'leases'->>l.id::text = l.taken::text);
  RETURN jsonb_build_object('ok', jsonb_build_object(
    'returned', CASE WHEN given = '{}' THEN 0 ELSE end_leases(desk.clinic_id, given) END, 'wanted', wanted));
END $$;
--> statement-breakpoint
-- Hears of leases that central may have lost with its last commits: {leases: [row of slot_leases]} to {}. Of two accounts of
-- one lease the one with the higher number is the newer; slots and desks that central does not have are passed over.
CREATE FUNCTION tell_leases(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks := calling_desk();
BEGIN
  IF desk.id IS NULL THEN RETURN '{"error": "desk_disabled"}'; END IF;
  INSERT INTO slot_leases AS l (clinic_id, id, doctor_id, starts_at, ends_at, room_id, desk_id, incarnation, taken, granted_at)
    SELECT desk.clinic_id, t.id, t.doctor_id, t.starts_at, t.ends_at, t.room_id, t.desk_id, t.incarnation, t.taken, t.granted_at
    FROM jsonb_populate_recordset(NULL::slot_leases, args->'leases') t
      JOIN doctor_time_slots s ON s.clinic_id = desk.clinic_id AND s.id = t.id AND s.doctor_id = t.doctor_id
    WHERE t.desk_id IS NULL OR EXISTS (SELECT FROM desks d
      WHERE d.clinic_id = desk.clinic_id AND d.id = t.desk_id AND d.disabled_at IS NULL)
    ON CONFLICT (clinic_id, id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      room_id = excluded.room_id, desk_id = excluded.desk_id, incarnation = excluded.incarnation, taken = excluded.taken,
      granted_at = excluded.granted_at, wanted_at = NULL
    WHERE l.taken < excluded.taken;
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint

-- An administrator's means.

-- Frees what a desk keeps, for one that is not coming back: {deskId} to {freed}. What it booked there without a network may
-- then be refused when it does.
CREATE FUNCTION free_leases(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks;
  freed integer;
BEGIN
  IF NOT may_manage_desks() THEN
    RETURN '{"error": "not_allowed", "details": {"right": "desks.manage"}}';
  END IF;
  SELECT * INTO desk FROM desks d WHERE d.clinic_id = desk_clinic() AND d.id = (args->>'deskId')::uuid;
  IF NOT FOUND THEN RETURN '{"error": "not_found", "details": {"what": "desk"}}'; END IF;
  freed := end_leases(desk.clinic_id, leases_of(desk));
  INSERT INTO audit_log (clinic_id, desk_id, actor, action, table_name, row_id, after, done_at)
    VALUES (desk.clinic_id, (SELECT d.id FROM desks d WHERE d.role = session_user), signed_in_user(), 'freeKeptSlots', 'desks',
      desk.id, jsonb_build_object('name', desk.name, 'freed', freed), clock_timestamp());
  RETURN jsonb_build_object('ok', jsonb_build_object('freed', freed));
END $$;
--> statement-breakpoint
CREATE FUNCTION leases_of(desk desks) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY(SELECT l.id FROM slot_leases l WHERE l.clinic_id = desk.clinic_id AND l.desk_id = desk.id)
$$;
--> statement-breakpoint
-- A desk that was stopped keeps nothing.
CREATE FUNCTION free_stopped_desk() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM end_leases(NEW.clinic_id, leases_of(NEW));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER free_stopped_desk AFTER UPDATE OF disabled_at ON desks FOR EACH ROW
  WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL) EXECUTE FUNCTION free_stopped_desk();
--> statement-breakpoint
-- As before, with how many slots that are still to come each desk keeps.
CREATE OR REPLACE FUNCTION list_desks(args jsonb) RETURNS jsonb
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
        'wipedAt', d.wiped_at, 'keyChangedAt', d.key_changed_at, 'passwordChangedAt', d.password_changed_at,
        'keptSlots', (SELECT count(*) FROM slot_leases l
          WHERE l.clinic_id = d.clinic_id AND l.desk_id = d.id AND l.ends_at > now()))
      ORDER BY d.name, d.id)
    FROM desks d
    LEFT JOIN desk_reports r ON r.clinic_id = d.clinic_id AND r.desk_id = d.id
    LEFT JOIN users u ON u.clinic_id = d.clinic_id AND u.id = d.disabled_by
    WHERE d.clinic_id = desk_clinic()), '[]'));
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('applied_maker', 'check_slot_lease', 'is_desk_there', 'recall_leases', 'kept_by', 'take_change',
        'is_slot_taken', 'free_usual_room', 'count_desk_bookings', 'desk_share', 'lease_plan', 'keep_leases', 'grant_leases', 'end_leases', 'return_leases',
        'tell_leases', 'free_leases', 'leases_of', 'free_stopped_desk') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION keep_leases(jsonb), return_leases(jsonb), tell_leases(jsonb), free_leases(jsonb) TO anteroom_desk;
