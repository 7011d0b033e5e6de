import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Status } from '../../src-main/contract/status.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { appointmentOf, type Basics, insertInto, seedBasics } from '../support/central-rows.ts';

let central: TestCentral;
let owner: pg.Client;
let basics: Basics;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  basics = await seedBasics(owner, (await clinicWithDesks(central.ownerUrl, [])).clinicId);
});
afterAll(async () => {
  await owner.end();
  await central.drop();
});

/** Allowed moves, from front-desk.md; a hold that ends is kept as cancelled. */
const allowed: Partial<Record<Status, Status[]>> = {
  held: ['scheduled', 'pending', 'cancelled'],
  pending: ['scheduled', 'cancelled'],
  scheduled: ['arrived', 'cancelled', 'no_show'],
  arrived: ['ready', 'in_room', 'left', 'scheduled'],
  ready: ['in_room', 'left', 'arrived'],
  in_room: ['completed', 'ready'],
  completed: ['in_room'],
  cancelled: ['scheduled'],
  no_show: ['scheduled'],
};

const moves = Status.options.flatMap((from) =>
  Status.options
    .filter((to) => to !== from)
    .map((to) => ({ from, to, verdict: allowed[from]?.includes(to) ? 'allowed' : 'refused' })),
);

/** Tries a move within a transaction that is rolled back. */
const tryMove = async (from: string, to: string, columns: Record<string, unknown> = {}): Promise<string> => {
  await owner.query('begin');
  try {
    const row = appointmentOf(basics, 0, 0, { status: from, origin: 'import', ...columns });
    await insertInto(owner, basics.clinicId)('appointments', row);
    await owner.query('update appointments set status = $2 where id = $1', [row.id, to]);
    return 'allowed';
  } catch (fault) {
    if (fault instanceof pg.DatabaseError && fault.code === 'PA001') {
      expect(fault.message).toBe(`an appointment cannot go from ${from} to ${to}`);
      expect(fault.constraint).toBe('appointments_status_move');
      return 'refused';
    }
    throw fault;
  } finally {
    await owner.query('rollback');
  }
};

test.each(moves)('$from to $to is $verdict, also by raw SQL', async ({ from, to, verdict }) => {
  const today = { completed_at: new Date().toISOString() };
  expect(await tryMove(from, to, from === 'completed' ? today : {})).toBe(verdict);
});

test('saving an appointment without moving it is always allowed', async () => {
  for (const status of Status.options) expect(await tryMove(status, status)).toBe('allowed');
});

/** Completes at one instant and undoes at another, by the clock of the desk that does it. */
const undo = async (completedAt: string, undoneAt: string): Promise<string> => {
  await owner.query('begin');
  try {
    await owner.query(`select set_config('anteroom.done_at', $1, true)`, [undoneAt]);
    const row = { status: 'completed', origin: 'import', completed_at: completedAt };
    const appointment = appointmentOf(basics, 0, 0, row);
    await insertInto(owner, basics.clinicId)('appointments', appointment);
    await owner.query(`update appointments set status = 'in_room' where id = $1`, [appointment.id]);
    return 'allowed';
  } catch {
    return 'refused';
  } finally {
    await owner.query('rollback');
  }
};

test("completed is undone on the same day of the location's calendar only", async () => {
  // 21:30 and 22:30 UTC are both sides of midnight in Athens.
  expect(await undo('2026-11-24T07:00:00Z', '2026-11-24T21:30:00Z')).toBe('allowed');
  expect(await undo('2026-11-24T07:00:00Z', '2026-11-24T22:30:00Z')).toBe('refused');
  // 22:30 UTC and 05:00 UTC are one day in Athens, and two in Greenwich.
  expect(await undo('2026-11-23T22:30:00Z', '2026-11-24T05:00:00Z')).toBe('allowed');
});

test.each([
  ['held', 'allowed'],
  ['pending', 'allowed'],
  ['scheduled', 'allowed'],
  ['arrived', 'allowed'],
  ['ready', 'refused'],
  ['in_room', 'refused'],
  ['completed', 'refused'],
  ['cancelled', 'refused'],
  ['no_show', 'refused'],
  ['left', 'refused'],
])('a desk makes an appointment as %s: %s; an import brings any', async (status, verdict) => {
  const insert = insertInto(owner, basics.clinicId);
  const tried = async (origin: string): Promise<string> => {
    await owner.query('begin');
    const row = appointmentOf(basics, 0, 0, { status, origin });
    const outcome = await insert('appointments', row).then(
      () => 'allowed',
      () => 'refused',
    );
    await owner.query('rollback');
    return outcome;
  };
  expect([await tried('desk'), await tried('import')]).toEqual([verdict, 'allowed']);
});
