import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { appointmentOf, type Basics, insertInto, seedBasics, slotStart } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
let clinicId: string;
let insert: ReturnType<typeof insertInto>;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});
beforeEach(async () => {
  ({ clinicId } = await clinicWithDesks(central.ownerUrl, []));
  basics = await seedBasics(owner, clinicId);
  insert = insertInto(owner, clinicId);
});

const book = async (slot: number, columns: Record<string, unknown> = {}): Promise<string> => {
  const row = appointmentOf(basics, 0, slot, columns);
  await insert('appointments', row);
  return row.id;
};
const set = (table: string, id: string | undefined, columns: string) =>
  owner.query(`update ${table} set ${columns} where clinic_id = $1 and id = $2`, [clinicId, id]);
const close = (slot: number, how = 'is_available = false') =>
  set('doctor_time_slots', basics.slots[0][slot], how);
const addUser = async (): Promise<string> => {
  const id = newId();
  const user = { email: 'desk@clinic.example', display_name: 'Desk', hashed_password: '!' };
  await insert('users', { id, role: 'receptionist', ...user });
  return id;
};
const closed = { constraint: 'appointments_slot_open', code: 'PA007' };

describe('the slot of an appointment', () => {
  it('is one of its own doctor, also where it comes from an import', async () => {
    const another = { constraint: 'appointments_slot_of_doctor', code: 'PA006' };
    for (const origin of ['desk', 'import']) {
      const wrong = { origin, slot_id: basics.slots[1][0] };
      await expect(book(0, wrong)).rejects.toMatchObject(another);
    }
    const id = await book(0);
    await expect(set('appointments', id, `doctor_id = '${basics.doctors[1]}'`)).rejects.toMatchObject(
      another,
    );
    await expect(set('appointments', id, `slot_id = '${basics.slots[1][3]}'`)).rejects.toMatchObject(another);
  });

  for (const [what, how] of [
    ['blocked', 'is_available = false'],
    ['deleted', 'deleted_at = now()'],
  ] as const)
    it(`is not a ${what} one, unless it was booked over it on purpose`, async () => {
      await close(0, how);
      await expect(book(0)).rejects.toMatchObject(closed);
      const moved = await book(1);
      const there = `slot_id = '${basics.slots[0][0]}'`;
      await expect(set('appointments', moved, there)).rejects.toMatchObject(closed);
      await book(0, { overbook_reason: 'In pain', overbooked_by: await addUser() });
      await book(0, { origin: 'import', scheduled_at: slotStart(6), ends_at: slotStart(7) });
    });

  it('is asked for again when a cancellation is taken back, and not at any other step', async () => {
    const id = await book(0);
    for (const status of ['arrived', 'in_room', 'completed'])
      await set('appointments', id, `status = '${status}'`);
    const other = await book(1);
    await set('appointments', other, `status = 'cancelled'`);
    await close(1, 'deleted_at = now()');
    await set('appointments', other, `notes = 'called'`);
    await expect(set('appointments', other, `status = 'scheduled'`)).rejects.toMatchObject(closed);
  });
});

describe('a held time', () => {
  const hold = (slot: number) => book(slot, { status: 'held', patient_id: null, held_by: 'Desk 1' });
  const statusOf = async (id: string) =>
    (await owner.query('select status from appointments where id = $1', [id])).rows[0].status;

  it('is held for five minutes by central’s clock, whatever the desk says', async () => {
    const id = await book(0, {
      status: 'held',
      patient_id: null,
      held_by: 'Desk 1',
      held_until: '2099-01-01T00:00:00Z',
    });
    const { rows } = await owner.query(
      `select held_until - clock_timestamp() between interval '4 minutes' and interval '5 minutes' as five
       from appointments where id = $1`,
      [id],
    );
    expect(rows[0].five).toBe(true);
  });

  it('is in the way while it lasts, and gives way by itself when it has run out', async () => {
    const id = await hold(0);
    await expect(book(0)).rejects.toMatchObject({ constraint: 'appointments_one_live_per_slot' });
    await set('appointments', id, `held_until = clock_timestamp() - interval '1 second'`);
    await book(0);
    expect(await statusOf(id)).toBe('cancelled');
  });
});
