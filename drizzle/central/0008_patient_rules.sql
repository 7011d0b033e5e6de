-- Merging patients, taking a merge apart, and erasing a person on request.
--
-- A merge moves nothing. The merged record points at the kept one, and whatever names the merged record goes on naming it:
-- a booking that a desk without a network makes for it in the meantime is in the right place, and so is everything when
-- the merge is taken apart again. Who reads goes by person_of().

-- The record that stands for the person of a record.
CREATE FUNCTION person_of(clinic uuid, record uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE up AS (
    SELECT p.id, p.merged_into_id FROM patients p WHERE p.clinic_id = clinic AND p.id = record
    UNION
    SELECT p.id, p.merged_into_id FROM up JOIN patients p ON p.clinic_id = clinic AND p.id = up.merged_into_id)
  SELECT coalesce((SELECT id FROM up WHERE merged_into_id IS NULL), record)
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_merge(rule text, message text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'PA006', CONSTRAINT = rule, MESSAGE = message;
END $$;
--> statement-breakpoint
CREATE FUNCTION check_patient_merge() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kept patients;
  merged patients;
BEGIN
  SELECT * INTO kept FROM patients p WHERE p.clinic_id = NEW.clinic_id AND p.id = NEW.kept_id FOR UPDATE;
  SELECT * INTO merged FROM patients p WHERE p.clinic_id = NEW.clinic_id AND p.id = NEW.merged_id FOR UPDATE;
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.kept_id, NEW.merged_id, NEW.merged_at) IS DISTINCT FROM (OLD.kept_id, OLD.merged_id, OLD.merged_at)
       OR (NEW.moved IS DISTINCT FROM OLD.moved AND pg_trigger_depth() < 2)
       OR (OLD.undone_at IS NOT NULL AND NEW.undone_at IS DISTINCT FROM OLD.undone_at) THEN
      RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'patient_merges_final',
        MESSAGE = 'a merge is never edited, only taken apart';
    END IF;
    IF OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL
       AND (kept.merged_into_id IS NOT NULL OR kept.deleted_at IS NOT NULL) THEN
      PERFORM refuse_merge('patient_merges_built_on', 'the kept record is no longer one of its own');
    END IF;
    RETURN NEW;
  END IF;
  -- Two desks did the same: they have done it once.
  IF EXISTS (SELECT FROM patient_merges m WHERE m.clinic_id = NEW.clinic_id AND m.kept_id = NEW.kept_id
             AND m.merged_id = NEW.merged_id AND m.undone_at IS NULL) THEN
    RETURN NULL;
  END IF;
  IF kept.id IS NULL OR kept.deleted_at IS NOT NULL OR kept.merged_into_id IS NOT NULL THEN
    PERFORM refuse_merge('patient_merges_kept_stands', 'the kept record is gone or was itself merged');
  END IF;
  IF merged.id IS NULL OR merged.deleted_at IS NOT NULL OR merged.merged_into_id IS NOT NULL THEN
    PERFORM refuse_merge('patient_merges_merged_stands', 'the merged record is gone or was merged before');
  END IF;
  IF (kept.species IS NULL AND kept.owner_id IS NULL) <> (merged.species IS NULL AND merged.owner_id IS NULL) THEN
    PERFORM refuse_merge('patient_merges_alike', 'a person and an animal are two');
  END IF;
  IF person_of(NEW.clinic_id, kept.owner_id) <> person_of(NEW.clinic_id, merged.owner_id) THEN
    PERFORM refuse_merge('patient_merges_same_owner', 'animals of two owners are two');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_patient_merge BEFORE INSERT OR UPDATE ON patient_merges
  FOR EACH ROW EXECUTE FUNCTION check_patient_merge();
--> statement-breakpoint
-- A merge and the pointer of the merged record say the same, whichever of them a change sets first.
CREATE FUNCTION point_at_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.undone_at IS NULL THEN
    UPDATE patients SET merged_into_id = NEW.kept_id
      WHERE clinic_id = NEW.clinic_id AND id = NEW.merged_id AND merged_into_id IS NULL;
  ELSE
    UPDATE patients SET merged_into_id = NULL
      WHERE clinic_id = NEW.clinic_id AND id = NEW.merged_id AND merged_into_id = NEW.kept_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER point_at_kept AFTER INSERT OR UPDATE OF undone_at ON patient_merges
  FOR EACH ROW EXECUTE FUNCTION point_at_kept();
--> statement-breakpoint
CREATE FUNCTION end_merge() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE patient_merges SET undone_at = clock_timestamp()
    WHERE clinic_id = NEW.clinic_id AND merged_id = NEW.id AND undone_at IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER end_merge AFTER UPDATE OF merged_into_id ON patients
  FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NULL) EXECUTE FUNCTION end_merge();
--> statement-breakpoint

-- What of each table says who somebody is, with what it becomes when the person is erased, and the columns by which a row
-- belongs to a patient. What is not named stays: visits and money as numbers, prescriptions and cases because the law
-- keeps medical records, yeses and noes because they prove themselves.
ALTER TABLE replicated_tables ADD COLUMN erased jsonb NOT NULL DEFAULT '{}';
--> statement-breakpoint
ALTER TABLE replicated_tables ADD COLUMN belongs_by text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint
UPDATE replicated_tables t SET erased = e.erased::jsonb, belongs_by = e.belongs_by::text[]
FROM (VALUES
  ('patients', '{id}', '{"first_name": "Erased", "last_name": "", "email": null, "phone": null, "address": null,
    "city": null, "date_of_birth": null, "gender": null, "emergency_contact": null, "profile_image_url": null,
    "notes": null, "contact_confirmed_at": null, "contact_preference": null, "preferred_language": null}'),
  ('appointments', '{patient_id}', '{"reason": null, "notes": null, "cancellation_reason": null,
    "overbook_reason": "Erased", "meeting_url": null}'),
  ('appointment_series', '{patient_id}', '{"reason": null}'),
  ('waiting_list_entries', '{patient_id}', '{"notes": null}'),
  ('recalls', '{patient_id}', '{"reason": "Erased"}'),
  ('call_attempts', '{patient_id}', '{"note": null}'),
  ('patient_consents', '{patient_id}', '{"note": null}'),
  ('patient_merges', '{kept_id,merged_id}', '{"moved": []}'),
  ('messages', '{patient_id,appointment_id}', '{"text": "", "rich_text": null, "attachments": [], "denorm": null,
    "document": null, "author": {"display_name": "Erased"}}'),
  ('reviews', '{patient_id}', '{"comment": null}'),
  ('scheduled_discharge_calls', '{patient_id}', '{"phone": "", "outcome_notes": null}'),
  -- By way of the messages that had them.
  ('attachments', '{}', '{"file_name": "Erased"}')
) AS e (name, belongs_by, erased) WHERE t.name = e.name;
--> statement-breakpoint
-- Values of a row without those that say who somebody is. What was empty stays empty; who wrote a message stays known
-- where it was not the patient.
CREATE FUNCTION without_identity(of_table text, held jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT held || coalesce((
    SELECT jsonb_object_agg(e.key, CASE
        WHEN e.key <> 'author' THEN e.value
        WHEN held->'author'->>'role' = 'patient' THEN (held->'author') - 'avatar_url' || e.value
        ELSE held->'author' END)
      FROM replicated_tables t, jsonb_each(t.erased) e
      WHERE t.name = of_table AND held ? e.key AND held->e.key <> 'null'), '{}')
$$;
--> statement-breakpoint
-- The same for a row of a change, which has its values in insert, set and was.
CREATE FUNCTION change_row_without_identity(item jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT item || coalesce((
    SELECT jsonb_object_agg(part, without_identity(item->>'table', item->part))
      FROM unnest(ARRAY['insert', 'set', 'was']) part WHERE item ? part), '{}')
$$;
--> statement-breakpoint
-- And for a refusal, which shows central's row and both values of each column.
CREATE FUNCTION refusal_without_identity(refusal jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT refusal
    || CASE WHEN refusal ? 'theirs'
         THEN jsonb_build_object('theirs', without_identity(refusal->>'table', refusal->'theirs')) ELSE '{}' END
    || CASE WHEN refusal ? 'columns' THEN jsonb_build_object('columns', (
         SELECT jsonb_agg(c || coalesce((
             SELECT jsonb_object_agg(side, without_identity(refusal->>'table',
                 jsonb_build_object(c->>'column', c->side))->(c->>'column'))
               FROM unnest(ARRAY['mine', 'theirs', 'was']) side WHERE c ? side), '{}'))
           FROM jsonb_array_elements(refusal->'columns') c)) ELSE '{}' END
$$;
--> statement-breakpoint
-- Whether a row, of a table or of a change, belongs to somebody who was erased.
CREATE FUNCTION belongs_to_erased(clinic uuid, of_table text, row_id uuid, held jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rule replicated_tables;
  stored jsonb;
BEGIN
  SELECT * INTO rule FROM replicated_tables t WHERE t.name = of_table AND t.erased <> '{}';
  IF NOT FOUND THEN RETURN false; END IF;
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE t.clinic_id = $1 AND t.id = $2', rule.name)
    INTO stored USING clinic, row_id;
  stored := coalesce(stored, '{}') || coalesce(held, '{}') || jsonb_build_object('id', row_id);
  RETURN EXISTS (SELECT FROM unnest(rule.belongs_by) link JOIN patients p ON p.clinic_id = clinic
      AND p.erased_at IS NOT NULL
      AND (p.id::text = stored->>link
        OR (link = 'appointment_id' AND p.id = (SELECT a.patient_id FROM appointments a
              WHERE a.clinic_id = clinic AND a.id::text = stored->>link))));
END $$;
--> statement-breakpoint

-- What was said at a time stays as it was, for desks and for the clinic; but for what an erasure, which is a trigger of
-- ours, takes out of it.
CREATE OR REPLACE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = TG_TABLE_NAME || '_append_only',
    MESSAGE = format('%s is append-only', TG_TABLE_NAME);
END $$;
--> statement-breakpoint
CREATE INDEX changes_not_applied ON changes (clinic_id) WHERE outcome <> 'applied';
--> statement-breakpoint
-- Takes out of the audit and of the kept changes what they say of rows; who did what and when stays.
CREATE FUNCTION erase_history(clinic uuid, of_table text, ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change_ids uuid[];
  names text[] := ids::text[];
BEGIN
  WITH told AS (
    UPDATE audit_log a SET before = without_identity(of_table, a.before), after = without_identity(of_table, a.after)
      WHERE a.clinic_id = clinic AND a.table_name = of_table AND a.row_id = ANY (ids) RETURNING a.change_id)
  SELECT array_agg(DISTINCT change_id) INTO change_ids FROM told;
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
-- Takes out of every table what it says of a patient, and ends what would have reached for them.
CREATE FUNCTION erase_traces(clinic uuid, patient uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  rule replicated_tables;
  names text;
  theirs text;
  ids uuid[];
  files text[];
BEGIN
  SELECT array_agg(DISTINCT f->>'file_id') INTO files
    FROM messages m, jsonb_array_elements(m.attachments) f
    WHERE m.clinic_id = clinic AND (m.patient_id = patient OR m.appointment_id IN (
      SELECT a.id FROM appointments a WHERE a.clinic_id = clinic AND a.patient_id = patient));
  UPDATE waiting_list_entries SET status = 'removed'
    WHERE clinic_id = clinic AND patient_id = patient AND status = 'waiting';
  UPDATE recalls SET status = 'cancelled' WHERE clinic_id = clinic AND patient_id = patient AND status = 'open';
  UPDATE appointment_series SET deleted_at = clock_timestamp()
    WHERE clinic_id = clinic AND patient_id = patient AND deleted_at IS NULL;
  UPDATE scheduled_discharge_calls SET status = 'cancelled'
    WHERE clinic_id = clinic AND patient_id = patient AND status = 'queued';
  PERFORM erase_history(clinic, 'patients', ARRAY[patient]);
  FOR rule IN SELECT * FROM replicated_tables t WHERE t.belongs_by <> '{}' AND t.name <> 'patients' LOOP
    SELECT string_agg(quote_ident(k), ', ') INTO names FROM jsonb_object_keys(rule.erased) k;
    SELECT string_agg(CASE WHEN link = 'appointment_id'
        THEN 't.appointment_id IN (SELECT a.id FROM appointments a WHERE a.clinic_id = $1 AND a.patient_id = $2)'
        ELSE format('t.%I = $2', link) END, ' OR ') INTO theirs FROM unnest(rule.belongs_by) link;
    EXECUTE format('WITH told AS (
        UPDATE %1$I t SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(t, without_identity(%1$L, to_jsonb(t))))
          WHERE t.clinic_id = $1 AND (%3$s) RETURNING t.id)
      SELECT array_agg(id) FROM told', rule.name, names, theirs) INTO ids USING clinic, patient;
    IF ids IS NOT NULL THEN
      PERFORM erase_history(clinic, rule.name, ids);
    END IF;
  END LOOP;
  -- What became of the files of these messages is the business of their own rule; their names were told before.
  SELECT array_agg(a.id) INTO ids FROM attachments a
    WHERE a.clinic_id = clinic AND a.id::text = ANY (files) AND a.deleted_at IS NOT NULL;
  PERFORM erase_history(clinic, 'attachments', ids);
END $$;
--> statement-breakpoint

-- The records that were merged into one, and that one.
CREATE FUNCTION records_of_person(clinic uuid, person uuid) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE records AS (
    SELECT person AS id
    UNION SELECT m.merged_id FROM records r
      JOIN patient_merges m ON m.clinic_id = clinic AND m.kept_id = r.id AND m.undone_at IS NULL)
  SELECT array_agg(id) FROM records
$$;
--> statement-breakpoint
-- Whether these records together owe money or are owed some: the fees of visits that took place against what was paid. A
-- visit without a fee is worth what was paid for it.
CREATE FUNCTION owes_money(clinic uuid, records uuid[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT a.fee_currency AS currency, a.fee_minor AS amount FROM appointments a
        WHERE a.clinic_id = clinic AND a.patient_id = ANY (records)
          AND a.fee_minor IS NOT NULL AND a.status IN ('arrived', 'ready', 'in_room', 'completed')
      UNION ALL
      SELECT p.currency, CASE p.kind WHEN 'payment' THEN -p.amount_cents ELSE p.amount_cents END
        FROM appointments a JOIN payments p ON p.clinic_id = a.clinic_id AND p.appointment_id = a.id
        WHERE a.clinic_id = clinic AND a.patient_id = ANY (records)
          AND p.status = CASE p.kind WHEN 'payment' THEN 'paid' ELSE 'refunded' END
          AND (a.fee_minor IS NOT NULL OR a.status IN ('cancelled', 'no_show', 'left'))) money
    GROUP BY currency HAVING sum(amount) <> 0)
$$;
--> statement-breakpoint
-- Nobody is erased who is still expected, or with whom the clinic is not even; and nobody in part.
CREATE FUNCTION check_erasable(patient patients) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE records uuid[] := records_of_person(patient.clinic_id, patient.id);
BEGIN
  IF patient.merged_into_id IS NOT NULL THEN
    IF EXISTS (SELECT FROM patients p WHERE p.clinic_id = patient.clinic_id AND p.id = patient.merged_into_id
               AND p.erased_at IS NULL) THEN
      RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'patients_erase_whole',
        MESSAGE = 'a person is erased with all records';
    END IF;
    RETURN;
  END IF;
  IF EXISTS (SELECT FROM appointments a WHERE a.clinic_id = patient.clinic_id AND a.patient_id = ANY (records)
             AND a.status IN ('held', 'pending', 'scheduled', 'arrived', 'ready', 'in_room')
             AND a.ends_at > done_at() - interval '1 day') THEN
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'patients_erase_upcoming',
      MESSAGE = 'an appointment is still to come';
  END IF;
  IF owes_money(patient.clinic_id, records) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'patients_erase_money', MESSAGE = 'money is open';
  END IF;
END $$;
--> statement-breakpoint
-- What may happen to a patient's record.
CREATE FUNCTION check_patient() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL THEN
    IF to_jsonb(NEW) - 'rev' - 'updated_at' = to_jsonb(OLD) - 'rev' - 'updated_at' THEN RETURN NEW; END IF;
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'patients_erased', MESSAGE = 'the person was erased';
  END IF;
  IF NEW.merged_into_id IS NOT NULL AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id
     AND NOT EXISTS (SELECT FROM patient_merges m WHERE m.clinic_id = NEW.clinic_id AND m.kept_id = NEW.merged_into_id
                     AND m.merged_id = NEW.id AND m.undone_at IS NULL) THEN
    PERFORM refuse_merge('patients_merged_by_merge', 'a record is merged by a merge');
  END IF;
  IF NEW.erased_at IS NULL THEN
    IF NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL AND EXISTS (SELECT FROM patient_merges m
        WHERE m.clinic_id = NEW.clinic_id AND m.kept_id = NEW.id AND m.undone_at IS NULL) THEN
      PERFORM refuse_merge('patients_kept', 'others were merged into this record');
    END IF;
    RETURN NEW;
  END IF;
  PERFORM check_erasable(NEW);
  NEW := jsonb_populate_record(NEW, without_identity('patients', to_jsonb(NEW)));
  NEW.deleted_at := coalesce(NEW.deleted_at, NEW.erased_at);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_patient BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION check_patient();
--> statement-breakpoint
-- A person's merged records go with the kept one, an owner's animals with the owner, and the account with the patient.
CREATE FUNCTION erase_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE patients p SET erased_at = NEW.erased_at
    WHERE p.clinic_id = NEW.clinic_id AND p.erased_at IS NULL AND (p.merged_into_id = NEW.id OR p.owner_id = NEW.id);
  PERFORM erase_traces(NEW.clinic_id, NEW.id);
  UPDATE users u SET email = 'erased-' || u.id || '@erased.invalid', username = NULL, display_name = 'Erased',
      deleted_at = coalesce(u.deleted_at, NEW.erased_at)
    WHERE u.clinic_id = NEW.clinic_id AND u.id = NEW.user_id AND u.role = 'patient';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER erase_person AFTER UPDATE OF erased_at ON patients
  FOR EACH ROW WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL) EXECUTE FUNCTION erase_person();
--> statement-breakpoint
-- Nothing new is written about somebody who was erased.
CREATE FUNCTION refuse_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM patients p WHERE p.clinic_id = NEW.clinic_id AND p.id = NEW.patient_id
             AND p.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'patients_erased', MESSAGE = 'the person was erased';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['appointments', 'appointment_series', 'waiting_list_entries', 'recalls', 'call_attempts',
                           'patient_consents', 'messages', 'reviews', 'scheduled_discharge_calls'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_erased BEFORE INSERT ON %I
                    FOR EACH ROW EXECUTE FUNCTION refuse_erased()', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- A change that comes late, from a desk that did not know, is kept without what it says of the person.
CREATE FUNCTION keep_without_identity() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF jsonb_typeof(NEW.rows) = 'array' THEN
    SELECT jsonb_agg(CASE WHEN belongs_to_erased(NEW.clinic_id, r->>'table', (r->>'id')::uuid, r->'insert')
        THEN change_row_without_identity(r) ELSE r END ORDER BY place) INTO NEW.rows
      FROM jsonb_array_elements(NEW.rows) WITH ORDINALITY AS each (r, place);
    NEW.refusal := refusal_without_identity(NEW.refusal);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_without_identity BEFORE INSERT ON changes
  FOR EACH ROW WHEN (NEW.refusal->>'constraint' LIKE 'patients\_erased' OR NEW.refusal->'theirs'->>'erased_at' IS NOT NULL)
  EXECUTE FUNCTION keep_without_identity();
--> statement-breakpoint
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname IN ('person_of', 'refuse_merge', 'check_patient_merge', 'point_at_kept', 'end_merge',
        'without_identity', 'change_row_without_identity', 'refusal_without_identity', 'belongs_to_erased',
        'erase_history', 'erase_traces', 'records_of_person', 'owes_money', 'check_erasable', 'check_patient', 'erase_person', 'refuse_erased', 'keep_without_identity') LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
