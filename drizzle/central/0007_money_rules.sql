-- Receipts, refunds, voids and the cash-up; and prescriptions, which stay as they were issued.
-- What is summed, numbered or closed here must stand still meanwhile: each function first takes the clinic's commit
-- number, whose row lock makes the clinic's writes serial.

-- Where the money of an appointment is taken: there, else at its doctor's home, else at the clinic's first location.
CREATE FUNCTION payment_location(clinic uuid, appointment uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT coalesce(a.location_id, d.location_id)
     FROM appointments a JOIN doctors d ON d.clinic_id = a.clinic_id AND d.id = a.doctor_id
     WHERE a.clinic_id = clinic AND a.id = appointment),
    (SELECT l.id FROM clinic_locations l WHERE l.clinic_id = clinic ORDER BY l.created_at, l.id LIMIT 1))
$$;
--> statement-breakpoint
-- The calendar day of an instant at a location.
CREATE FUNCTION local_day(clinic uuid, location uuid, at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (at AT TIME ZONE coalesce(
    (SELECT l.timezone FROM clinic_locations l WHERE l.clinic_id = clinic AND l.id = location), 'UTC'))::date
$$;
--> statement-breakpoint
-- When what is being written was done, by the desk's clock.
CREATE FUNCTION done_at() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(nullif(current_setting('anteroom.done_at', true), '')::timestamptz, now())
$$;
--> statement-breakpoint

-- Payments from before receipts were numbered: numbered in the order in which they were made. The stamp of a row stays
-- on, so that desks read them again.
ALTER TABLE payments DISABLE TRIGGER check_payment_final;
--> statement-breakpoint
UPDATE payments SET location_id = payment_location(clinic_id, appointment_id) WHERE location_id IS NULL;
--> statement-breakpoint
UPDATE payments SET business_day = local_day(clinic_id, location_id, coalesce(paid_at, created_at))
  WHERE business_day IS NULL AND status IN ('paid', 'refunded');
--> statement-breakpoint
UPDATE payments p SET receipt_number = n.number
  FROM (SELECT clinic_id, id,
          row_number() OVER (PARTITION BY clinic_id, location_id ORDER BY coalesce(paid_at, created_at), id) AS number
        FROM payments WHERE status IN ('paid', 'refunded') AND location_id IS NOT NULL) n
  WHERE p.clinic_id = n.clinic_id AND p.id = n.id;
--> statement-breakpoint
INSERT INTO receipt_counters (clinic_id, location_id, last_number)
  SELECT clinic_id, location_id, max(receipt_number) FROM payments
  WHERE receipt_number IS NOT NULL GROUP BY clinic_id, location_id;
--> statement-breakpoint
ALTER TABLE payments ENABLE TRIGGER check_payment_final;
--> statement-breakpoint

CREATE OR REPLACE FUNCTION check_payment_final() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status = 'pending'
     AND (NEW.amount_cents, NEW.currency, NEW.appointment_id, NEW.method, NEW.kind, NEW.refunds_payment_id)
      IS NOT DISTINCT FROM
         (OLD.amount_cents, OLD.currency, OLD.appointment_id, OLD.method, OLD.kind, OLD.refunds_payment_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'payments_final', MESSAGE = 'a payment is never edited';
END $$;
--> statement-breakpoint

-- The day that a payment belongs to: that of paying, by the location's clock; or a later one, up to the day after
-- today, where that day is cashed up. Never a day that is.
CREATE FUNCTION check_business_day(payment payments) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  paid date := local_day(payment.clinic_id, payment.location_id, coalesce(payment.paid_at, done_at()));
  today date := local_day(payment.clinic_id, payment.location_id, done_at());
  closed date[] := ARRAY(SELECT c.business_day FROM cash_ups c
    WHERE c.clinic_id = payment.clinic_id AND c.location_id = payment.location_id AND c.currency = payment.currency
      AND c.business_day IN (paid, payment.business_day));
BEGIN
  IF payment.business_day = ANY (closed) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA072', CONSTRAINT = 'payments_day_closed',
      MESSAGE = format('%s is cashed up', payment.business_day);
  END IF;
  IF payment.business_day <> paid AND NOT (payment.business_day > paid AND paid = ANY (closed)
     AND payment.business_day <= greatest(paid, today) + 1) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA074', CONSTRAINT = 'payments_business_day',
      MESSAGE = format('what was paid on %s does not belong to %s', paid, payment.business_day);
  END IF;
END $$;
--> statement-breakpoint
-- A refund or void names a payment of the same appointment and currency and gives back no more than is left of it; a
-- void takes back the whole, out of the same drawer and on the same day.
CREATE FUNCTION check_given_back(back payments) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first payments;
  before bigint;
BEGIN
  SELECT * INTO first FROM payments p WHERE p.clinic_id = back.clinic_id AND p.id = back.refunds_payment_id;
  IF first.kind IS DISTINCT FROM 'payment' OR first.status <> 'paid' OR back.status <> 'refunded'
     OR back.amount_cents = 0
     OR (back.appointment_id, back.currency) IS DISTINCT FROM (first.appointment_id, first.currency) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA071', CONSTRAINT = 'payments_names_payment',
      MESSAGE = 'a refund or void names a payment of the same appointment and currency';
  END IF;
  SELECT coalesce(sum(p.amount_cents), 0) INTO before FROM payments p
    WHERE p.clinic_id = back.clinic_id AND p.appointment_id = back.appointment_id
      AND p.refunds_payment_id = first.id AND p.status = 'refunded' AND p.id <> back.id;
  IF before + back.amount_cents > first.amount_cents THEN
    RAISE EXCEPTION USING ERRCODE = 'PA071', CONSTRAINT = 'payments_more_than_left',
      MESSAGE = format('%s are left of this payment', first.amount_cents - before);
  END IF;
  IF back.kind = 'void' AND (back.amount_cents, back.business_day, back.location_id, back.method)
     IS DISTINCT FROM (first.amount_cents, first.business_day, first.location_id, first.method) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA071', CONSTRAINT = 'payments_void_whole',
      MESSAGE = 'a void takes back a whole payment on its own day';
  END IF;
END $$;
--> statement-breakpoint
-- Money that has moved: its place and day, and the next number of that location. A change that is refused gives its
-- number back with everything else, so that none is missing.
CREATE FUNCTION settle_payment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status NOT IN ('paid', 'refunded') OR (TG_OP = 'UPDATE' AND OLD.status IN ('paid', 'refunded')) THEN
    RETURN NEW;
  END IF;
  PERFORM take_rev(NEW.clinic_id);
  NEW.location_id := coalesce(NEW.location_id, payment_location(NEW.clinic_id, NEW.appointment_id));
  NEW.business_day := coalesce(NEW.business_day,
    local_day(NEW.clinic_id, NEW.location_id, coalesce(NEW.paid_at, done_at())));
  IF NEW.kind <> 'payment' THEN
    PERFORM check_given_back(NEW);
  END IF;
  PERFORM check_business_day(NEW);
  IF NEW.location_id IS NOT NULL THEN
    INSERT INTO receipt_counters AS c (clinic_id, location_id, last_number)
      VALUES (NEW.clinic_id, NEW.location_id, 1)
      ON CONFLICT (clinic_id, location_id) DO UPDATE SET last_number = c.last_number + 1
      RETURNING c.last_number INTO NEW.receipt_number;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER settle_payment BEFORE INSERT OR UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION settle_payment();
--> statement-breakpoint

-- A day is closed once, when it has begun, with what central has for it; what was counted differently has a note.
CREATE FUNCTION check_cash_up() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wrong text;
BEGIN
  PERFORM take_rev(NEW.clinic_id);
  IF EXISTS (SELECT FROM cash_ups c WHERE (c.clinic_id, c.location_id, c.business_day, c.currency)
             = (NEW.clinic_id, NEW.location_id, NEW.business_day, NEW.currency)) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA072', CONSTRAINT = 'cash_ups_one_per_day',
      MESSAGE = format('%s is cashed up', NEW.business_day);
  END IF;
  IF NEW.business_day > local_day(NEW.clinic_id, NEW.location_id, done_at()) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA074', CONSTRAINT = 'cash_ups_day_begun', MESSAGE = 'the day has not begun';
  END IF;
  SELECT coalesce(l.method, '?') INTO wrong
    FROM jsonb_to_recordset(NEW.lines) AS l (method text, expected bigint, counted bigint)
    GROUP BY l.method
    HAVING count(*) > 1 OR l.method IS NULL OR bool_or(l.expected IS NULL OR l.counted IS NULL) LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA073', CONSTRAINT = 'cash_ups_lines',
      MESSAGE = format('one line for each method, each with what was expected and counted: %s', wrong);
  END IF;
  SELECT method INTO wrong
    FROM (SELECT p.method, sum(CASE p.kind WHEN 'payment' THEN p.amount_cents ELSE -p.amount_cents END) AS expected
          FROM payments p
          WHERE p.clinic_id = NEW.clinic_id AND p.location_id = NEW.location_id
            AND p.business_day = NEW.business_day AND p.currency = NEW.currency
            AND p.status = CASE p.kind WHEN 'payment' THEN 'paid' ELSE 'refunded' END
          GROUP BY p.method) here
    FULL JOIN jsonb_to_recordset(NEW.lines) AS l (method text, expected bigint) USING (method)
    WHERE coalesce(here.expected, 0) <> coalesce(l.expected, 0) LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'PA073', CONSTRAINT = 'cash_ups_expected',
      MESSAGE = format('another amount is expected: %s', wrong);
  END IF;
  IF coalesce(trim(NEW.note), '') = '' AND EXISTS (
      SELECT FROM jsonb_to_recordset(NEW.lines) AS l (expected bigint, counted bigint) WHERE expected <> counted) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA073', CONSTRAINT = 'cash_ups_note', MESSAGE = 'a difference needs a note';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_cash_up BEFORE INSERT ON cash_ups FOR EACH ROW EXECUTE FUNCTION check_cash_up();
--> statement-breakpoint

-- An issued prescription says for ever what it said; only whose record it is in may follow a merge. A wrong one is
-- replaced by one new one of the same appointment.
CREATE FUNCTION check_prescription() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = 'issued' THEN
    IF (to_jsonb(NEW) - '{patient_id,rev,updated_at}'::text[]) <> (to_jsonb(OLD) - '{patient_id,rev,updated_at}'::text[]) THEN
      RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'prescriptions_final',
        MESSAGE = 'an issued prescription is never edited';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.replaces_id IS NOT NULL THEN
    PERFORM take_rev(NEW.clinic_id);
    IF NOT EXISTS (SELECT FROM prescriptions p WHERE p.clinic_id = NEW.clinic_id AND p.id = NEW.replaces_id
                   AND p.appointment_id = NEW.appointment_id AND p.status = 'issued') THEN
      RAISE EXCEPTION USING ERRCODE = 'PA075', CONSTRAINT = 'prescriptions_replaces',
        MESSAGE = 'a prescription replaces an issued one of the same appointment';
    END IF;
    IF NEW.status = 'issued' AND EXISTS (SELECT FROM prescriptions p WHERE p.clinic_id = NEW.clinic_id
        AND p.replaces_id = NEW.replaces_id AND p.status = 'issued' AND p.id <> NEW.id) THEN
      RAISE EXCEPTION USING ERRCODE = 'PA075', CONSTRAINT = 'prescriptions_replaced_once',
        MESSAGE = 'it was replaced by another one';
    END IF;
  END IF;
  IF NEW.status = 'issued' AND trim(NEW.instructions) = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'PA075', CONSTRAINT = 'prescriptions_not_empty',
      MESSAGE = 'an empty prescription is not issued';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_prescription BEFORE INSERT OR UPDATE ON prescriptions
  FOR EACH ROW EXECUTE FUNCTION check_prescription();
--> statement-breakpoint
REVOKE ALL ON FUNCTION payment_location(uuid, uuid), local_day(uuid, uuid, timestamptz), done_at(),
  check_business_day(payments), check_given_back(payments), settle_payment(), check_cash_up(), check_prescription()
  FROM PUBLIC;
