-- What a desk asks at every notice and every few seconds costs as little as what has changed: each clinic's head says
-- which tables have rows newer than a cursor, so that a pull opens those and not all of them.

-- The last `rev` of each table, by its name; a table without rows newer than the clinic's first copy has none.
ALTER TABLE heads ADD COLUMN tables jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT name FROM replicated_tables LOOP
    EXECUTE format('UPDATE heads h SET tables = tables || jsonb_build_object(%L, r.rev)
                    FROM (SELECT clinic_id, max(rev) AS rev FROM %I GROUP BY clinic_id) r
                    WHERE r.clinic_id = h.clinic_id', t, t);
  END LOOP;
END $$;
--> statement-breakpoint
-- Numbers a row with the commit under way, as `take_rev` does, and notes in the head that its table has such a row: once
-- for each table that a transaction touches.
CREATE OR REPLACE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE noted bigint;
BEGIN
  NEW.rev := take_rev(NEW.clinic_id);
  NEW.updated_at := clock_timestamp();
  SELECT (tables->>TG_TABLE_NAME)::bigint INTO noted FROM heads WHERE clinic_id = NEW.clinic_id;
  IF noted IS DISTINCT FROM NEW.rev THEN
    UPDATE heads SET tables = tables || jsonb_build_object(TG_TABLE_NAME, NEW.rev) WHERE clinic_id = NEW.clinic_id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Where central's history stands, as `head` says it, and which tables of the asking desk's clinic have rows after `since`.
-- In one statement with the rows of tables it tells, of the same snapshot, whether these were all.
CREATE FUNCTION news(since bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  clinic uuid := desk_clinic();
  told jsonb;
BEGIN
  SELECT jsonb_build_object('seq', h.seq, 'tables',
      coalesce((SELECT jsonb_agg(t.key) FROM jsonb_each(h.tables) t WHERE t.value::bigint > since), '[]'))
    INTO told FROM heads h WHERE h.clinic_id = clinic;
  RETURN coalesce(told, '{"seq": 0, "tables": []}') || jsonb_build_object('epoch', central_epoch());
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION news(bigint) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION news(bigint) TO anteroom_desk;
--> statement-breakpoint

-- As in 0012; what a row is, what is wanted of it and what it was are read by one statement made at run time and not by two.
CREATE OR REPLACE FUNCTION apply_change_row(desk desks, author uuid, rights text[], item jsonb) RETURNS void
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
  -- Through the row type, so that values compare as the column sees them and not as they were written.
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $3)), to_jsonb(jsonb_populate_record(t, $4))
                  FROM %I t WHERE clinic_id = $1 AND id = $2 FOR UPDATE', rule.name)
    INTO now_row, wanted, had USING desk.clinic_id, row_id, sets, item->'was';
  IF now_row IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA003', MESSAGE = 'the row is gone';
  END IF;
  -- Of two desks that stamped the same, the first stamp stands, and this one does nothing.
  wanted := wanted || coalesce((SELECT jsonb_object_agg(k, now_row->k) FROM unnest(rule.first_wins) k
    WHERE sets ? k AND now_row->k <> had->k), '{}');
  PERFORM check_right(rule, desk, author, rights, now_row, wanted);
  PERFORM set_change_row(rule.name, now_row, wanted, had, sets);
END $$;
--> statement-breakpoint

-- As in 0014, and in a time that does not grow with the entries of the transaction: by its key the head was looked for through
-- all its versions that this transaction had made. Where the newest of them lies is only a hint, which whoever calls may
-- spoil: what is not there is found by its key.
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
    UPDATE audit_heads h SET seq = h.seq + 1, hash = sha256(h.hash || convert_to(audit_entry_text(h.seq + 1, NEW.id,
        NEW.change_id, NEW.desk_id, NEW.actor, NEW.session_id, NEW.action, NEW.table_name, NEW.row_id, NEW.done_at,
        NEW.arrived_at, NEW.content_hash), 'UTF8'))
      WHERE h.ctid = place AND h.clinic_id = NEW.clinic_id RETURNING h.seq, h.hash, h.ctid INTO NEW.seq, NEW.hash, place;
    EXIT WHEN FOUND;
    SELECT h.ctid INTO place FROM audit_heads h WHERE h.clinic_id = NEW.clinic_id FOR UPDATE;
    IF NOT FOUND THEN
      INSERT INTO audit_heads (clinic_id, seq, hash) VALUES (NEW.clinic_id, 0, audit_beginning(NEW.clinic_id))
        ON CONFLICT DO NOTHING;
    END IF;
  END LOOP;
  PERFORM set_config('anteroom.audit_head', place::text, true);
  RETURN NEW;
END $$;
