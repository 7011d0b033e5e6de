-- The tables of 0003 among those that desks replicate, and what holds for them and for held slots.

-- Rows whose id follows from what they say: two desks that make the same one have made one row, and nobody is refused.
ALTER TABLE replicated_tables ADD COLUMN made_alike boolean NOT NULL DEFAULT false;
--> statement-breakpoint
INSERT INTO replicated_tables (name, pushable, withheld, first_wins) VALUES
  ('appointment_series', true, '{}', '{}'),
  ('waiting_list_entries', true, '{}', '{}'),
  ('cash_ups', true, '{}', '{}'),
  ('recalls', true, '{}', '{}'),
  ('call_attempts', true, '{}', '{}'),
  ('patient_consents', true, '{}', '{}'),
  ('patient_merges', true, '{}', '{undone_at,undone_by}'),
  ('message_receipts', true, '{}', '{}');
--> statement-breakpoint
UPDATE replicated_tables SET made_alike = true WHERE name = 'doctor_time_slots';
--> statement-breakpoint
-- A clinic's name, calendar and settings are set from its desks; that it is made up is not.
UPDATE replicated_tables SET pushable = true, withheld = '{is_sample}' WHERE name = 'clinics';
--> statement-breakpoint
UPDATE replicated_tables SET withheld = '{receipt_number}' WHERE name = 'payments';
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['appointment_series', 'waiting_list_entries', 'cash_ups', 'recalls', 'call_attempts',
                           'patient_consents', 'patient_merges', 'message_receipts'] LOOP
    EXECUTE format('CREATE TRIGGER stamp_row BEFORE INSERT OR UPDATE ON %I
                    FOR EACH ROW EXECUTE FUNCTION stamp_row()', t);
    EXECUTE format('CREATE POLICY desk_reads_its_clinic ON %I FOR SELECT TO anteroom_desk
                    USING (clinic_id = (SELECT desk_clinic()))', t);
    EXECUTE format('GRANT SELECT ON %I TO anteroom_desk', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['appointment_series', 'waiting_list_entries', 'cash_ups', 'recalls', 'call_attempts',
                           'patient_consents', 'patient_merges', 'message_receipts', 'receipt_counters',
                           'attachment_contents'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
  END LOOP;
  -- What was said, read or agreed to at a time stays as it was.
  FOREACH t IN ARRAY ARRAY['call_attempts', 'patient_consents', 'message_receipts', 'cash_ups'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()', t);
  END LOOP;
END $$;
--> statement-breakpoint

-- A hold lasts five minutes by central's clock from its arrival (front-desk.md), and one that has ended is in nobody's
-- way: whoever comes next to its time cancels it, since the desk that held it may be gone.
CREATE FUNCTION end_holds() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'held' AND (TG_OP = 'INSERT' OR OLD.status <> 'held') THEN
    NEW.held_until := clock_timestamp() + interval '5 minutes';
  END IF;
  IF NEW.status NOT IN ('cancelled', 'no_show', 'left') THEN
    UPDATE appointments a SET status = 'cancelled', cancelled_at = clock_timestamp()
      WHERE a.clinic_id = NEW.clinic_id AND a.status = 'held' AND a.held_until < clock_timestamp()
        AND a.id <> NEW.id
        AND (a.slot_id = NEW.slot_id OR ((a.doctor_id = NEW.doctor_id OR a.room_id = NEW.room_id)
          AND tstzrange(a.scheduled_at, a.ends_at) && tstzrange(NEW.scheduled_at, NEW.ends_at)));
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER end_holds BEFORE INSERT OR UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION end_holds();
--> statement-breakpoint

-- A deleted slot is closed time, and a hold that has ended takes none.
CREATE OR REPLACE FUNCTION refresh_next_available(clinic uuid, doctor uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE soonest timestamptz;
BEGIN
  SELECT s.start_time_utc INTO soonest FROM doctor_time_slots s
    WHERE s.clinic_id = clinic AND s.doctor_id = doctor AND s.is_available AND s.deleted_at IS NULL AND s.start_time_utc >= now()
      AND NOT EXISTS (
        SELECT FROM appointments a
        WHERE a.clinic_id = clinic AND a.doctor_id = doctor
          AND a.scheduled_at < s.end_time_utc AND a.ends_at > s.start_time_utc
          AND a.scheduled_at > s.start_time_utc - interval '12 hours'
          AND a.status NOT IN ('cancelled', 'no_show', 'left')
          AND (a.status <> 'held' OR a.held_until >= now()))
    ORDER BY s.start_time_utc LIMIT 1;
  UPDATE doctors SET next_available_slot = soonest
    WHERE clinic_id = clinic AND id = doctor AND next_available_slot IS DISTINCT FROM soonest;
END $$;
--> statement-breakpoint
-- As before, and an insert into a table made alike leaves the row that is there.
CREATE OR REPLACE FUNCTION apply_change_row(clinic uuid, item jsonb) RETURNS void
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
                    SELECT $1, $2, %2$s FROM jsonb_populate_record(NULL::%1$I, $3)%3$s', rule.name, names,
        CASE WHEN rule.made_alike THEN ' ON CONFLICT DO NOTHING' ELSE '' END)
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
CREATE OR REPLACE FUNCTION central_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 2 $$;
--> statement-breakpoint
-- Desks of the first version have no room for an appointment without a patient.
CREATE OR REPLACE FUNCTION oldest_desk_version() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 2 $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION end_holds() FROM PUBLIC;
--> statement-breakpoint
COMMENT ON TABLE appointment_series IS 'Recurring appointments: the rule and what they were made from.';
--> statement-breakpoint
COMMENT ON TABLE waiting_list_entries IS 'Who would come earlier if a gap opens.';
--> statement-breakpoint
COMMENT ON TABLE cash_ups IS 'The end of a location''s day: expected and counted by method. Locks the day.';
--> statement-breakpoint
COMMENT ON TABLE receipt_counters IS 'The last receipt number that each location gave.';
--> statement-breakpoint
COMMENT ON TABLE recalls IS 'Patients to be asked back, with their day.';
--> statement-breakpoint
COMMENT ON TABLE call_attempts IS 'Each try of a call from a call list. Append-only.';
--> statement-breakpoint
COMMENT ON TABLE patient_consents IS 'What patients said yes or no to, and when. Append-only.';
--> statement-breakpoint
COMMENT ON TABLE patient_merges IS 'Records that were merged, and what is needed to take them apart again.';
--> statement-breakpoint
COMMENT ON TABLE message_receipts IS 'Who read which message. Append-only.';
--> statement-breakpoint
COMMENT ON TABLE attachment_contents IS 'The bytes of stored files, by their SHA-256.';
