-- Working hours and the slots made from them.

-- Minutes after midnight of a wall-clock time `HH:MM`; `24:00` closes the day.
CREATE FUNCTION local_minutes(local text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT substr(local, 1, 2)::integer * 60 + substr(local, 4, 2)::integer
$$;
--> statement-breakpoint
ALTER TABLE schedule_templates ADD CONSTRAINT schedule_templates_clock CHECK (
  starts_local ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' AND ends_local ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$');
--> statement-breakpoint
ALTER TABLE schedule_templates ADD CONSTRAINT schedule_templates_validity CHECK (
  valid_until IS NULL OR valid_until >= valid_from);
--> statement-breakpoint
-- A doctor cannot be at two places at once, whichever desks planned it.
ALTER TABLE schedule_templates ADD CONSTRAINT schedule_templates_no_overlap
  EXCLUDE USING gist (clinic_id WITH =, doctor_id WITH =, weekday WITH =,
    daterange(valid_from, valid_until, '[]') WITH &&,
    int4range(local_minutes(starts_local), local_minutes(ends_local)) WITH &&)
  WHERE (deleted_at IS NULL);
--> statement-breakpoint
-- A holiday is nobody's own, leave is somebody's, an opening is somewhere, and a block is for a doctor or a place.
ALTER TABLE schedule_exceptions ADD CONSTRAINT schedule_exceptions_of CHECK (CASE kind
  WHEN 'holiday' THEN doctor_id IS NULL
  WHEN 'leave' THEN doctor_id IS NOT NULL
  WHEN 'opening' THEN location_id IS NOT NULL
  ELSE doctor_id IS NOT NULL OR location_id IS NOT NULL END);
--> statement-breakpoint
ALTER TABLE schedule_exceptions ADD CONSTRAINT schedule_exceptions_length CHECK (
  ends_at - starts_at <= interval '1100 days');
--> statement-breakpoint

-- Every desk makes the slots, and all by the same rules: when two delete the same one the first stands, and nobody is
-- asked. What they make of different rules meets in the next making, which knows both.
UPDATE replicated_tables SET first_wins = '{deleted_at,location_id}' WHERE name = 'doctor_time_slots';
--> statement-breakpoint
-- A desk that did not know of a booking may close its slot: the slot stays until the appointment has gone.
CREATE FUNCTION keep_booked_slot() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM appointments a WHERE a.clinic_id = NEW.clinic_id AND a.slot_id = NEW.id
             AND a.status NOT IN ('cancelled', 'no_show', 'left')) THEN
    NEW.deleted_at := OLD.deleted_at;
    NEW.is_available := OLD.is_available;
    NEW.location_id := OLD.location_id;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_booked_slot BEFORE UPDATE ON doctor_time_slots FOR EACH ROW
  WHEN (OLD.deleted_at IS NULL AND (NEW.deleted_at IS NOT NULL OR OLD.is_available > NEW.is_available
    OR NEW.location_id IS DISTINCT FROM OLD.location_id))
  EXECUTE FUNCTION keep_booked_slot();
--> statement-breakpoint
-- Slots follow from the rules, whose changes are audited; each slot of a year as a line of its own would bury what
-- people did. The change itself is kept whole in `changes`, as every other.
CREATE FUNCTION skip_made_slots() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER skip_made_slots BEFORE INSERT ON audit_log FOR EACH ROW
  WHEN (NEW.action = 'makeSlots' AND NEW.table_name = 'doctor_time_slots')
  EXECUTE FUNCTION skip_made_slots();
--> statement-breakpoint
REVOKE ALL ON FUNCTION local_minutes(text), keep_booked_slot(), skip_made_slots() FROM PUBLIC;
