-- Messages and the bytes of their files.

-- Two desks that import the same document make the same row (its id follows from the document's), and nobody is refused.
UPDATE replicated_tables SET made_alike = true WHERE name = 'messages';
--> statement-breakpoint
-- A message stays in its thread and keeps the name it was imported by; its version never goes back.
CREATE FUNCTION check_message_edit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.thread_id <> OLD.thread_id OR NEW.source_id IS DISTINCT FROM OLD.source_id THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'messages_thread_final',
      MESSAGE = 'a message stays in its thread';
  END IF;
  IF jsonb_typeof(OLD.meta->'version') = 'number' AND jsonb_typeof(NEW.meta->'version') IS DISTINCT FROM 'number'
     OR (CASE jsonb_typeof(NEW.meta->'version') WHEN 'number' THEN (NEW.meta->>'version')::numeric END)
      < (CASE jsonb_typeof(OLD.meta->'version') WHEN 'number' THEN (OLD.meta->>'version')::numeric END) THEN
    RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'messages_version',
      MESSAGE = 'the version of a message never goes back';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER check_message_edit BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION check_message_edit();
--> statement-breakpoint

-- The largest file that is taken: MAX_FILE_BYTES in contract/message.ts.
ALTER TABLE attachments ADD CONSTRAINT attachments_size CHECK (size_bytes BETWEEN 0 AND 26214400);
--> statement-breakpoint
ALTER TABLE attachment_contents ADD CONSTRAINT attachment_contents_size CHECK (octet_length(content) <= 26214400);
--> statement-breakpoint
-- What a file is called and what it holds is never changed; it may only be taken away or brought back.
CREATE FUNCTION check_attachment_final() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.file_name, NEW.mime_type, NEW.size_bytes, NEW.sha256)
      = (OLD.file_name, OLD.mime_type, OLD.size_bytes, OLD.sha256) OR pg_trigger_depth() > 1 THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'PA004', CONSTRAINT = 'attachments_final', MESSAGE = 'a file is never changed';
END $$;
--> statement-breakpoint
CREATE TRIGGER check_attachment_final BEFORE UPDATE ON attachments
  FOR EACH ROW EXECUTE FUNCTION check_attachment_final();
--> statement-breakpoint

-- A file that no message holds any more, since its patient was erased, is forgotten with its name and its bytes.
CREATE FUNCTION forget_files() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone text[];
BEGIN
  WITH forgotten AS (
    UPDATE attachments a SET deleted_at = clock_timestamp(), file_name = 'Erased'
      FROM jsonb_array_elements(OLD.attachments) f
      WHERE a.clinic_id = OLD.clinic_id AND a.id::text = f->>'file_id'
        AND NOT EXISTS (SELECT FROM messages m WHERE m.clinic_id = OLD.clinic_id
                        AND m.attachments @> jsonb_build_array(jsonb_build_object('file_id', f->>'file_id')))
      RETURNING a.sha256)
  SELECT array_agg(sha256) INTO gone FROM forgotten;
  DELETE FROM attachment_contents c WHERE c.clinic_id = OLD.clinic_id AND c.sha256 = ANY (gone)
    AND NOT EXISTS (SELECT FROM attachments a WHERE a.clinic_id = c.clinic_id AND a.sha256 = c.sha256
                    AND a.deleted_at IS NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER forget_files AFTER UPDATE OF attachments ON messages
  FOR EACH ROW WHEN (OLD.attachments IS DISTINCT FROM NEW.attachments) EXECUTE FUNCTION forget_files();
--> statement-breakpoint

-- Photographs and PDFs are compressed already, and pieces are read from the middle.
ALTER TABLE attachment_contents ALTER COLUMN content SET STORAGE EXTERNAL;
--> statement-breakpoint
-- The clinic whose files the caller may give and take; a desk that was switched off gives and takes none.
CREATE FUNCTION clinic_of_files() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE clinic uuid := desk_clinic();
BEGIN
  IF clinic IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'this role is no desk, or it is switched off';
  END IF;
  RETURN clinic;
END $$;
--> statement-breakpoint
-- Which of these files the clinic has messages with, and central not the bytes.
CREATE FUNCTION missing_attachments(wanted text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT a.sha256), '{}')
  FROM attachments a, (SELECT clinic_of_files() AS id) clinic
  WHERE a.clinic_id = clinic.id AND a.sha256 = ANY (wanted) AND a.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM attachment_contents c WHERE c.clinic_id = clinic.id AND c.sha256 = a.sha256)
$$;
--> statement-breakpoint
-- Keeps a file's bytes; a check holds them against their name. Only what the clinic has a message with is taken, so that
-- a desk cannot fill central with whatever it likes. False where it has none.
CREATE FUNCTION put_attachment(named text, bytes bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE clinic uuid := clinic_of_files();
BEGIN
  IF NOT EXISTS (SELECT FROM attachments a WHERE a.clinic_id = clinic AND a.sha256 = named
                 AND a.size_bytes = octet_length(bytes) AND a.deleted_at IS NULL) THEN
    RETURN false;
  END IF;
  INSERT INTO attachment_contents (clinic_id, sha256, content) VALUES (clinic, named, bytes)
    ON CONFLICT (clinic_id, sha256) DO NOTHING;
  RETURN true;
END $$;
--> statement-breakpoint
-- A piece of a file, from byte 0 on; null where the clinic has no such file or it was taken away.
CREATE FUNCTION get_attachment(named text, from_byte integer, bytes integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT substring(c.content FROM from_byte + 1 FOR bytes)
  FROM attachment_contents c, (SELECT clinic_of_files() AS id) clinic
  WHERE c.clinic_id = clinic.id AND c.sha256 = named
    AND EXISTS (SELECT FROM attachments a WHERE a.clinic_id = clinic.id AND a.sha256 = named AND a.deleted_at IS NULL)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION check_message_edit(), check_attachment_final(), forget_files(), clinic_of_files(), missing_attachments(text[]),
  put_attachment(text, bytea), get_attachment(text, integer, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION missing_attachments(text[]), put_attachment(text, bytea),
  get_attachment(text, integer, integer) TO anteroom_desk;
