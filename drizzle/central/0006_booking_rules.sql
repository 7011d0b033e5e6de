-- What a live appointment may name as its slot. Who names none is not asked: imports, and overbooks outside the hours.

CREATE FUNCTION check_slot() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
     AND (NOT slot.is_available OR slot.deleted_at IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA007', CONSTRAINT = 'appointments_slot_open',
      MESSAGE = 'the slot is blocked or closed';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_slot BEFORE INSERT OR UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION check_slot();
--> statement-breakpoint
REVOKE ALL ON FUNCTION check_slot() FROM PUBLIC;
