import pg from 'pg';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeRow, PlainChange } from '../../src-main/contract/change.ts';
import { roleRights } from '../../src-main/core/security/roles.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import {
  adds,
  appointmentOf,
  type Basics,
  day,
  insertInto,
  seedBasics,
  sets,
  slotStart,
  TestStream,
} from '../support/central-rows.ts';
import { outcomeOf, Signer, sessionOf, verdict } from '../support/signer.ts';
import { addStaff, type Staff } from '../support/staff.ts';

type Person = 'receptionist' | 'doctor' | 'admin';

let central: TestCentral;
let owner: pg.Client;
let client: pg.Client;
let stream: TestStream;
let basics: Basics;
let clinicId: string;
let deskId: string;
let insert: ReturnType<typeof insertInto>;
const staff = {} as Record<Person, Staff>;
const people = {} as Record<Person, Signer>;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  const clinic = await clinicWithDesks(central.ownerUrl, ['Front']);
  clinicId = clinic.clinicId;
  deskId = clinic.desks[0]?.deskId ?? '';
  basics = await seedBasics(owner, clinicId);
  insert = insertInto(owner, clinicId);
  client = new pg.Client({ connectionString: clinic.desks[0]?.url ?? '' });
  await client.connect();
  stream = new TestStream(client);
  for (const role of ['receptionist', 'doctor', 'admin'] as const) {
    staff[role] = await addStaff(central.ownerUrl, clinicId, { role });
    people[role] = new Signer(staff[role], stream, deskId);
  }
  for (const person of Object.values(people)) expect(verdict(await person.signsIn())).toBe('applied');
});
afterAll(async () => {
  await client.end();
  await owner.end();
  await central.drop();
});

/** What the desk does by itself, unsigned. */
const deskDoes = async (rows: ChangeRow[], parts: Partial<PlainChange> = {}) =>
  verdict(outcomeOf(await stream.push([stream.change(rows, parts)])));
const does = async (role: Person, rows: ChangeRow[], parts: Partial<PlainChange> = {}) =>
  verdict(await people[role].does(rows, parts));

let slot = 0;
/** An appointment in a slot that none of these tests has had. */
const booked = (columns: Record<string, unknown> = {}) => {
  slot += 1;
  return appointmentOf(basics, slot % 2 === 0 ? 0 : 1, Math.floor(slot / 2) % 8, columns);
};
/** An appointment that an admin approved beside all others, so that none is in its way. */
const stands = async () => {
  const row = appointmentOf(basics, 0, 0, {
    slot_id: null,
    scheduled_at: `2027-01-01T00:00:00Z`,
    ends_at: '2027-01-01T00:15:00Z',
    overbook_reason: 'There before',
    overbooked_by: staff.admin.id,
  });
  await insert('appointments', row);
  return row;
};
/** An ordinary one, in a slot of its own. */
const standsAt = async (scheduled_at: string, ends_at: string) => {
  const slot = { id: newId(), doctor_id: basics.doctors[0], location_id: basics.locationId };
  await insert('doctor_time_slots', { ...slot, start_time_utc: scheduled_at, end_time_utc: ends_at });
  const row = appointmentOf(basics, 0, 0, { slot_id: slot.id, scheduled_at, ends_at });
  await insert('appointments', row);
  return row;
};
const payment = (appointment: string, columns: Record<string, unknown> = {}) => ({
  id: newId(),
  appointment_id: appointment,
  amount_cents: 5000,
  currency: 'EUR',
  method: 'cash',
  status: 'paid',
  kind: 'payment',
  location_id: basics.locationId,
  ...columns,
});
const givesBack = (first: { id: string; appointment_id: string }, kind: 'refund' | 'void') =>
  adds(
    'payments',
    payment(first.appointment_id, {
      kind,
      status: 'refunded',
      refunds_payment_id: first.id,
      note: 'Typed wrong',
    }),
  );

test('central gives each role the rights that the desks give it, and a desk by itself next to none', async () => {
  const { rows } = await owner.query<{ role: string; rights: string[] }>(
    `select role, array_agg("right" order by "right") as rights from role_rights group by role`,
  );
  const central = Object.fromEntries(rows.map(({ role, rights }) => [role, rights]));
  const { desk, ...roles } = central;
  expect(desk).toEqual(['desk', 'display', 'door', 'kiosk']);
  expect(roles).toEqual(
    Object.fromEntries(
      Object.entries(roleRights)
        .filter(([, rights]) => rights.size > 0)
        .map(([role, rights]) => [role, [...rights].sort()]),
    ),
  );
});

test('every table that desks write has a right, and it is one', async () => {
  const { rows } = await owner.query('select name, "right" from replicated_tables where pushable');
  expect(rows.filter((row) => !roleRights.admin.has(row.right))).toEqual([]);
});

describe('by itself a desk', () => {
  test('holds a time, lets it go, makes slots and takes a patient in at the kiosk', async () => {
    const hold = booked({ status: 'held', patient_id: null });
    expect(await deskDoes([adds('appointments', hold)])).toBe('applied');
    const release = { status: 'cancelled', cancelled_at: `${day}T08:00:00.000Z` };
    expect(
      await deskDoes([sets('appointments', hold.id, release, { status: 'held', cancelled_at: null })]),
    ).toBe('applied');
    const made = {
      id: newId(),
      doctor_id: basics.doctors[0],
      location_id: basics.locationId,
      start_time_utc: slotStart(20),
      end_time_utc: slotStart(21),
    };
    expect(await deskDoes([adds('doctor_time_slots', made)])).toBe('applied');
    const { id } = await stands();
    const arrives = { status: 'arrived', arrived_at: `${day}T08:00:00.000Z` };
    expect(
      await deskDoes([sets('appointments', id, arrives, { status: 'scheduled', arrived_at: null })]),
    ).toBe('applied');
  });

  test('books nobody, moves nobody, and cancels nobody', async () => {
    const { id } = await stands();
    const from = { status: 'scheduled' };
    expect(await deskDoes([adds('appointments', booked())])).toBe('not_allowed schedule.write');
    expect(await deskDoes([adds('appointments', booked({ status: 'held' }))])).toBe(
      'not_allowed schedule.write',
    );
    expect(await deskDoes([sets('appointments', id, { status: 'cancelled' }, from)])).toBe(
      'not_allowed schedule.write',
    );
    expect(await deskDoes([sets('appointments', id, { notes: 'x' }, { notes: null })])).toBe(
      'not_allowed schedule.write',
    );
    const arrives = { status: 'arrived', patient_id: basics.patients[1] };
    expect(
      await deskDoes([sets('appointments', id, arrives, { ...from, patient_id: basics.patients[0] })]),
    ).toBe('not_allowed schedule.write');
    const hold = booked({ status: 'held', patient_id: null });
    expect(await deskDoes([adds('appointments', hold)])).toBe('applied');
    const becomes = { status: 'scheduled', patient_id: basics.patients[0] };
    expect(
      await deskDoes([sets('appointments', hold.id, becomes, { status: 'held', patient_id: null })]),
    ).toBe('not_allowed schedule.write');
  });

  test('is made into nobody by a setting, another role, or a table that is called like ours', async () => {
    await owner.query(`grant temporary on database ${new URL(central.ownerUrl).pathname.slice(1)} to public`);
    for (const [name, value] of [
      ['anteroom.done_at', `${day}T08:00:00Z`],
      ['anteroom.role', 'admin'],
      ['anteroom.user_id', staff.admin.id],
      ['anteroom.rights', 'clinic.manage'],
    ])
      await client.query('select set_config($1, $2, false)', [name, value]);
    await client.query('set role anteroom_desk');
    await client.query(
      `create temporary table role_rights as select 'desk' as role, 'clinic.manage' as "right"`,
    );
    await client.query('create temporary table staff_keys (clinic_id uuid, id uuid, sealed text)');
    await client.query('set search_path = pg_temp, public');
    const renames = [sets('rooms', basics.rooms[0], { name: 'Mine' }, { name: 'Room 1' })];
    expect(await deskDoes(renames)).toBe('not_allowed clinic.manage');
    expect(await does('receptionist', renames)).toBe('not_allowed clinic.manage');
    await client.query('drop table pg_temp.role_rights, pg_temp.staff_keys');
    await client.query('reset all; reset role');
  });

  test('writes no other table', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select name from replicated_tables where pushable and name not in ('appointments', 'doctor_time_slots')`,
    );
    for (const { name } of rows) {
      expect(await deskDoes([adds(name, { id: newId(), created_at: `${day}T08:00:00Z` })]), name).toMatch(
        /^not_allowed /,
      );
    }
  });
});

describe('an overbook', () => {
  const approved = (by: Staff) => ({ overbook_reason: 'Urgent', overbooked_by: by.id });
  const none = { overbook_reason: null, overbooked_by: null };
  test('is approved by who may, made new or put on a booking', async () => {
    const { id } = await standsAt('2027-02-01T00:00:00Z', '2027-02-01T00:15:00Z');
    const by = { receptionist: approved(staff.receptionist), doctor: approved(staff.doctor) };
    const held = booked({ ...by.doctor, status: 'held', patient_id: null });
    expect(await deskDoes([adds('appointments', held)])).toBe('not_allowed schedule.overbook');
    for (const [who, expected] of [
      ['receptionist', 'not_allowed schedule.overbook'],
      ['doctor', 'applied'],
    ] as const) {
      expect(await does(who, [adds('appointments', booked(by[who]))])).toBe(expected);
      expect(await does(who, [sets('appointments', id, by[who], none)])).toBe(expected);
    }
  });

  test('that stands is moved by anybody to a free time, and onto another booking only by who may', async () => {
    const free = { scheduled_at: '2027-03-01T00:00:00Z', ends_at: '2027-03-01T00:15:00Z' };
    await standsAt(free.scheduled_at, free.ends_at);
    const { id } = await stands();
    const was = { scheduled_at: '2027-01-01T00:00:00Z', ends_at: '2027-01-01T00:15:00Z' };
    const onto = [sets('appointments', id, free, was)];
    expect(await does('receptionist', onto)).toBe('not_allowed schedule.overbook');
    const away = { scheduled_at: '2027-03-01T01:00:00Z', ends_at: '2027-03-01T01:15:00Z' };
    expect(await does('receptionist', [sets('appointments', id, away, was)])).toBe('applied');
    expect(
      await does('receptionist', [
        sets('appointments', id, { ends_at: '2027-03-01T01:10:00Z' }, { ends_at: away.ends_at }),
      ]),
    ).toBe('applied');
    expect(
      await does('doctor', [
        sets('appointments', id, free, { scheduled_at: away.scheduled_at, ends_at: '2027-03-01T01:10:00Z' }),
      ]),
    ).toBe('applied');
  });
});

describe('money is given back', () => {
  test('by who may refund, and never under another kind of change', async () => {
    const { id } = await stands();
    const first = payment(id);
    expect(await does('receptionist', [adds('payments', first)])).toBe('applied');
    expect(await does('receptionist', [givesBack(first, 'refund')], { kind: 'takePayment' })).toBe(
      'not_allowed payments.refund',
    );
    expect(await does('doctor', [givesBack(first, 'refund')])).toBe('not_allowed payments.refund');
    expect(await does('admin', [givesBack(first, 'refund')])).toBe('applied');
  });

  test('by who took it just now, for ten minutes, and not by a colleague', async () => {
    const { id } = await stands();
    const took = `${day}T08:00:00.000Z`;
    const [first, second] = [payment(id), payment(id)];
    for (const one of [first, second])
      expect(await does('receptionist', [adds('payments', one)], { at: took })).toBe('applied');
    const soon = { at: `${day}T08:09:59.000Z` };
    expect(await does('doctor', [givesBack(first, 'void')], soon)).toBe('not_allowed payments.refund');
    expect(await does('receptionist', [givesBack(first, 'refund')], soon)).toBe(
      'not_allowed payments.refund',
    );
    expect(await does('receptionist', [givesBack(first, 'void')], soon)).toBe('applied');
    const late = { at: `${day}T08:10:00.000Z` };
    expect(await does('receptionist', [givesBack(second, 'void')], late)).toBe('not_allowed payments.refund');
    expect(await does('admin', [givesBack(second, 'void')], late)).toBe('applied');
  });
});

test('a person is erased, and a record merged, by who may, whatever the change is called', async () => {
  const [id, other] = [newId(), newId()];
  for (const one of [id, other]) await insert('patients', { id: one, first_name: 'A', last_name: 'B' });
  const erases = [sets('patients', id, { erased_at: `${day}T08:00:00Z` }, { erased_at: null })];
  expect(await does('receptionist', erases, { kind: 'updatePatient' })).toBe('not_allowed patients.erase');
  expect(await does('doctor', erases)).toBe('not_allowed patients.erase');
  const born = { id: newId(), first_name: 'A', last_name: 'B', erased_at: `${day}T08:00:00Z` };
  expect(await does('receptionist', [adds('patients', born)])).toBe('not_allowed patients.erase');
  const merge = { id: newId(), kept_id: id, merged_id: other, moved: {} };
  expect(await deskDoes([adds('patient_merges', merge)])).toBe('not_allowed patients.merge');
  expect(await does('admin', erases)).toBe('applied');
});

test('hours, prescriptions and what the clinic is made of are written by who may', async () => {
  const hours = () =>
    adds('schedule_exceptions', {
      id: newId(),
      doctor_id: basics.doctors[0],
      kind: 'block',
      starts_at: `${day}T12:00:00Z`,
      ends_at: `${day}T13:00:00Z`,
    });
  expect(await does('receptionist', [hours()])).toBe('not_allowed schedule.plan');
  expect(await does('doctor', [hours()])).toBe('applied');
  const { id } = await stands();
  const prescription = () =>
    adds('prescriptions', {
      id: newId(),
      appointment_id: id,
      doctor_id: basics.doctors[0],
      patient_id: basics.patients[0],
      instructions: 'Rest',
    });
  expect(await does('receptionist', [prescription()])).toBe('not_allowed prescriptions.write');
  expect(await does('doctor', [prescription()])).toBe('applied');
  const renames = (to: string, from: string) => [
    sets('rooms', basics.rooms[0], { name: to }, { name: from }),
  ];
  expect(await does('doctor', renames('A', 'Room 1'))).toBe('not_allowed clinic.manage');
  expect(await does('admin', renames('A', 'Room 1'))).toBe('applied');
  const settings = { settings: { idle_minutes: 999 } };
  expect(await does('doctor', [sets('clinics', clinicId, settings, { settings: {} })])).toBe(
    'not_allowed clinic.manage',
  );
  for (const table of ['clinic_locations', 'visit_types', 'specialties', 'doctors'])
    expect(await does('doctor', [adds(table, { id: newId(), created_at: `${day}T08:00:00Z` })]), table).toBe(
      'not_allowed clinic.manage',
    );
});

test('one row that is not allowed refuses the whole change', async () => {
  const patient = { id: newId(), first_name: 'Half', last_name: 'Done' };
  const rows = [adds('patients', patient), sets('rooms', basics.rooms[1], { name: 'X' }, { name: 'Room 2' })];
  expect(await does('receptionist', rows)).toBe('not_allowed clinic.manage');
  expect((await owner.query('select from patients where id = $1', [patient.id])).rowCount).toBe(0);
});

describe('keys and sessions', () => {
  const box = (of: Staff, sealed: string) => [sets('staff_keys', of.id, { sealed }, { sealed: of.sealed })];
  test('everybody seals their own box, and nobody, not even an admin, another', async () => {
    expect(await does('receptionist', box(staff.doctor, 'forged'))).toBe('not_allowed account');
    expect(await does('admin', box(staff.receptionist, 'forged'))).toBe('not_allowed account');
    expect(await deskDoes(box(staff.receptionist, 'forged'))).toBe('not_allowed account');
    expect(await does('receptionist', box(staff.receptionist, staff.doctor.sealed))).toBe('applied');
    const misses = [sets('staff_keys', staff.receptionist.id, { misses: 0 }, { misses: 5 })];
    expect(await does('receptionist', misses)).toBe('invalid');
    expect(await does('admin', [adds('staff_keys', { id: newId(), sealed: 'x' })])).toBe(
      'not_allowed account',
    );
  });

  test('a session is begun for oneself, ended by oneself, by its desk or by who manages the staff, and stays ended', async () => {
    expect(await does('admin', [sessionOf(staff.receptionist.id, newId(), deskId)])).toBe(
      'not_allowed account',
    );
    expect(await deskDoes([sessionOf(staff.receptionist.id, newId(), deskId)])).toBe('not_allowed account');
    const elsewhere = async () => {
      const id = newId();
      await insert('user_sessions', {
        id,
        user_id: staff.admin.id,
        desk_id: newId(),
        method: 'password',
        started_at: `${day}T06:00:00Z`,
      });
      return id;
    };
    const ends = (id: string) =>
      sets('user_sessions', id, { ended_at: `${day}T09:00:00Z` }, { ended_at: null });
    const theirs = await elsewhere();
    expect(await does('receptionist', [ends(theirs)])).toBe('not_allowed staff.manage');
    expect(await deskDoes([ends(theirs)])).toBe('not_allowed staff.manage');
    expect(await does('admin', [ends(theirs)])).toBe('applied');
    for (const set of [{ ended_at: null }, { ended_at: '2099-01-01T00:00:00Z' }])
      expect(
        await does('admin', [sets('user_sessions', theirs, set, { ended_at: `${day}T09:00:00Z` })]),
      ).toBe('not_allowed account');
    // Ended at another desk too, which did not know: that is no quarrel.
    const apart = sets('user_sessions', theirs, { ended_at: `${day}T10:00:00Z` }, { ended_at: null });
    expect(await does('admin', [apart])).toBe('applied');
    const open = await elsewhere();
    const steals = sets(
      'user_sessions',
      open,
      { user_id: staff.receptionist.id },
      { user_id: staff.admin.id },
    );
    expect(await does('receptionist', [steals])).toBe('not_allowed account');
    const left = new Signer(staff.doctor, stream, deskId);
    await left.signsIn();
    expect(await deskDoes([ends(left.session)])).toBe('applied');
  });

  test('no change makes, changes or promotes an account, and none comes near the keys that central keeps', async () => {
    const promotes = [sets('users', staff.receptionist.id, { role: 'admin' }, { role: 'receptionist' })];
    for (const table of ['users', 'signing_keys', 'desks', 'role_rights', 'backend_sessions', 'audit_log'])
      expect(await does('admin', [adds(table, { id: newId(), clinic_id: clinicId })]), table).toBe('invalid');
    expect(await does('admin', promotes)).toBe('invalid');
  });
});

test('a role that was taken away is gone for what comes after, and an account that was closed signs nothing more', async () => {
  const temp = await addStaff(central.ownerUrl, clinicId, { role: 'admin' });
  const person = new Signer(temp, stream, deskId);
  await person.signsIn();
  const renames = (to: string, from: string) => [
    sets('rooms', basics.rooms[1], { name: to }, { name: from }),
  ];
  expect(verdict(await person.does(renames('B', 'Room 2')))).toBe('applied');
  await owner.query(`update users set role = 'receptionist' where id = $1`, [temp.id]);
  expect(verdict(await person.does(renames('C', 'B')))).toBe('not_allowed clinic.manage');
  const added = adds('patients', { id: newId(), first_name: 'A', last_name: 'B' });
  await owner.query('alter table users disable trigger user');
  await owner.query('update users set deleted_at = $2 where id = $1', [temp.id, `${day}T09:00:00Z`]);
  await owner.query('alter table users enable trigger user');
  expect(verdict(await person.does([added], { at: `${day}T09:00:00.000Z` }))).toBe(
    'not_allowed patients.write',
  );
  expect(verdict(await person.does([added], { at: `${day}T08:59:59.000Z` }))).toBe('applied');
});
