-- Accounts of the staff: who gives and takes access, codes that work once, and what holds whoever writes.

-- Codes. Of one kind an account has one that still works; what was used or replaced stays so.
ALTER TABLE users_tokens
  ADD CONSTRAINT users_tokens_context CHECK (context IN ('confirm', 'invite', 'reset_password') OR context LIKE 'change:%'),
  ADD CONSTRAINT users_tokens_hashed CHECK (octet_length(token) = 32),
  ADD CONSTRAINT users_tokens_expires CHECK (expires_at IS NOT NULL AND expires_at <= created_at + interval '7 days');
--> statement-breakpoint
CREATE UNIQUE INDEX users_tokens_one_unused ON users_tokens (clinic_id, user_id, context) WHERE used_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION end_earlier_codes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE users_tokens SET used_at = clock_timestamp()
    WHERE clinic_id = NEW.clinic_id AND user_id = NEW.user_id AND context = NEW.context AND used_at IS NULL;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER end_earlier_codes BEFORE INSERT ON users_tokens
  FOR EACH ROW EXECUTE FUNCTION end_earlier_codes();
--> statement-breakpoint
CREATE FUNCTION check_code_final() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.used_at IS NULL AND NEW.used_at IS NOT NULL
     AND (NEW.clinic_id, NEW.id, NEW.user_id, NEW.token, NEW.context, NEW.expires_at)
       = (OLD.clinic_id, OLD.id, OLD.user_id, OLD.token, OLD.context, OLD.expires_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'users_tokens_final', MESSAGE = 'a code is used once and never changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER check_code_final BEFORE UPDATE ON users_tokens FOR EACH ROW EXECUTE FUNCTION check_code_final();
--> statement-breakpoint

-- Keys. An empty box is that of an account whose access was ended: no password opens it.
ALTER TABLE staff_keys
  ADD CONSTRAINT staff_keys_sealed CHECK (sealed = '' OR (left(sealed, 1) = '{' AND length(sealed) <= 16384));
--> statement-breakpoint
ALTER TABLE signing_keys ADD CONSTRAINT signing_keys_length CHECK (octet_length(key) = 32);
--> statement-breakpoint
CREATE UNIQUE INDEX signing_keys_one_live ON signing_keys (clinic_id, user_id) WHERE ended_at IS NULL;
--> statement-breakpoint

-- Whether somebody can manage the clinic who is not this account.
CREATE FUNCTION other_administrator(clinic uuid, account uuid) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM users u JOIN staff_keys k ON k.clinic_id = u.clinic_id AND k.id = u.id AND k.sealed <> ''
    WHERE u.clinic_id = clinic AND u.id <> account AND u.role = 'admin' AND u.deleted_at IS NULL)
$$;
--> statement-breakpoint
-- Without an administrator the clinic would stand open again to whoever sits at a desk. The clinic's lock is taken first,
-- so that two who demote each other at once do not both find the other one.
CREATE FUNCTION refuse_last_administrator(clinic uuid, account uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM heads WHERE clinic_id = clinic FOR UPDATE;
  IF NOT other_administrator(clinic, account) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'users_last_administrator',
      MESSAGE = 'the last administrator stays one';
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION check_account() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.role = 'admin' AND OLD.deleted_at IS NULL AND (NEW.role <> 'admin' OR NEW.deleted_at IS NOT NULL)
     AND EXISTS (SELECT FROM staff_keys k WHERE k.clinic_id = OLD.clinic_id AND k.id = OLD.id AND k.sealed <> '') THEN
    PERFORM refuse_last_administrator(OLD.clinic_id, OLD.id);
  END IF;
  IF (NEW.role, NEW.hashed_password) <> (OLD.role, OLD.hashed_password)
     AND EXISTS (SELECT FROM desks d WHERE d.clinic_id = OLD.clinic_id AND d.user_id = OLD.id) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'users_desk_account',
      MESSAGE = 'nobody signs in with the account of a desk';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_account BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION check_account();
--> statement-breakpoint
-- Whoever is deactivated, by whatever hand, has no session, key or code left.
CREATE FUNCTION end_access() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE at timestamptz := clock_timestamp();
BEGIN
  UPDATE user_sessions SET ended_at = at, ended_by = signed_in_user()
    WHERE clinic_id = NEW.clinic_id AND user_id = NEW.id AND ended_at IS NULL;
  UPDATE signing_keys SET ended_at = at
    WHERE clinic_id = NEW.clinic_id AND user_id = NEW.id AND ended_at IS NULL;
  UPDATE users_tokens SET used_at = at
    WHERE clinic_id = NEW.clinic_id AND user_id = NEW.id AND used_at IS NULL;
  UPDATE staff_keys SET sealed = '', second_factor_at = NULL
    WHERE clinic_id = NEW.clinic_id AND id = NEW.id AND sealed <> '';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER end_access AFTER UPDATE OF deleted_at ON users
  FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION end_access();
--> statement-breakpoint
-- Only the staff has keys, and the last administrator's are neither emptied nor deleted.
CREATE FUNCTION check_staff_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT is_staff(NEW.clinic_id, NEW.id) THEN
      RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'staff_keys_of_staff', MESSAGE = 'only the staff has keys';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.sealed <> '' THEN
    RETURN NEW;
  END IF;
  IF OLD.sealed <> '' AND EXISTS (
      SELECT FROM users u WHERE u.clinic_id = OLD.clinic_id AND u.id = OLD.id AND u.role = 'admin' AND u.deleted_at IS NULL) THEN
    PERFORM refuse_last_administrator(OLD.clinic_id, OLD.id);
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
-- Whether an account is of a person who signs in at desks: not deactivated, and no desk's own.
CREATE FUNCTION is_staff(clinic uuid, account uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM users u
    WHERE u.clinic_id = clinic AND u.id = account AND u.role IN ('receptionist', 'doctor', 'admin')
      AND u.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM desks d WHERE d.clinic_id = clinic AND d.user_id = account))
$$;
--> statement-breakpoint
CREATE TRIGGER check_staff_key BEFORE INSERT OR UPDATE OR DELETE ON staff_keys
  FOR EACH ROW EXECUTE FUNCTION check_staff_key();
--> statement-breakpoint

-- A right password, at whatever desk, ends the count of wrong ones before it. A PIN proves none.
CREATE FUNCTION after_sign_in() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE at timestamptz := least(NEW.started_at, clock_timestamp());
BEGIN
  UPDATE users SET last_login_at = at
    WHERE clinic_id = NEW.clinic_id AND id = NEW.user_id AND (last_login_at IS NULL OR last_login_at < at);
  IF NEW.method = 'password' THEN
    UPDATE staff_keys SET misses = 0, last_miss_at = NULL, locked_until = NULL
      WHERE clinic_id = NEW.clinic_id AND id = NEW.user_id AND misses > 0 AND last_miss_at <= at;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER after_sign_in AFTER INSERT ON user_sessions FOR EACH ROW EXECUTE FUNCTION after_sign_in();
--> statement-breakpoint
-- Counts a wrong password of an account, at whatever desk it was typed, `at` by that desk's clock. The tenth, each no more
-- than 15 minutes after the one before, locks the account for 15 minutes; each further one for twice as long, up to a day.
-- What is typed while it is locked does not count, so that nobody is locked out for a day within a minute.
CREATE FUNCTION count_miss(clinic uuid, account uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  free_misses CONSTANT integer := 10;
  held staff_keys;
  missed timestamptz := least(at, clock_timestamp());
  counted integer;
BEGIN
  SELECT * INTO held FROM staff_keys WHERE clinic_id = clinic AND id = account FOR UPDATE;
  IF NOT FOUND OR held.sealed = '' OR missed < held.locked_until
     OR missed <= (SELECT last_login_at FROM users WHERE clinic_id = clinic AND id = account) THEN
    RETURN;
  END IF;
  counted := 1 + CASE WHEN held.misses >= free_misses OR missed <= held.last_miss_at + interval '15 minutes'
                      THEN held.misses ELSE 0 END;
  UPDATE staff_keys SET misses = counted, last_miss_at = greatest(last_miss_at, missed),
      locked_until = CASE WHEN counted >= free_misses
        THEN missed + least(interval '15 minutes' * 2 ^ least(counted - free_misses, 10), interval '24 hours') END
    WHERE clinic_id = clinic AND id = account;
END $$;
--> statement-breakpoint

-- The desk that asks, and the clinic's lock: one after the other, like pushes.
CREATE FUNCTION asking_desk() RETURNS desks LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE desk desks;
BEGIN
  SELECT * INTO desk FROM desks d WHERE d.role = session_user AND d.disabled_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'this role is no desk';
  END IF;
  PERFORM FROM heads h WHERE h.clinic_id = desk.clinic_id FOR UPDATE;
  RETURN desk;
END $$;
--> statement-breakpoint
CREATE FUNCTION answer_error(code text, details jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('error', code, 'details', details)
$$;
--> statement-breakpoint
-- Why a statement on accounts was refused, by the name of the rule; the fault itself where the rule is none of these.
CREATE FUNCTION answer_rule(rule text, message text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE rule
    WHEN 'users_email_index' THEN answer_error('account_in_use', '{"what": "email"}')
    WHEN 'users_username_index' THEN answer_error('account_in_use', '{"what": "username"}')
    WHEN 'doctors_user_id_index' THEN answer_error('doctor_linked')
    WHEN 'users_last_administrator' THEN answer_error('last_administrator')
    ELSE answer_error('invalid_input', jsonb_build_object('fields', jsonb_build_array(), 'rule', rule, 'message', message))
  END;
END $$;
--> statement-breakpoint
-- What an account is, as the audit tells it: no secret.
CREATE FUNCTION account_facts(clinic uuid, account uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object('display_name', u.display_name, 'email', u.email, 'username', u.username, 'role', u.role,
    'deleted_at', u.deleted_at, 'doctor_id', (SELECT d.id FROM doctors d WHERE d.clinic_id = clinic AND d.user_id = u.id))
  FROM users u WHERE u.clinic_id = clinic AND u.id = account
$$;
--> statement-breakpoint
-- Who asks is read from the connection, since an administrator who has just deactivated herself is signed in no more.
CREATE FUNCTION note_account(desk desks, action text, account uuid, before jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO audit_log (clinic_id, desk_id, actor, session_id, action, table_name, row_id, before, after, done_at)
  SELECT desk.clinic_id, desk.id, b.user_id, b.session_id, action, 'users', account, before,
    account_facts(desk.clinic_id, account), clock_timestamp()
  FROM (SELECT) one LEFT JOIN backend_sessions b ON b.pid = pg_backend_pid() AND b.backend_start = this_backend_start()
$$;
--> statement-breakpoint
-- Whether whoever asks may manage accounts. In an open clinic nobody may: its first account is an administrator's.
CREATE FUNCTION manages_staff(clinic uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN NOT clinic_is_open(clinic) AND signed_in_user() IS NOT NULL AND signed_in_right('staff.manage');
END $$;
--> statement-breakpoint
-- Gives an account its password, box and signing key (`hashed_password`, `sealed`, `signing_key` of `args`). Whatever
-- opened it before, ends.
CREATE FUNCTION give_keys(clinic uuid, account uuid, args jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE at timestamptz := clock_timestamp();
BEGIN
  IF NOT coalesce(args->>'hashed_password' ~ '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$', false)
     OR coalesce(args->>'sealed', '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'a password comes as its Argon2id hash, with a box';
  END IF;
  UPDATE users SET hashed_password = args->>'hashed_password', confirmed_at = coalesce(confirmed_at, at)
    WHERE clinic_id = clinic AND id = account;
  UPDATE user_sessions SET ended_at = at, ended_by = account
    WHERE clinic_id = clinic AND user_id = account AND ended_at IS NULL;
  UPDATE users_tokens SET used_at = at WHERE clinic_id = clinic AND user_id = account AND used_at IS NULL;
  UPDATE signing_keys SET ended_at = at WHERE clinic_id = clinic AND user_id = account AND ended_at IS NULL;
  INSERT INTO signing_keys (clinic_id, id, user_id, key)
    VALUES (clinic, gen_random_uuid(), account, decode(args->>'signing_key', 'hex'));
  INSERT INTO staff_keys (clinic_id, id, sealed) VALUES (clinic, account, args->>'sealed')
    ON CONFLICT (clinic_id, id) DO UPDATE SET sealed = excluded.sealed, second_factor_at = NULL,
      misses = 0, last_miss_at = NULL, locked_until = NULL;
END $$;
--> statement-breakpoint
-- A code for an account, by its SHA-256: of an invitation while it has no password, and else for a new one.
CREATE FUNCTION make_code(clinic uuid, account uuid, hash bytea) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  purpose text := CASE WHEN EXISTS (SELECT FROM staff_keys k
    WHERE k.clinic_id = clinic AND k.id = account AND k.sealed <> '') THEN 'reset_password' ELSE 'invite' END;
  at timestamptz := date_trunc('milliseconds', clock_timestamp());
  expires timestamptz := at + CASE purpose WHEN 'invite' THEN interval '7 days' ELSE interval '1 hour' END;
  named users;
BEGIN
  SELECT * INTO STRICT named FROM users u WHERE u.clinic_id = clinic AND u.id = account;
  INSERT INTO users_tokens (clinic_id, id, user_id, token, context, sent_to, expires_at, created_at)
    VALUES (clinic, gen_random_uuid(), account, hash, purpose, named.email, expires, at);
  RETURN jsonb_build_object('user_id', account, 'name', named.display_name, 'email', named.email, 'role', named.role,
    'purpose', purpose, 'expires_at', to_char(expires AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
END $$;
--> statement-breakpoint
-- Makes an account of this doctor (null: of none).
CREATE FUNCTION link_doctor(clinic uuid, account uuid, doctor uuid) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM doctors d WHERE d.clinic_id = clinic AND d.id = doctor AND d.user_id <> account) THEN
    RETURN false;
  END IF;
  UPDATE doctors SET user_id = NULL WHERE clinic_id = clinic AND user_id = account AND id IS DISTINCT FROM doctor;
  UPDATE doctors SET user_id = account WHERE clinic_id = clinic AND id = doctor AND user_id IS NULL;
  RETURN true;
END $$;
--> statement-breakpoint

-- What follows is called by desks. See contract/central.ts.

-- {user_id, name, email, hashed_password, sealed, signing_key}: makes the first administrator, by which the clinic is
-- closed to whoever has not signed in.
CREATE FUNCTION first_administrator(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := (args->>'user_id')::uuid;
  rule text;
  message text;
BEGIN
  IF NOT clinic_is_open(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "clinic.manage"}');
  END IF;
  INSERT INTO users (clinic_id, id, email, display_name, hashed_password, role)
    VALUES (desk.clinic_id, account, args->>'email', args->>'name', '!', 'admin');
  PERFORM give_keys(desk.clinic_id, account, args);
  PERFORM note_account(desk, 'firstAdministrator', account, NULL);
  RETURN jsonb_build_object('ok', jsonb_build_object('user_id', account));
EXCEPTION WHEN integrity_constraint_violation THEN
  GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME, message = MESSAGE_TEXT;
  RETURN answer_rule(rule, message);
END $$;
--> statement-breakpoint
-- {token, user: {id, name, email, username, role, doctor_id}} makes an account and its first code; {token, user_id} makes
-- a code for one that is there. `token` is the SHA-256 of the code in hexadecimal: the code itself never comes here before
-- it is used.
CREATE FUNCTION issue_code(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  made jsonb := args->'user';
  account uuid := coalesce(made->>'id', args->>'user_id')::uuid;
  rule text;
  message text;
BEGIN
  IF NOT manages_staff(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  IF made IS NOT NULL THEN
    INSERT INTO users (clinic_id, id, email, username, display_name, hashed_password, role)
      VALUES (desk.clinic_id, account, made->>'email', nullif(made->>'username', ''), made->>'name', '!', made->>'role');
    IF NOT link_doctor(desk.clinic_id, account, (made->>'doctor_id')::uuid) THEN
      RAISE unique_violation USING CONSTRAINT = 'doctors_user_id_index';
    END IF;
  END IF;
  IF NOT is_staff(desk.clinic_id, account) THEN
    IF made IS NOT NULL THEN
      RAISE check_violation USING CONSTRAINT = 'users_staff_role', MESSAGE = 'the staff are receptionists, doctors and administrators';
    END IF;
    RETURN answer_error('not_found', '{"what": "user"}');
  END IF;
  PERFORM note_account(desk, CASE WHEN made IS NULL THEN 'reissueCode' ELSE 'inviteStaff' END, account, NULL);
  RETURN jsonb_build_object('ok', make_code(desk.clinic_id, account, decode(args->>'token', 'hex')));
EXCEPTION WHEN integrity_constraint_violation THEN
  GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME, message = MESSAGE_TEXT;
  RETURN answer_rule(rule, message);
END $$;
--> statement-breakpoint
-- The code of this clinic that is typed, locked; or why it is not good. It is compared by its SHA-256, so that whoever
-- reads this table can use none of it.
CREATE FUNCTION find_code(clinic uuid, code text, OUT token users_tokens, OUT fault jsonb)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE reason text;
BEGIN
  SELECT t.* INTO token FROM users_tokens t
    WHERE t.clinic_id = clinic AND t.token = sha256(convert_to(code, 'UTF8')) AND t.context IN ('invite', 'reset_password')
    FOR UPDATE;
  reason := CASE
    WHEN token.id IS NULL THEN 'unknown'
    WHEN token.used_at IS NOT NULL OR NOT is_staff(clinic, token.user_id) THEN 'used'
    WHEN token.expires_at <= clock_timestamp() THEN 'expired' END;
  IF reason IS NOT NULL THEN
    fault := answer_error('code_not_valid', jsonb_build_object('reason', reason));
  END IF;
END $$;
--> statement-breakpoint
-- {code}: whom a code is for. Nobody is signed in.
CREATE FUNCTION read_code(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  code record;
BEGIN
  SELECT * INTO code FROM find_code(desk.clinic_id, args->>'code');
  IF code.fault IS NOT NULL THEN
    RETURN code.fault;
  END IF;
  RETURN (SELECT jsonb_build_object('ok', jsonb_build_object('user_id', u.id, 'name', u.display_name, 'email', u.email,
      'purpose', (code.token).context))
    FROM users u WHERE u.clinic_id = desk.clinic_id AND u.id = (code.token).user_id);
END $$;
--> statement-breakpoint
-- {code, hashed_password, sealed, signing_key}: sets the password of the account that the code was issued for, once.
-- Nobody is signed in.
CREATE FUNCTION redeem_code(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  code record;
  account uuid;
BEGIN
  SELECT * INTO code FROM find_code(desk.clinic_id, args->>'code');
  IF code.fault IS NOT NULL THEN
    RETURN code.fault;
  END IF;
  account := (code.token).user_id;
  PERFORM give_keys(desk.clinic_id, account, args);
  PERFORM note_account(desk, 'redeemCode', account, NULL);
  RETURN jsonb_build_object('ok', jsonb_build_object('user_id', account));
END $$;
--> statement-breakpoint
-- {sealed, hashed_password}: the own password. The other sessions end, since somebody else may have opened them by the old
-- one.
CREATE FUNCTION change_password(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := signed_in_user();
BEGIN
  IF account IS NULL OR NOT is_staff(desk.clinic_id, account) THEN
    RETURN answer_error('not_signed_in');
  END IF;
  IF NOT coalesce(args->>'hashed_password' ~ '^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$', false)
     OR coalesce(args->>'sealed', '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'PA005', MESSAGE = 'a password comes as its Argon2id hash, with a box';
  END IF;
  UPDATE users SET hashed_password = args->>'hashed_password' WHERE clinic_id = desk.clinic_id AND id = account;
  UPDATE staff_keys SET sealed = args->>'sealed' WHERE clinic_id = desk.clinic_id AND id = account;
  UPDATE users_tokens SET used_at = clock_timestamp()
    WHERE clinic_id = desk.clinic_id AND user_id = account AND used_at IS NULL;
  UPDATE user_sessions s SET ended_at = clock_timestamp(), ended_by = account
    WHERE s.clinic_id = desk.clinic_id AND s.user_id = account AND s.ended_at IS NULL
      AND NOT EXISTS (SELECT FROM backend_sessions b WHERE b.pid = pg_backend_pid() AND b.session_id = s.id);
  PERFORM note_account(desk, 'changePassword', account, NULL);
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
-- {user_id, set: {name, email, username, role, doctor_id}}: changes what is given.
CREATE FUNCTION set_staff(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := (args->>'user_id')::uuid;
  given jsonb := coalesce(args->'set', '{}');
  before jsonb;
  rule text;
  message text;
BEGIN
  IF NOT manages_staff(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  IF NOT is_staff(desk.clinic_id, account) THEN
    RETURN answer_error('not_found', '{"what": "user"}');
  END IF;
  before := account_facts(desk.clinic_id, account);
  UPDATE users SET
      display_name = coalesce(given->>'name', display_name),
      email = coalesce(given->>'email', email),
      username = CASE WHEN given ? 'username' THEN nullif(given->>'username', '') ELSE username END,
      role = coalesce(given->>'role', role)
    WHERE clinic_id = desk.clinic_id AND id = account;
  IF NOT is_staff(desk.clinic_id, account) THEN
    RAISE check_violation USING CONSTRAINT = 'users_staff_role', MESSAGE = 'the staff are receptionists, doctors and administrators';
  END IF;
  IF given ? 'doctor_id' AND NOT link_doctor(desk.clinic_id, account, (given->>'doctor_id')::uuid) THEN
    RAISE unique_violation USING CONSTRAINT = 'doctors_user_id_index';
  END IF;
  PERFORM note_account(desk, 'updateStaff', account, before);
  RETURN '{"ok": {}}';
EXCEPTION WHEN integrity_constraint_violation OR SQLSTATE 'PA004' THEN
  GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME, message = MESSAGE_TEXT;
  RETURN answer_rule(rule, message);
END $$;
--> statement-breakpoint
-- {user_id}: ends an account; see the trigger end_access.
CREATE FUNCTION deactivate_staff(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := (args->>'user_id')::uuid;
  before jsonb;
  rule text;
  message text;
BEGIN
  IF NOT manages_staff(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  IF NOT is_staff(desk.clinic_id, account) THEN
    RETURN answer_error('not_found', '{"what": "user"}');
  END IF;
  before := account_facts(desk.clinic_id, account);
  UPDATE users SET deleted_at = clock_timestamp() WHERE clinic_id = desk.clinic_id AND id = account;
  PERFORM note_account(desk, 'deactivateStaff', account, before);
  RETURN '{"ok": {}}';
EXCEPTION WHEN SQLSTATE 'PA004' THEN
  GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME, message = MESSAGE_TEXT;
  RETURN answer_rule(rule, message);
END $$;
--> statement-breakpoint
-- {user_id, token}: takes an account back in, with a code for a first password: the old one went with its box.
CREATE FUNCTION reactivate_staff(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := (args->>'user_id')::uuid;
  before jsonb;
BEGIN
  IF NOT manages_staff(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  before := account_facts(desk.clinic_id, account);
  UPDATE users SET deleted_at = NULL, hashed_password = '!'
    WHERE clinic_id = desk.clinic_id AND id = account AND deleted_at IS NOT NULL
      AND role IN ('receptionist', 'doctor', 'admin')
      AND NOT EXISTS (SELECT FROM desks d WHERE d.clinic_id = desk.clinic_id AND d.user_id = account);
  IF NOT FOUND THEN
    RETURN answer_error('not_found', '{"what": "user"}');
  END IF;
  PERFORM note_account(desk, 'reactivateStaff', account, before);
  RETURN jsonb_build_object('ok', make_code(desk.clinic_id, account, decode(args->>'token', 'hex')));
END $$;
--> statement-breakpoint
-- {user_id}: forgets wrong passwords.
CREATE FUNCTION unlock_staff(args jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  desk desks := asking_desk();
  account uuid := (args->>'user_id')::uuid;
BEGIN
  IF NOT manages_staff(desk.clinic_id) THEN
    RETURN answer_error('not_allowed', '{"right": "staff.manage"}');
  END IF;
  IF NOT is_staff(desk.clinic_id, account) THEN
    RETURN answer_error('not_found', '{"what": "user"}');
  END IF;
  UPDATE staff_keys SET misses = 0, last_miss_at = NULL, locked_until = NULL
    WHERE clinic_id = desk.clinic_id AND id = account;
  PERFORM note_account(desk, 'unlockStaff', account, NULL);
  RETURN '{"ok": {}}';
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION end_earlier_codes(), check_code_final(), other_administrator(uuid, uuid),
  refuse_last_administrator(uuid, uuid), check_account(), end_access(), check_staff_key(), is_staff(uuid, uuid),
  after_sign_in(), count_miss(uuid, uuid, timestamptz), asking_desk(), answer_error(text, jsonb), answer_rule(text, text),
  account_facts(uuid, uuid), note_account(desks, text, uuid, jsonb), manages_staff(uuid), give_keys(uuid, uuid, jsonb),
  make_code(uuid, uuid, bytea), link_doctor(uuid, uuid, uuid), find_code(uuid, text), first_administrator(jsonb),
  issue_code(jsonb), read_code(jsonb), redeem_code(jsonb), change_password(jsonb), set_staff(jsonb),
  deactivate_staff(jsonb), reactivate_staff(jsonb), unlock_staff(jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION first_administrator(jsonb), issue_code(jsonb), read_code(jsonb), redeem_code(jsonb),
  change_password(jsonb), set_staff(jsonb), deactivate_staff(jsonb), reactivate_staff(jsonb), unlock_staff(jsonb)
  TO anteroom_desk;
