import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { v7 as newId } from 'uuid';
import type { Change, ChangeRow, PlainChange, PushReply } from '../../src-main/contract/change.ts';
import { CENTRAL_VERSION } from '../../src-main/core/central/push.ts';

/** The little a clinic needs before anything can be booked in it. */
export interface Basics {
  clinicId: string;
  locationId: string;
  rooms: [string, string];
  doctors: [string, string];
  patients: [string, string];
  /** Slots of each doctor, 15 minutes each, from 09:00 of `day` in Athens. */
  slots: [string[], string[]];
}

/** The day that the slots are on. Athens is two hours ahead of UTC then. */
export const day = '2026-11-24';

/** The instant of a slot's start by its number. */
export const slotStart = (number: number): string =>
  new Date(Date.parse(`${day}T07:00:00Z`) + number * 15 * 60_000).toISOString();

const slotsEach = 8;

/** Two doctors with eight slots each, two rooms, two patients, all in Athens. */
export const seedBasics = async (owner: pg.Client, clinicId: string): Promise<Basics> => {
  const basics: Basics = {
    clinicId,
    locationId: newId(),
    rooms: [newId(), newId()],
    doctors: [newId(), newId()],
    patients: [newId(), newId()],
    slots: [[], []],
  };
  const insert = insertInto(owner, clinicId);
  await insert('clinic_locations', {
    id: basics.locationId,
    name: 'Centre',
    address_line1: 'Ermou 1',
    city: 'Athens',
    country: 'Greece',
    timezone: 'Europe/Athens',
  });
  for (const [i, id] of basics.rooms.entries()) {
    await insert('rooms', { id, location_id: basics.locationId, name: `Room ${i + 1}` });
  }
  for (const [i, id] of basics.doctors.entries()) {
    const email = `doctor${i}@clinic.example`;
    await insert('doctors', { id, first_name: 'D', last_name: `${i}`, email, specialization: 'Dentist' });
    for (let number = 0; number < slotsEach; number += 1) {
      const slot = newId();
      basics.slots[i === 0 ? 0 : 1].push(slot);
      await insert('doctor_time_slots', {
        id: slot,
        doctor_id: id,
        location_id: basics.locationId,
        start_time_utc: slotStart(number),
        end_time_utc: slotStart(number + 1),
      });
    }
  }
  for (const [i, id] of basics.patients.entries()) {
    await insert('patients', { id, first_name: 'P', last_name: `${i}`, phone: '2101234567' });
  }
  return basics;
};

/** Inserts rows of a clinic by column name; for the owner only. */
export const insertInto =
  (owner: pg.Client, clinicId: string) =>
  async (table: string, row: Record<string, unknown>): Promise<void> => {
    const columns = ['clinic_id', ...Object.keys(row)];
    const places = columns.map((_, i) => `$${i + 1}`);
    await owner.query(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`, [
      clinicId,
      ...Object.values(row),
    ]);
  };

/** An appointment of one slot as the wire has it; columns given stand over the usual ones. */
export const appointmentOf = (
  basics: Basics,
  doctor: 0 | 1,
  slot: number,
  columns: Record<string, unknown> = {},
): { id: string } & Record<string, unknown> => ({
  id: newId(),
  slot_id: basics.slots[doctor][slot],
  doctor_id: basics.doctors[doctor],
  patient_id: basics.patients[0],
  location_id: basics.locationId,
  scheduled_at: slotStart(slot),
  ends_at: slotStart(slot + 1),
  status: 'scheduled',
  ...columns,
});

/** A desk's side of the stream, kept by hand, so that a test can break it. */
export class TestStream {
  readonly client: pg.Client;
  incarnation: string = randomUUID();
  nextSeq = 1;
  epoch = '';

  constructor(client: pg.Client) {
    this.client = client;
  }

  /** A change with the next number. */
  change(rows: ChangeRow[], parts: Partial<PlainChange> = {}): PlainChange {
    const seq = this.nextSeq;
    this.nextSeq += 1;
    const at = `${day}T08:00:00.000Z`;
    return { change_id: newId(), desk_seq: seq, kind: 'test', actor: null, at, rows, ...parts };
  }

  /** Pushes as a desk does. */
  async push(changes: Change[], parts: { epoch?: string; version?: number } = {}): Promise<PushReply> {
    this.epoch ||= (await this.client.query('select whoami() as me')).rows[0].me.epoch;
    const { rows } = await this.client.query('select push($1, $2, $3, $4) as reply', [
      parts.epoch ?? this.epoch,
      this.incarnation,
      parts.version ?? CENTRAL_VERSION,
      JSON.stringify(changes),
    ]);
    return rows[0].reply;
  }
}

/** A change row that adds `row`. */
export const adds = (
  table: string,
  { id, ...insert }: { id: string } & Record<string, unknown>,
): ChangeRow => ({
  table,
  id,
  insert,
});

/** A change row that sets columns; `was` is what they were. */
export const sets = (
  table: string,
  id: string,
  set: Record<string, unknown>,
  was: Record<string, unknown>,
): ChangeRow => ({ table, id, set, was });
