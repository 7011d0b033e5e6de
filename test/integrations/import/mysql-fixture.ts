import type { TestMariadb } from '../../support/mariadb.ts';
import { clinicDdl } from './mysql-schema.ts';

export const BCRYPT = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZBpLkqjQ5QxB0Q1mK1o4Xw0n9r3VtW';
/** What must come through a dump as it is: quotes, backslashes, lines, Greek, a sign beyond the basic plane. */
export const HARD_TEXT = `Ο'Χάρα "ΑΒΓ"\\n\\\\ a;b),('c\nδεύτερη γραμμή\t%_ -- # /* 🐕 */`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Rows that clinic-schema's keys would not let in, as a database without them has. */
const rows = `
INSERT INTO clinic_locations (id, name, address_line1, city, country, timezone, created_at) VALUES
  (3, 'Κέντρο', 'Ερμού 1', 'Αθήνα', 'Ελλάδα', 'Europe/Athens', '2024-01-01 10:00:00'),
  (4, 'North', 'Main Street 2', 'Leeds', 'United Kingdom', 'Europe/Nowhere', '2024-01-01 10:00:00');
INSERT INTO doctors (id, first_name, last_name, email, phone, specialization, bio, location_id, password_hash, is_active,
    created_at, deleted_at) VALUES
  (42, 'Αλίκη', 'Ταν', 'alice@clinic.example', '+30 210 1', 'General Medicine', ${quoted(HARD_TEXT)}, 3, '${BCRYPT}', 1,
    '2024-02-01 10:00:00', NULL),
  (43, 'Bob', 'Stone', 'bob@clinic.example', NULL, 'Cardiology', NULL, NULL, 'md5:0cc175b9c0f1b6a831c399e269772661', 1,
    '2024-02-01 10:00:00', NULL),
  (44, 'Old', 'Hand', 'old@clinic.example', NULL, 'Surgery', NULL, 4, '${BCRYPT}', 0,
    '2024-02-01 10:00:00', '2025-03-01 12:00:00');
INSERT INTO patients (id, first_name, last_name, email, phone, date_of_birth, gender, notes, created_at, deleted_at) VALUES
  (501, 'Γιάννης', 'Παπαδόπουλος', 'john@mail.example', '6900000000', '1980-02-29', 'male', ${quoted(HARD_TEXT)},
    '2024-03-01 10:00:00', NULL),
  (502, 'Anna', 'Smith', 'anna@mail.example', NULL, NULL, NULL, NULL, '2024-03-01 10:00:00', NULL),
  (503, 'Gone', 'Person', 'gone@mail.example', NULL, NULL, 'prefer_not_to_say', '', '2024-03-01 10:00:00',
    '2025-06-01 01:30:00');
INSERT INTO admins (id, username, email, password_hash, last_login_at, deleted_at) VALUES
  (1, 'boss', 'boss@clinic.example', '${BCRYPT}', '2025-09-30 09:00:00', NULL),
  (2, 'former', 'former@clinic.example', '${BCRYPT}', NULL, '2025-01-01 00:00:00');
INSERT INTO doctor_time_slots (id, doctor_id, location_id, start_time_utc, end_time_utc, is_available) VALUES
  (1, 42, 3, '2025-10-04 06:00:00', '2025-10-04 07:00:00', 1),
  (2, 42, 3, '2025-10-04 07:00:00', '2025-10-04 08:00:00', 1),
  (3, 42, NULL, '2025-10-04 08:00:00', '2025-10-04 09:00:00', 1),
  (4, 42, 3, '2025-10-04 09:00:00', '2025-10-04 10:00:00', 1),
  (5, 42, 3, '2025-10-04 06:30:00', '2025-10-04 07:30:00', 1),
  (6, 43, 4, '2025-10-26 00:30:00', '2025-10-26 01:30:00', 0),
  (7, 43, 4, '2025-10-05 07:00:00', '2025-10-05 08:00:00', 1),
  (8, 43, 4, '2026-12-05 07:00:00', '2026-12-05 08:00:00', 1);
INSERT INTO appointments (id, slot_id, doctor_id, patient_id, location_id, status, reason, notes, updated_at) VALUES
  (123, 1, 42, 501, 3, 'completed', 'Check-up', ${quoted(HARD_TEXT)}, '2025-10-04 12:00:00'),
  (124, 2, 42, 502, 3, 'cancelled', NULL, NULL, '2025-10-03 12:00:00'),
  (125, 3, 42, 501, NULL, 'no_show', 'Πονοκέφαλος', NULL, '2025-10-04 12:00:00'),
  (126, 5, 42, 502, 3, 'scheduled', 'overlaps 123', NULL, '2025-10-04 12:00:00'),
  (127, 8, 43, 501, 4, 'scheduled', NULL, NULL, '2025-10-04 12:00:00');
INSERT INTO payments (id, appointment_id, amount_cents, currency, method, status, transaction_ref, paid_at, created_at,
    updated_at) VALUES
  (1, 123, 4550, 'EUR', 'card', 'paid', 'T-1', '2025-10-04 07:05:00', '2025-10-04 09:05:00', '2025-10-04 09:05:00'),
  (2, 123, 1000, 'EUR', 'cash', 'refunded', NULL, '2025-10-04 07:06:00', '2025-10-04 09:06:00', '2025-10-05 11:00:00'),
  (3, 125, 2000, 'EUR', 'transfer', 'pending', NULL, NULL, '2025-10-04 09:06:00', '2025-10-04 09:06:00'),
  (4, 125, 2000, 'EUR', 'other', 'failed', 'T-4', NULL, '2025-10-04 09:06:00', '2025-10-04 09:06:00'),
  (5, 123, 4000000000, 'EUR', 'cash', 'paid', NULL, NULL, '2025-10-04 09:06:00', '2025-10-04 09:06:00'),
  (6, 127, 700, 'EUR', 'cash', 'paid', NULL, NULL, '2025-10-06 09:06:00', '2025-10-06 09:06:00');
INSERT INTO prescriptions (id, appointment_id, doctor_id, patient_id, instructions, issued_at) VALUES
  (1, 123, 42, 501, ${quoted(HARD_TEXT)}, '2025-10-04 06:50:00');
SET FOREIGN_KEY_CHECKS = 0;
INSERT INTO doctor_time_slots (id, doctor_id, start_time_utc, end_time_utc) VALUES
  (9, 99, '2025-10-07 07:00:00', '2025-10-07 08:00:00');
INSERT INTO appointments (id, slot_id, doctor_id, patient_id) VALUES
  (128, 4, 99, 501), (129, 9, 42, 777), (130, 999, 42, 501);
INSERT INTO prescriptions (id, appointment_id, doctor_id, patient_id, instructions) VALUES (2, 130, 42, 501, 'x');
SET FOREIGN_KEY_CHECKS = 1;
`;

/** A table that is none of the clinic's, with what a dump finds hard to say. */
const other = `
CREATE TABLE \`files; (old)\` (id INT PRIMARY KEY, \`a\`\`b\` VARCHAR(20) COMMENT 'it''s (1,2);', bytes BLOB);
INSERT INTO \`files; (old)\` VALUES (1, 'x', x'00270a5cff'), (2, NULL, 0x2f2a);
CREATE TRIGGER tidy BEFORE INSERT ON \`files; (old)\` FOR EACH ROW SET NEW.id = NEW.id + 0;
`;

/** Makes the database and fills it. */
export const fillMysqlClinic = async (server: TestMariadb, database: string): Promise<void> => {
  await server.run(
    null,
    `CREATE DATABASE ${database} DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_unicode_ci`,
  );
  await server.run(database, clinicDdl);
  await server.run(database, rows);
  await server.run(database, other);
};

/** What `mongoexport` says of the collection beside it; the first as clinic-schema has it. */
export const messageLines = [
  '{"_id":{"$oid":"66ff1a7f8f1b2c3456789abc"},"thread_id":"apt-2025-10-04-000123","type":"chat","text":"Hi John, please drink more water and rest today.","rich_text":{"markdown":"Hi **John**, please drink more water and rest today."},"relationalRefs":{"appointment_id":123,"patient_id":501,"doctor_id":42,"location_id":3},"author":{"role":"doctor","id":42,"display_name":"Dr. Alice Tan","avatar_url":"https://cdn.example.com/u/42.png"},"attachments":[{"file_id":"f_9c1c4eaa","file_name":"lab-report-2025-10-01.pdf","mime_type":"application/pdf","size_bytes":183422,"sha256":"4c1f0c...e9b","storage":{"bucket":"clinic-prod","region":"ap-southeast-1"}}],"read_receipts":[{"user_role":"patient","user_id":501,"read_at":{"$date":"2025-10-04T06:31:20Z"}}],"tags":["follow-up","advice","mild-symptoms"],"denorm":{"patient":{"display_name":"John Smith"},"doctor":{"specialization":"General Medicine"}},"meta":{"created_at":{"$date":"2025-10-04T06:30:00Z"},"created_by":{"role":"doctor","id":42},"updated_at":{"$date":"2025-10-04T06:31:20Z"},"client":{"ua":"Mozilla/5.0","platform":"web"},"version":1}}',
  '{"_id":{"$oid":"66ff1a7f8f1b2c3456789abd"},"thread_id":"apt-2025-10-04-000123","type":"chat","text":"Ευχαριστώ, γιατρέ!","relationalRefs":{"appointment_id":{"$numberLong":"123"},"patient_id":501},"author":{"role":"patient","id":501},"meta":{"version":{"$numberInt":"1"}}}',
  '',
  '{"_id":{"$oid":"66ff1a7f8f1b2c3456789abe"},"thread_id":"old","relationalRefs":{"appointment_id":4711},"text":"whose visit is not there"}',
  '{"_id":{"$oid":"66ff1a7f8f1b2c3456789abf"},"text":"without a thread"}',
  '{"broken',
];
