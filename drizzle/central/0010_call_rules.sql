-- Call lists and check-in by the patient.

-- Two desks that settle a recall apart have settled it: the first one stands, and nobody is asked.
UPDATE replicated_tables SET first_wins = '{status}' WHERE name = 'recalls';
--> statement-breakpoint

-- A try is of a call that there is. Reached settles it; any other outcome is due again, later or, for a try that is
-- taken back, at its own instant.
CREATE FUNCTION check_call_attempt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE known boolean;
BEGIN
  known := CASE NEW.list
    WHEN 'confirmation' THEN EXISTS (SELECT FROM appointments WHERE clinic_id = NEW.clinic_id AND id = NEW.subject_id)
    WHEN 'recall' THEN EXISTS (SELECT FROM recalls WHERE clinic_id = NEW.clinic_id AND id = NEW.subject_id)
    WHEN 'discharge' THEN
      EXISTS (SELECT FROM scheduled_discharge_calls WHERE clinic_id = NEW.clinic_id AND id = NEW.subject_id)
  END;
  IF NOT known THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'call_attempts_subject',
      MESSAGE = 'a call is about an appointment, a recall or a discharge call that there is';
  END IF;
  IF (NEW.outcome = 'reached') <> (NEW.next_try_at IS NULL) OR NEW.next_try_at < NEW.called_at THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'call_attempts_next_try',
      MESSAGE = 'who was reached is not called again, and everybody else is, later';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_call_attempt BEFORE INSERT ON call_attempts
  FOR EACH ROW EXECUTE FUNCTION check_call_attempt();
--> statement-breakpoint
REVOKE ALL ON FUNCTION check_call_attempt() FROM PUBLIC;
