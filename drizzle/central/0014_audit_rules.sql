-- The audit: a chain of entries for each clinic, in partitions by the month of arrival, and what desks tell and read of it.

-- A value such that no two lists of them give the same text one after the other: `4:book,`, and `-` for none. This and what
-- is made of it name no table and fix no search path, so that Postgres takes their bodies in place of calling them: half of
-- what the chain would cost a push otherwise.
CREATE FUNCTION audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(octet_length(value) || ':' || value || ',', '-')
$$;
--> statement-breakpoint
-- What an entry says of a row. It is part of the chain by this hash only, so that an erasure can take the content away and
-- leave the chain whole; the salt goes with it, or a short content could be guessed from its hash.
CREATE FUNCTION audit_content_hash(salt bytea, before jsonb, after jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(salt || convert_to(audit_part(before::text) || audit_part(after::text), 'UTF8'))
$$;
--> statement-breakpoint
CREATE FUNCTION epoch_ms(instant timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT round(date_part('epoch', instant) * 1000)::bigint::text
$$;
--> statement-breakpoint
-- What the hash of an entry is made of, beside the hash of the entry before it. core/audit/chain.ts does the same.
CREATE FUNCTION audit_entry_text(seq bigint, id bigint, change_id uuid, desk_id uuid, actor uuid, session_id uuid,
  action text, table_name text, row_id uuid, done_at timestamptz, arrived_at timestamptz, content_hash bytea)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT audit_part(seq::text) || audit_part(id::text) || audit_part(change_id::text) || audit_part(desk_id::text)
    || audit_part(actor::text) || audit_part(session_id::text) || audit_part(action) || audit_part(table_name)
    || audit_part(row_id::text) || audit_part(epoch_ms(done_at)) || audit_part(epoch_ms(arrived_at))
    || audit_part(encode(content_hash, 'hex'))
$$;
--> statement-breakpoint
-- What the first entry of a clinic follows on.
CREATE FUNCTION audit_beginning(clinic uuid) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(convert_to('audit of ' || clinic::text, 'UTF8'))
$$;
--> statement-breakpoint

-- The last entry of each clinic, kept beside the log so that entries taken off its end are missed.
CREATE TABLE audit_heads (
  clinic_id uuid PRIMARY KEY REFERENCES clinics (clinic_id) ON DELETE RESTRICT,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
--> statement-breakpoint
-- Events that were told: what makes a repeated one harmless.
CREATE TABLE told_events (
  clinic_id uuid NOT NULL REFERENCES clinics (clinic_id) ON DELETE RESTRICT,
  id uuid NOT NULL,
  arrived_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (clinic_id, id)
);
--> statement-breakpoint

-- The log as it was makes room for one in partitions, under the same names.
ALTER TABLE audit_log RENAME TO audit_log_unchained;
--> statement-breakpoint
ALTER TABLE audit_log_unchained DROP CONSTRAINT audit_log_clinic_id_id_arrived_at_pk,
  DROP CONSTRAINT audit_log_clinic_id_clinics_clinic_id_fk;
--> statement-breakpoint
DROP INDEX audit_log_seq_index, audit_log_row_index, audit_log_arrived_at_index;
--> statement-breakpoint
-- No identity column: a partitioned table has those only since Postgres 17.
CREATE SEQUENCE audit_log_ids;
--> statement-breakpoint
-- The clock and not the transaction's start: a transaction may have waited for its place in the chain.
CREATE TABLE audit_log (
  clinic_id uuid NOT NULL,
  id bigint NOT NULL DEFAULT nextval('audit_log_ids'),
  change_id uuid,
  desk_id uuid,
  actor uuid,
  action text NOT NULL,
  table_name text,
  row_id uuid,
  before jsonb,
  after jsonb,
  done_at timestamptz(3) NOT NULL,
  arrived_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  session_id uuid,
  seq bigint,
  salt bytea,
  content_hash bytea,
  hash bytea,
  erased_at timestamptz(3),
  CONSTRAINT audit_log_clinic_id_id_arrived_at_pk PRIMARY KEY (clinic_id, id, arrived_at),
  CONSTRAINT audit_log_clinic_id_clinics_clinic_id_fk FOREIGN KEY (clinic_id) REFERENCES clinics (clinic_id)
    ON DELETE RESTRICT,
  CONSTRAINT audit_log_chained CHECK (seq IS NOT NULL AND content_hash IS NOT NULL AND hash IS NOT NULL
    AND (salt IS NULL) = (erased_at IS NOT NULL))
) PARTITION BY RANGE (arrived_at);
--> statement-breakpoint
ALTER SEQUENCE audit_log_ids OWNED BY audit_log.id;
--> statement-breakpoint
CREATE INDEX audit_log_seq_index ON audit_log (clinic_id, seq);
--> statement-breakpoint
CREATE INDEX audit_log_row_index ON audit_log (clinic_id, table_name, row_id);
--> statement-breakpoint
CREATE INDEX audit_log_arrived_at_index ON audit_log (clinic_id, arrived_at);
--> statement-breakpoint
COMMENT ON TABLE audit_log IS
  'What was done and what it changed, chained for each clinic and in partitions by month. Append-only, kept six years.';
--> statement-breakpoint
COMMENT ON TABLE audit_heads IS 'The last entry of each clinic''s audit.';
--> statement-breakpoint
COMMENT ON TABLE told_events IS 'Which events of desks the audit has, so that none is in it twice.';
--> statement-breakpoint

-- Where an entry goes whose month has no partition of its own: none is ever lost for want of one.
CREATE TABLE audit_log_rest PARTITION OF audit_log DEFAULT;
--> statement-breakpoint
-- A partition of one month, by UTC. It is left out while the rest holds entries of that month; those stay where they are.
CREATE FUNCTION make_audit_month(month date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  name text := 'audit_log_' || to_char(month, 'YYYY_MM');
  next_month date := (month + interval '1 month')::date;
BEGIN
  IF to_regclass('public.' || name) IS NOT NULL
     OR EXISTS (SELECT FROM audit_log_rest r WHERE r.arrived_at >= month AND r.arrived_at < next_month) THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE audit_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
  EXECUTE format('CREATE TRIGGER keep_whole BEFORE TRUNCATE ON public.%I
                  FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()', name);
  -- Not CREATE TABLE … PARTITION OF, which would wait for everybody who writes.
  EXECUTE format('ALTER TABLE audit_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, next_month);
END $$;
--> statement-breakpoint
-- Sees to it that this month and the next three have their partitions. Whoever would have to wait for a lock leaves it to
-- the next caller, of whom there are many until then.
CREATE FUNCTION make_audit_months() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE this_month date := date_trunc('month', clock_timestamp())::date;
BEGIN
  IF to_regclass('public.audit_log_' || to_char(this_month + interval '2 months', 'YYYY_MM')) IS NOT NULL
     OR NOT pg_try_advisory_xact_lock(4771236014) THEN
    RETURN;
  END IF;
  PERFORM make_audit_month((this_month + n * interval '1 month')::date) FROM generate_series(0, 3) n;
EXCEPTION WHEN lock_not_available OR deadlock_detected OR duplicate_table THEN
  NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  PERFORM make_audit_month(m::date) FROM generate_series(
    date_trunc('month', (SELECT least(min(u.arrived_at), now()) FROM audit_log_unchained u) AT TIME ZONE 'UTC'),
    date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months', interval '1 month') m;
END $$;
--> statement-breakpoint
-- What was there before is chained in its order.
DO $$ DECLARE
  entry audit_log_unchained;
  head audit_heads;
BEGIN
  FOR entry IN SELECT * FROM audit_log_unchained u ORDER BY u.clinic_id, u.id LOOP
    IF head.clinic_id IS DISTINCT FROM entry.clinic_id THEN
      IF head.clinic_id IS NOT NULL THEN INSERT INTO audit_heads VALUES (head.*); END IF;
      head := ROW (entry.clinic_id, 0, audit_beginning(entry.clinic_id));
    END IF;
    head.seq := head.seq + 1;
    entry.salt := uuid_send(gen_random_uuid());
    entry.content_hash := audit_content_hash(entry.salt, entry.before, entry.after);
    head.hash := sha256(head.hash || convert_to(audit_entry_text(head.seq, entry.id, entry.change_id, entry.desk_id,
      entry.actor, entry.session_id, entry.action, entry.table_name, entry.row_id, entry.done_at, entry.arrived_at,
      entry.content_hash), 'UTF8'));
    INSERT INTO audit_log (clinic_id, id, change_id, desk_id, actor, action, table_name, row_id, before, after, done_at,
        arrived_at, session_id, seq, salt, content_hash, hash)
      VALUES (entry.clinic_id, entry.id, entry.change_id, entry.desk_id, entry.actor, entry.action, entry.table_name,
        entry.row_id, entry.before, entry.after, entry.done_at, entry.arrived_at, entry.session_id, head.seq,
        entry.salt, entry.content_hash, head.hash);
  END LOOP;
  IF head.clinic_id IS NOT NULL THEN INSERT INTO audit_heads VALUES (head.*); END IF;
  PERFORM setval('audit_log_ids', coalesce((SELECT max(u.id) FROM audit_log_unchained u), 0) + 1, false);
END $$;
--> statement-breakpoint
DROP TABLE audit_log_unchained;
--> statement-breakpoint

-- Row by row, so that every partition has it too, those of years to come among them. An erasure, which is a trigger of
-- ours, takes content and salt out and leaves everything that the chain is made of.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND NEW.salt IS NULL
     AND (NEW.clinic_id, NEW.id, NEW.change_id, NEW.desk_id, NEW.actor, NEW.action, NEW.table_name, NEW.row_id,
          NEW.done_at, NEW.arrived_at, NEW.session_id, NEW.seq, NEW.content_hash, NEW.hash)
       IS NOT DISTINCT FROM (OLD.clinic_id, OLD.id, OLD.change_id, OLD.desk_id, OLD.actor, OLD.action, OLD.table_name,
          OLD.row_id, OLD.done_at, OLD.arrived_at, OLD.session_id, OLD.seq, OLD.content_hash, OLD.hash) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'audit_log_append_only', MESSAGE = 'audit_log is append-only';
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit();
--> statement-breakpoint
CREATE TRIGGER keep_whole BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change();
--> statement-breakpoint
CREATE TRIGGER keep_whole BEFORE TRUNCATE ON audit_log_rest FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change();
--> statement-breakpoint
CREATE TRIGGER skip_made_slots BEFORE INSERT ON audit_log FOR EACH ROW
  WHEN (NEW.action = 'makeSlots' AND NEW.table_name = 'doctor_time_slots')
  EXECUTE FUNCTION skip_made_slots();
--> statement-breakpoint
-- Gives an entry its place. The clinic's entries are written one after the other: under the lock of its head here, and
-- before that under the clinic's own, which `push` and `tell_events` hold.
CREATE FUNCTION take_place() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.erased_at := NULL;
  NEW.salt := uuid_send(gen_random_uuid());
  NEW.content_hash := audit_content_hash(NEW.salt, NEW.before, NEW.after);
  LOOP
    UPDATE audit_heads h SET seq = h.seq + 1, hash = sha256(h.hash || convert_to(audit_entry_text(h.seq + 1, NEW.id,
        NEW.change_id, NEW.desk_id, NEW.actor, NEW.session_id, NEW.action, NEW.table_name, NEW.row_id, NEW.done_at,
        NEW.arrived_at, NEW.content_hash), 'UTF8'))
      WHERE h.clinic_id = NEW.clinic_id RETURNING h.seq, h.hash INTO NEW.seq, NEW.hash;
    IF FOUND THEN RETURN NEW; END IF;
    INSERT INTO audit_heads (clinic_id, seq, hash) VALUES (NEW.clinic_id, 0, audit_beginning(NEW.clinic_id))
      ON CONFLICT DO NOTHING;
  END LOOP;
END $$;
--> statement-breakpoint
-- By name after skip_made_slots: what is not written takes no place.
CREATE TRIGGER take_place BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION take_place();
--> statement-breakpoint
-- Every push begins with its stream, and before it has locked anything that others wait for.
CREATE FUNCTION before_push() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM make_audit_months();
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER before_push BEFORE INSERT ON streams FOR EACH STATEMENT EXECUTE FUNCTION before_push();
--> statement-breakpoint

-- As in 0008, and the redaction is itself an entry: it names each redacted entry with the hash of what is left of it, so
-- that a redaction which no erasure made is told from one that it did.
CREATE OR REPLACE FUNCTION erase_history(clinic uuid, of_table text, ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change_ids uuid[];
  names text[] := ids::text[];
  redacted jsonb;
BEGIN
  SELECT array_agg(DISTINCT a.change_id) INTO change_ids
    FROM audit_log a WHERE a.clinic_id = clinic AND a.table_name = of_table AND a.row_id = ANY (ids);
  WITH told AS (
    UPDATE audit_log a SET before = without_identity(of_table, a.before), after = without_identity(of_table, a.after),
        salt = NULL, erased_at = clock_timestamp()
      WHERE a.clinic_id = clinic AND a.table_name = of_table AND a.row_id = ANY (ids)
        AND (a.before, a.after)
          IS DISTINCT FROM (without_identity(of_table, a.before), without_identity(of_table, a.after))
      RETURNING a.seq, a.before, a.after)
  SELECT jsonb_object_agg(seq, encode(audit_content_hash('', before, after), 'hex')) INTO redacted FROM told;
  IF redacted IS NOT NULL THEN
    INSERT INTO audit_log (clinic_id, action, table_name, row_id, after, done_at)
      VALUES (clinic, 'redactHistory', of_table, CASE cardinality(ids) WHEN 1 THEN ids[1] END,
        jsonb_build_object('redacted', redacted), done_at());
  END IF;
  UPDATE changes c SET
      rows = (SELECT jsonb_agg(CASE WHEN r->>'table' = of_table AND r->>'id' = ANY (names)
                THEN change_row_without_identity(r) ELSE r END ORDER BY place)
              FROM jsonb_array_elements(c.rows) WITH ORDINALITY AS each (r, place)),
      refusal = CASE WHEN c.refusal->>'table' = of_table
          AND (c.refusal->>'row_id' = ANY (names) OR c.refusal->'theirs'->>'id' = ANY (names))
        THEN refusal_without_identity(c.refusal) ELSE c.refusal END
    WHERE c.clinic_id = clinic AND jsonb_typeof(c.rows) = 'array' AND (c.change_id = ANY (change_ids)
      OR (c.outcome <> 'applied' AND (c.refusal->>'row_id' = ANY (names) OR c.refusal->'theirs'->>'id' = ANY (names)
        OR EXISTS (SELECT FROM jsonb_array_elements(c.rows) r WHERE r->>'id' = ANY (names)))));
END $$;
--> statement-breakpoint

-- What the actor of an event signs; core/replica/audit-events.ts has the same.
CREATE FUNCTION event_message(event jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_to_string(ARRAY['event', event->>'id', event->>'action', event->>'actor', event->>'at', event->>'session',
    event->>'table', event->>'row', encode(sha256(convert_to(coalesce(event->>'details_text', ''), 'UTF8')), 'hex')],
    E'\n', '')
$$;
--> statement-breakpoint
-- One event as an entry. Without a proof it is the desk that says so: who it names stands among what it says.
CREATE FUNCTION keep_event(desk desks, event_id uuid, event jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  actor uuid := (event->>'actor')::uuid;
  done timestamptz := (event->>'at')::timestamptz;
  proven boolean := event->>'proof' IS NOT NULL
    AND is_signed_by(desk.clinic_id, actor, event_message(event), event->>'proof', done)
    AND was_signed_in(desk.clinic_id, actor, (event->>'session')::uuid, done, '[]');
  believed boolean := proven OR (event->>'proof' IS NULL AND (actor IS NULL
    OR EXISTS (SELECT FROM desks d WHERE d.clinic_id = desk.clinic_id AND d.user_id = actor)));
  details jsonb := (event->>'details_text')::jsonb;
BEGIN
  IF NOT believed THEN
    details := jsonb_build_object('unproven', jsonb_build_object('actor', actor, 'session', event->>'session'))
      || CASE jsonb_typeof(details) WHEN 'object' THEN details ELSE '{}' END;
  END IF;
  INSERT INTO audit_log (clinic_id, change_id, desk_id, actor, action, table_name, row_id, after, done_at, session_id)
  VALUES (desk.clinic_id, event_id, desk.id, CASE WHEN believed THEN actor END, event->>'action', event->>'table',
    (event->>'row')::uuid, details, done, CASE WHEN proven THEN (event->>'session')::uuid END);
  IF event->>'action' = 'signInFailed' THEN
    PERFORM count_miss(desk.clinic_id, coalesce((event->>'row')::uuid, actor), done);
  END IF;
END $$;
--> statement-breakpoint
-- Takes what desks tell that is no change, once each. One that cannot be read is kept as it came and stops no other. No row
-- that desks replicate is touched, so the clinic's `rev` stays.
CREATE FUNCTION tell_events(told jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  desk desks := asking_desk();
  event jsonb;
  event_id uuid;
BEGIN
  IF jsonb_typeof(told) <> 'array' THEN RETURN answer_error('invalid_input'); END IF;
  PERFORM make_audit_months();
  PERFORM FROM heads h WHERE h.clinic_id = desk.clinic_id FOR UPDATE;
  FOR event IN SELECT value FROM jsonb_array_elements(told) LOOP
    event_id := CASE WHEN event->>'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (event->>'id')::uuid
      ELSE md5(event::text)::uuid END;
    INSERT INTO told_events (clinic_id, id) VALUES (desk.clinic_id, event_id) ON CONFLICT DO NOTHING;
    CONTINUE WHEN NOT FOUND;
    BEGIN
      PERFORM keep_event(desk, event_id, event);
    EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
      INSERT INTO audit_log (clinic_id, change_id, desk_id, action, after, done_at)
        VALUES (desk.clinic_id, event_id, desk.id, 'unreadableEvent', jsonb_build_object('told', event),
          clock_timestamp());
    END;
  END LOOP;
  RETURN jsonb_build_object('ok', jsonb_array_length(told));
END $$;
--> statement-breakpoint

-- The rows of a person: of the patient's own records and of everything that names one of them or one of their visits.
CREATE FUNCTION rows_of_person(clinic uuid, person uuid) RETURNS TABLE (table_name text, row_id uuid)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  records uuid[] := records_of_person(clinic, person);
  visits uuid[] := ARRAY(SELECT a.id FROM appointments a WHERE a.clinic_id = clinic AND a.patient_id = ANY (records));
  of_table text;
  link text;
BEGIN
  RETURN QUERY SELECT 'patients', unnest(records);
  FOR of_table, link IN
    SELECT t.name, c.attname FROM replicated_tables t JOIN pg_attribute c ON c.attrelid = t.name::regclass
    WHERE c.attname IN ('patient_id', 'kept_id', 'merged_id', 'appointment_id') AND NOT c.attisdropped
  LOOP
    RETURN QUERY EXECUTE format('SELECT %L::text, t.id FROM %I t WHERE t.clinic_id = $1 AND t.%I = ANY ($2)',
      of_table, of_table, link) USING clinic, CASE link WHEN 'appointment_id' THEN visits ELSE records END;
  END LOOP;
END $$;
--> statement-breakpoint
-- A page of the clinic's audit, newest first: `person`, `desk`, `actions` or `other_than` those, `patient`, `from` and `to`
-- (when it was done) narrow it, `below` is the last page's end, `limit` is up to 1001. With it the desks, for their names.
CREATE FUNCTION read_audit(asked jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  clinic uuid := desk_clinic();
  most integer := least(greatest(coalesce((asked->>'limit')::integer, 100), 1), 1001);
  narrowed text := '';
  entries jsonb;
BEGIN
  IF NOT signed_in_right('audit.read') THEN
    RETURN answer_error('not_allowed', '{"right": "audit.read"}');
  END IF;
  SELECT string_agg(' AND ' || c.condition, '') INTO narrowed FROM (VALUES
    ('below', $c$a.seq < ($2->>'below')::bigint$c$),
    ('person', $c$a.actor = ($2->>'person')::uuid$c$),
    ('desk', $c$a.desk_id = ($2->>'desk')::uuid$c$),
    ('actions', $c$a.action IN (SELECT jsonb_array_elements_text($2->'actions'))$c$),
    ('other_than', $c$a.action NOT IN (SELECT jsonb_array_elements_text($2->'other_than'))$c$),
    ('patient', $c$(a.table_name, a.row_id) IN (SELECT r.table_name, r.row_id
                    FROM rows_of_person($1, ($2->>'patient')::uuid) r)$c$),
    -- Nothing arrives before it is done, but for clocks that are a little off.
    ('from', $c$a.done_at >= ($2->>'from')::timestamptz
                AND a.arrived_at >= ($2->>'from')::timestamptz - interval '1 day'$c$),
    ('to', $c$a.done_at < ($2->>'to')::timestamptz$c$)) AS c (name, condition)
    WHERE coalesce(asked->c.name, 'null') <> 'null';
  EXECUTE 'SELECT jsonb_agg(e.entry ORDER BY e.seq DESC) FROM (
      SELECT a.seq, jsonb_build_object(''seq'', a.seq, ''action'', a.action, ''actor'', a.actor, ''desk'', a.desk_id,
        ''table'', a.table_name, ''row'', a.row_id, ''before'', a.before, ''after'', a.after, ''done_at'', a.done_at,
        ''arrived_at'', a.arrived_at, ''proven'', a.session_id IS NOT NULL, ''erased'', a.erased_at IS NOT NULL,
        ''hash'', encode(a.hash, ''hex'')) AS entry
      FROM audit_log a WHERE a.clinic_id = $1' || coalesce(narrowed, '') || ' ORDER BY a.seq DESC LIMIT $3) e'
    INTO entries USING clinic, asked, most;
  RETURN jsonb_build_object('ok', jsonb_build_object(
    'entries', coalesce(entries, '[]'),
    'desks', (SELECT jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name) ORDER BY d.name)
              FROM desks d WHERE d.clinic_id = clinic)));
END $$;
--> statement-breakpoint

-- Drops what arrived before a month's first day, for all clinics. Each clinic's chain gets an entry that says with which
-- hash it goes on, so that it can still be verified from there. Refused where clocks were so far off that entries of the
-- dropped months stand in the chain behind ones that stay.
CREATE FUNCTION drop_audit(first_kept date) RETURNS TABLE (clinic_id uuid, entries bigint, seq bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
  part text;
  last record;
BEGIN
  LOCK TABLE audit_log IN ACCESS EXCLUSIVE MODE;
  FOR last IN
    SELECT a.clinic_id, count(*) AS entries, max(a.seq) AS seq FROM audit_log a
    WHERE a.arrived_at < first_kept GROUP BY a.clinic_id
  LOOP
    IF EXISTS (SELECT FROM audit_log a WHERE a.clinic_id = last.clinic_id AND a.seq < last.seq
               AND a.arrived_at >= first_kept + interval '1 hour') THEN
      RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'audit_log_in_order',
        MESSAGE = 'entries that stay stand in the chain before some that would be dropped';
    END IF;
    INSERT INTO audit_log (clinic_id, action, after, done_at)
      SELECT a.clinic_id, 'dropAudit', jsonb_build_object('before', to_char(first_kept, 'YYYY-MM'), 'entries',
          last.entries, 'seq', last.seq, 'hash', encode(a.hash, 'hex')), clock_timestamp()
      FROM audit_log a WHERE a.clinic_id = last.clinic_id AND a.seq = last.seq;
    clinic_id := last.clinic_id;
    entries := last.entries;
    seq := last.seq;
    RETURN NEXT;
  END LOOP;
  ALTER TABLE audit_log DISABLE TRIGGER keep_audit;
  -- Written in the last second of the month before an entry that was given its place earlier.
  DELETE FROM audit_log a USING (SELECT b.clinic_id, max(b.seq) AS seq FROM audit_log b WHERE b.arrived_at < first_kept
      GROUP BY b.clinic_id) l
    WHERE a.clinic_id = l.clinic_id AND a.seq <= l.seq AND a.arrived_at >= first_kept;
  DELETE FROM audit_log_rest r WHERE r.arrived_at < first_kept;
  ALTER TABLE audit_log ENABLE TRIGGER keep_audit;
  FOR part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'audit_log'::regclass AND c.relname ~ '^audit_log_[0-9]{4}_[0-9]{2}$'
      AND c.relname < 'audit_log_' || to_char(first_kept, 'YYYY_MM')
  LOOP
    EXECUTE format('DROP TABLE %I', part);
  END LOOP;
  DELETE FROM told_events t WHERE t.arrived_at < first_kept;
END $$;
--> statement-breakpoint
DO $$ DECLARE f regprocedure; t text; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('audit_part', 'audit_content_hash', 'epoch_ms', 'audit_entry_text', 'audit_beginning',
        'make_audit_month', 'make_audit_months', 'keep_audit', 'take_place', 'before_push', 'erase_history',
        'event_message', 'keep_event', 'tell_events', 'rows_of_person', 'read_audit', 'drop_audit') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['audit_log', 'audit_log_rest', 'audit_heads', 'told_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION tell_events(jsonb), read_audit(jsonb) TO anteroom_desk;
