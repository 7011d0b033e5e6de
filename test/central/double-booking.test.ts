import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { appointmentOf, type Basics, insertInto, seedBasics, slotStart } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;
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

/** Each test has a clinic of its own. */
const newClinic = async (): Promise<void> => {
  const { clinicId } = await clinicWithDesks(central.ownerUrl, []);
  basics = await seedBasics(owner, clinicId);
  insert = insertInto(owner, clinicId);
};

const book = (doctor: 0 | 1, slot: number, columns: Record<string, unknown> = {}): Promise<void> =>
  insert('appointments', appointmentOf(basics, doctor, slot, columns));

test('a slot takes one live appointment, whatever its times say', async () => {
  await newClinic();
  await book(0, 0);
  const elsewhere = { scheduled_at: slotStart(40), ends_at: slotStart(41) };
  await expect(book(0, 0, elsewhere)).rejects.toMatchObject({ constraint: 'appointments_one_live_per_slot' });
});

test('a doctor has no two live appointments that overlap, whatever slots they name', async () => {
  await newClinic();
  await book(0, 0, { ends_at: slotStart(3) });
  await expect(book(0, 2)).rejects.toMatchObject({ constraint: 'appointments_doctor_no_overlap' });
  await expect(book(0, 3, { scheduled_at: slotStart(1), ends_at: slotStart(4) })).rejects.toMatchObject({
    constraint: 'appointments_doctor_no_overlap',
  });
});

test('one appointment may begin in the minute in which another ends, and two doctors work at once', async () => {
  await newClinic();
  await book(0, 0);
  await book(0, 1);
  await book(1, 0);
});

test('a room takes one live appointment at a time, of whichever doctor', async () => {
  await newClinic();
  await book(0, 0, { room_id: basics.rooms[0] });
  await expect(book(1, 0, { room_id: basics.rooms[0] })).rejects.toMatchObject({
    constraint: 'appointments_room_no_overlap',
  });
  await book(1, 0, { room_id: basics.rooms[1] });
});

test('an approved overbook stands outside the guards, and without reason and approver there is none', async () => {
  await newClinic();
  await book(0, 0, { room_id: basics.rooms[0] });
  const approved = { overbook_reason: 'Tooth knocked out', overbooked_by: randomUUID() };
  await book(0, 0, { ...approved, room_id: basics.rooms[0] });
  await book(0, 0, { ...approved, slot_id: null });
  await expect(book(0, 0, { overbook_reason: 'Because' })).rejects.toMatchObject({
    constraint: 'appointments_overbook_approved',
  });
});

test('what a desk books names its slot; what Cal.com or IDEXX sends need not', async () => {
  await newClinic();
  await expect(book(0, 0, { slot_id: null })).rejects.toMatchObject({
    constraint: 'appointments_slot_named',
  });
  await book(0, 0, { slot_id: null, origin: 'cal_com' });
  await expect(book(0, 0)).rejects.toMatchObject({ constraint: 'appointments_doctor_no_overlap' });
});

test.each([
  ['cancelled', ['cancelled']],
  ['no_show', ['no_show']],
  ['left', ['arrived', 'left']],
])(
  'an appointment that ends as %s frees its slot at once, and takes it back only if it is still free',
  async (final, steps) => {
    await newClinic();
    const first = appointmentOf(basics, 0, 0, { room_id: basics.rooms[0] });
    await insert('appointments', first);
    for (const status of steps) {
      await owner.query('update appointments set status = $2 where id = $1', [first.id, status]);
    }
    await book(0, 0, { room_id: basics.rooms[0] });
    if (final === 'left') return;
    await expect(
      owner.query(`update appointments set status = 'scheduled' where id = $1`, [first.id]),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  },
);

test('every status but cancelled, no-show and left holds the slot', async () => {
  await newClinic();
  for (const [i, status] of ['held', 'pending', 'scheduled', 'arrived'].entries()) {
    await book(0, i, { status });
    await expect(book(0, i)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  }
  for (const [i, status] of ['ready', 'in_room', 'completed'].entries()) {
    await book(1, i, { status, origin: 'import' });
    await expect(book(1, i)).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  }
});

test('two transactions that book one slot at the same moment: one is kept', async () => {
  await newClinic();
  const others = await Promise.all(
    [0, 1].map(async () => {
      const client = new pg.Client({ connectionString: central.ownerUrl });
      await client.connect();
      return client;
    }),
  );
  const outcomes = await Promise.allSettled(
    others.map((client) => insertInto(client, basics.clinicId)('appointments', appointmentOf(basics, 0, 0))),
  );
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  await Promise.all(others.map((client) => client.end()));
});

test('an appointment lasts more than nothing and at most twelve hours', async () => {
  await newClinic();
  await expect(book(0, 0, { ends_at: slotStart(0) })).rejects.toMatchObject({
    constraint: 'appointments_order',
  });
  await expect(book(0, 0, { ends_at: slotStart(49) })).rejects.toMatchObject({
    constraint: 'appointments_length',
  });
  await book(0, 0, { ends_at: slotStart(48) });
});
