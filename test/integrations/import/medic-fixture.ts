import Database from 'better-sqlite3';
import type { Client } from 'pg';

/** The tables of medic-schema, to the letter. */
const sqliteTables = `
CREATE TABLE users (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, hashed_password TEXT NOT NULL, role TEXT NOT NULL DEFAULT 'patient',
  confirmed_at TEXT, totp_secret BLOB, inserted_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE specialties (
  id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_el TEXT NOT NULL, slug TEXT NOT NULL, icon TEXT,
  inserted_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX specialties_slug_index ON specialties(slug);
CREATE TABLE doctors (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  specialty_id TEXT REFERENCES specialties(id) ON DELETE SET NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
  bio TEXT, bio_el TEXT, profile_image_url TEXT, location_lat NUMERIC, location_lng NUMERIC, address TEXT, city TEXT,
  rating NUMERIC DEFAULT 0.0, review_count INTEGER DEFAULT 0, consultation_fee DECIMAL(10,2), cal_com_user_id TEXT,
  cal_com_event_type_id TEXT, cal_com_username TEXT, next_available_slot TEXT, verified_at TEXT,
  inserted_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX doctors_user_id_index ON doctors(user_id);
CREATE TABLE patients (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE, first_name TEXT NOT NULL,
  last_name TEXT NOT NULL, date_of_birth TEXT, phone TEXT, emergency_contact TEXT, profile_image_url TEXT,
  inserted_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX patients_user_id_index ON patients(user_id);
CREATE TABLE appointments (
  id TEXT PRIMARY KEY, patient_id TEXT REFERENCES patients(id) ON DELETE SET NULL,
  doctor_id TEXT NOT NULL REFERENCES doctors(id) ON DELETE SET NULL, scheduled_at TEXT NOT NULL,
  duration_minutes INTEGER NOT NULL DEFAULT 30, status TEXT NOT NULL DEFAULT 'pending', cal_com_booking_id TEXT,
  cal_com_uid TEXT UNIQUE, meeting_url TEXT, appointment_type TEXT DEFAULT 'in_person', notes TEXT,
  cancellation_reason TEXT, cancelled_at TEXT, inserted_at TEXT NOT NULL, updated_at TEXT NOT NULL
);
CREATE TABLE users_tokens (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE, token BLOB NOT NULL,
  context TEXT NOT NULL, sent_to TEXT, inserted_at TEXT NOT NULL
);
CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, inserted_at TEXT);
`;

/** The same in Postgres, with the types that Ecto gives them there. */
const postgresTables = sqliteTables
  .replaceAll(/\bid TEXT PRIMARY KEY/g, 'id uuid PRIMARY KEY')
  .replaceAll(/\b(user_id|patient_id|doctor_id|specialty_id) TEXT/g, '$1 uuid')
  .replaceAll(/\b(\w+_at|next_available_slot) TEXT/g, '$1 timestamp(0)')
  .replaceAll('date_of_birth TEXT', 'date_of_birth date')
  .replaceAll('BLOB', 'bytea')
  .replaceAll('version INTEGER', 'version bigint');

const id = (kind: number, n: number): string =>
  `3f6c0a1${kind}-4b7e-4c1d-9a55-${String(n).padStart(12, '0')}`;
export const medicId = {
  user: (n: number) => id(1, n),
  specialty: (n: number) => id(2, n),
  doctor: (n: number) => id(3, n),
  patient: (n: number) => id(4, n),
  appointment: (n: number) => id(5, n),
};

export const BCRYPT = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZBpLkqjQ5QxB0Q1mK1o4Xw0n9r3VtW';
const at = { inserted_at: '2024-03-01 08:00:00', updated_at: '2026-11-01 08:00:00' };
type Row = Record<string, string | number | Buffer | null>;

const user = (n: number, email: string, role: string, more: Row = {}): Row => ({
  id: medicId.user(n),
  email,
  hashed_password: BCRYPT,
  role,
  ...at,
  ...more,
});
const visit = (n: number, start: string, more: Row = {}): Row => ({
  id: medicId.appointment(n),
  patient_id: medicId.patient(1),
  doctor_id: medicId.doctor(1),
  scheduled_at: start,
  duration_minutes: 30,
  status: 'confirmed',
  ...at,
  ...more,
});

/** A small Medic: two doctors and a third one who cannot come in, four patients, and visits of which some are broken. */
export const medicRows: Record<string, Row[]> = {
  users: [
    user(1, 'eleni@medic.example', 'doctor', { confirmed_at: '2024-03-01 09:00:00' }),
    user(2, 'nikos@medic.example', 'doctor'),
    user(3, 'ELENI@medic.example', 'doctor'),
    user(4, 'owner@medic.example', 'admin', { totp_secret: Buffer.from('secret') }),
    user(11, 'maria@home.example', 'patient'),
    user(12, 'giorgos@home.example', 'patient'),
    user(13, 'anna@home.example', 'patient'),
    user(14, 'kostas@home.example', 'patient', { hashed_password: 'md5:0cc175b9' }),
  ],
  specialties: [
    {
      id: medicId.specialty(1),
      name_en: 'Cardiology',
      name_el: 'Καρδιολογία',
      slug: 'cardiology',
      icon: 'heart',
      ...at,
    },
  ],
  doctors: [
    {
      id: medicId.doctor(1),
      user_id: medicId.user(1),
      specialty_id: medicId.specialty(1),
      first_name: 'Ελένη',
      last_name: 'Παππά',
      bio_el: 'Καρδιολόγος',
      location_lat: 37.975,
      rating: 4.5,
      review_count: 12,
      consultation_fee: '45.10',
      cal_com_event_type_id: '9001',
      verified_at: '2024-04-01 10:00:00',
      ...at,
    },
    { id: medicId.doctor(2), user_id: medicId.user(2), first_name: 'Νίκος', last_name: 'Βασιλείου', ...at },
    { id: medicId.doctor(3), user_id: medicId.user(3), first_name: 'Helen', last_name: 'Pappa', ...at },
  ],
  patients: [11, 12, 13, 14].map((n, index) => ({
    id: medicId.patient(index + 1),
    user_id: medicId.user(n),
    first_name: ['Μαρία', 'Γιώργος', 'Anna', 'Κώστας'][index] ?? '',
    last_name: 'Αθανασίου',
    date_of_birth: '1980-02-29',
    phone: index === 3 ? '+30 697 000 0000 (after six o’clock please)' : '+30 697 000 0000',
    ...at,
  })),
  appointments: [
    visit(1, '2026-11-25 08:00:00', { cal_com_uid: 'uid-1', cal_com_booking_id: '77' }),
    visit(2, '2026-11-25 08:15:00', { patient_id: medicId.patient(2) }),
    visit(3, '2026-11-25 09:00:00', {
      status: 'pending',
      appointment_type: 'video',
      meeting_url: 'https://meet.example/3',
    }),
    visit(4, '2026-03-02 10:00:00', { status: 'completed', notes: 'Υπέρταση' }),
    visit(5, '2026-03-02 10:00:00', {
      status: 'cancelled',
      cancelled_at: '2026-03-01 12:00:00',
      cancellation_reason: 'ill',
    }),
    visit(6, '2026-03-03 10:00:00', { status: 'no_show', doctor_id: medicId.doctor(2) }),
    visit(7, '2026-03-04 10:00:00', { status: 'rescheduled' }),
    visit(8, '2026-03-05 10:00:00', { doctor_id: medicId.doctor(3) }),
    visit(9, '2026-03-06 10:00:00', { patient_id: null }),
    visit(10, '2026-03-07 10:00:00', { duration_minutes: 0 }),
  ],
  users_tokens: [
    {
      id: medicId.user(90),
      user_id: medicId.user(1),
      token: Buffer.from('t'),
      context: 'session',
      inserted_at: at.inserted_at,
    },
  ],
  schema_migrations: [{ version: 20240301080000, inserted_at: at.inserted_at }],
};

/** Makes the tables in a Postgres database and fills them. */
export const fillMedicPostgres = async (client: Client): Promise<void> => {
  await client.query(postgresTables);
  for (const [table, rows] of Object.entries(medicRows)) {
    for (const row of rows) {
      const names = Object.keys(row);
      await client.query(
        `insert into ${table} (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
        Object.values(row),
      );
    }
  }
};

/** The same as the SQLite file of a developer. */
export const fillMedicSqlite = (file: string): void => {
  const db = new Database(file);
  db.exec(sqliteTables);
  for (const [table, rows] of Object.entries(medicRows)) {
    for (const row of rows) {
      const names = Object.keys(row);
      db.prepare(
        `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ).run(...Object.values(row));
    }
  }
  db.close();
};
