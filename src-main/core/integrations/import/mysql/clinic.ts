import { createHash } from 'node:crypto';
import type { TextDatabase } from '../../../foreign-rows.ts';
import { readInstant } from '../fields.ts';
import type { Opened, SourceTable } from '../source.ts';
import { asKnownTables, type KnownTable } from '../sources/text-tables.ts';
import {
  admin,
  appointment,
  clinicLocation,
  doctor,
  doctorAccount,
  patient,
  payment,
  prescription,
  slot,
} from './mapping.ts';

/**
 * The MySQL clinic of clinic-schema, from a server or from a dump. Its rows are numbered, as anybody's are, so the data is
 * named by what never changes in it: when its first location, doctor and patient were entered.
 */
export const openMysqlClinic = async (database: TextDatabase): Promise<Opened> => {
  const checked = await asKnownTables(database, clinicTables);
  if (!checked.ok) {
    await database.close();
    return checked;
  }
  const { tables } = checked;
  const doctors = tables.find(({ name }) => name === 'doctors');
  const accounts: SourceTable[] = doctors
    ? [{ ...doctors, name: 'doctor_accounts', becomes: 'accounts', map: doctorAccount }]
    : [];
  return {
    ok: true,
    reader: {
      identity: await identityOf(tables),
      name: database.name,
      tables: [...tables, ...accounts],
      close: () => database.close(),
    },
  };
};

const identityOf = async (tables: readonly SourceTable[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const { name, read } of tables) {
    if (!['clinic_locations', 'doctors', 'patients'].includes(name)) continue;
    for await (const [first] of read(null)) {
      hash.update(`${name} ${first?.id} ${readInstant(String(first?.values['created_at']))}\n`);
      break;
    }
  }
  return `mysql-${hash.digest('hex').slice(0, 8)}`;
};

export const clinicTables: readonly KnownTable[] = [
  {
    name: 'clinic_locations',
    becomes: 'clinic_locations',
    needs: ['id', 'name', 'address_line1', 'city', 'country', 'timezone', 'created_at'],
    also: ['address_line2', 'state_region', 'postal_code', 'phone'],
    map: clinicLocation,
  },
  {
    name: 'doctors',
    becomes: 'doctors',
    needs: ['id', 'first_name', 'last_name', 'email', 'specialization', 'is_active', 'created_at'],
    also: ['phone', 'bio', 'location_id', 'password_hash', 'deleted_at'],
    map: doctor,
  },
  {
    name: 'patients',
    becomes: 'patients',
    needs: ['id', 'first_name', 'last_name', 'email', 'created_at'],
    also: ['phone', 'date_of_birth', 'gender', 'notes', 'deleted_at'],
    map: patient,
  },
  {
    name: 'doctor_time_slots',
    becomes: 'doctor_time_slots',
    needs: ['id', 'doctor_id', 'start_time_utc', 'end_time_utc', 'is_available'],
    also: ['location_id'],
    map: slot,
  },
  {
    name: 'appointments',
    becomes: 'appointments',
    needs: ['id', 'slot_id', 'doctor_id', 'patient_id', 'status'],
    also: ['location_id', 'reason', 'notes', 'updated_at'],
    joined: [
      {
        table: 'doctor_time_slots',
        key: 'id',
        by: 'slot_id',
        columns: { slot_start: 'start_time_utc', slot_end: 'end_time_utc' },
      },
    ],
    map: appointment,
  },
  {
    name: 'payments',
    becomes: 'payments',
    needs: ['id', 'appointment_id', 'amount_cents', 'currency', 'method', 'status'],
    also: ['transaction_ref', 'paid_at', 'created_at', 'updated_at'],
    map: payment,
  },
  {
    name: 'prescriptions',
    becomes: 'prescriptions',
    needs: ['id', 'appointment_id', 'doctor_id', 'patient_id', 'instructions', 'issued_at'],
    map: prescription,
  },
  {
    name: 'admins',
    becomes: 'accounts',
    needs: ['id', 'username', 'email', 'password_hash'],
    also: ['last_login_at', 'deleted_at'],
    map: admin,
  },
];
