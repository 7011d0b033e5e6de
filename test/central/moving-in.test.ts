import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '../../src-main/central.ts';
import { settle } from '../../src-main/commands/owner.ts';
import { addClinic } from '../../src-main/core/central/admin.ts';
import { findClinics } from '../../src-main/core/central/find-clinic.ts';
import { readWeek } from '../../src-main/core/central/moving/hours.ts';
import { moveUsers } from '../../src-main/core/central/moving/move.ts';
import type { MovingUser } from '../../src-main/core/central/moving/plan.ts';
import { clinicWithDesks, freshCentral, type TestCentral, withClient } from '../support/central.ts';
import { insertInto } from '../support/central-rows.ts';
import { temporaryFolder } from '../support/desk.ts';

let central: TestCentral;
let source: TestCentral;
let athens: string;
let patras: string;
const folder = temporaryFolder();

const asOwner = <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(central.ownerUrl, async (owner) => (await owner.query(sql, values)).rows);
const locationsOf = (clinicId: string, ...places: [name: string, city: string, phone: string][]) =>
  withClient(central.ownerUrl, async (owner) => {
    for (const [name, city, phone] of places) {
      const where = { address_line1: 'Street 1', country: 'Greece', timezone: 'Europe/Athens' };
      await insertInto(owner, clinicId)('clinic_locations', { id: newId(), name, city, phone, ...where });
    }
  });

beforeAll(async () => {
  [central, source] = await Promise.all([freshCentral(), freshCentral()]);
  athens = (
    await clinicWithDesks(central.ownerUrl, ['Front'], { name: 'Paws and Claws', nameEl: 'Πατούσες' })
  ).clinicId;
  await locationsOf(
    athens,
    ['Kifisia', 'Αθήνα', '+30 210 123 4567'],
    ['Harbour', 'Πειραιάς', '210 4000 111'],
  );
  const added = await addClinic(central.ownerUrl, { name: 'Smile Dental', timezone: 'Europe/Athens' });
  patras = added.ok ? added.value : '';
  await locationsOf(patras, ['Centre', 'Πάτρα', '2610 555 666']);
});
afterAll(async () => {
  await Promise.all([central.drop(), source.drop()]);
  folder.remove();
});

/** What the command says on its two streams. */
const command = async (...args: string[]) => {
  const said = { out: '', err: '' };
  const listen = (stream: 'stdout' | 'stderr', to: 'out' | 'err') =>
    vi.spyOn(process[stream], 'write').mockImplementation((part) => {
      said[to] += String(part);
      return true;
    });
  const [out, err] = [listen('stdout', 'out'), listen('stderr', 'err')];
  try {
    await main([...args, '--url', central.ownerUrl]);
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
  return said;
};
const lines = (text: string) => text.trim().split('\n').filter(Boolean);

describe('a clinic is found', () => {
  test.for([
    ['paws', 'athens'],
    ['CLAWS', 'athens'],
    ['patoyses', 'none'],
    ['patouses', 'athens'],
    ['Πατουσες', 'athens'],
    ['athina', 'athens'],
    ['ΠΕΙΡΑΙΑΣ', 'athens'],
    ['peiraias paws', 'athens'],
    ['1234567', 'athens'],
    ['(210) 400-0111', 'athens'],
    ['5666', 'patras'],
    ['patra', 'patras'],
    ['dental patra', 'patras'],
    ['paws patra', 'none'],
    ['666', 'none'],
    ['', 'both'],
  ])('by name, city and the end of a phone number: "%s"', async ([text, which]) => {
    const found = settle(await findClinics(central.ownerUrl, text ?? '')).map(({ id }) => id);
    const expected = { athens: [athens], patras: [patras], none: [], both: [athens, patras] };
    expect(found).toEqual(expected[which as keyof typeof expected]);
  });

  test('by the command, with what tells it from others', async () => {
    expect(lines((await command('find-clinic', 'paws')).out)).toEqual([
      `${athens}  Paws and Claws / Πατούσες / Kifisia / Harbour  Αθήνα, Πειραιάς  +30 210 123 4567, 210 4000 111`,
    ]);
    expect(await command('find-clinic', 'nobody')).toEqual({ out: '', err: 'No clinic fits.\n' });
  });

  test('for whoever moves in only where one fits; else those that do are listed', async () => {
    const from = csvOf('email,role\nx@y.example,doctor');
    await expect(command('move-users', '--clinic', 'nobody', '--from', from)).rejects.toThrow(
      'There is no clinic "nobody".',
    );
    await expect(command('move-users', '--clinic', 'p', '--from', from)).rejects.toThrow(
      new RegExp(`more than one clinic:\n${athens}.*\n${patras}`, 's'),
    );
  });
});

let files = 0;
const csvOf = (text: string): string => {
  files += 1;
  const file = join(folder.path, `users-${files}.csv`);
  writeFileSync(file, text);
  return file;
};
/** All of a clinic that moving in could touch, and how long its audit is. */
const everything = (clinicId: string) =>
  asOwner(
    `select (select jsonb_agg(to_jsonb(u) order by email) from users u where clinic_id = $1) as users,
       (select jsonb_agg(to_jsonb(d) order by email) from doctors d where clinic_id = $1) as doctors,
       (select jsonb_agg(to_jsonb(t) order by id) from schedule_templates t where clinic_id = $1) as hours,
       (select count(*) from audit_log where clinic_id = $1) as audited`,
    [clinicId],
  );
const staffOf = (clinicId: string) =>
  asOwner<{ email: string; name: string; role: string; doctor: string | null; hours: string | null }>(
    `select u.email, u.display_name as name, u.role, d.first_name || '|' || d.last_name || '|' || d.specialization as doctor,
       (select string_agg(t.weekday || ' ' || t.starts_local || '-' || t.ends_local || ' ' || l.name, ', ' order by t.weekday)
         from schedule_templates t join clinic_locations l on l.clinic_id = t.clinic_id and l.id = t.location_id
         where t.clinic_id = u.clinic_id and t.doctor_id = d.id) as hours
     from users u left join doctors d on d.clinic_id = u.clinic_id and d.user_id = u.id
     where u.clinic_id = $1 and u.email not like '%desk.invalid' order by u.email`,
    [clinicId],
  );

const team = `email;name;role;specialty;city;hours
 Anna@Vet.example ;Anna Nikolaou;Practice owner;;;
bella@vet.example;Bella Maria Vet;veterinarian;Surgery;πειραιας;Mon-Wed 09:00-13:00, Sat 10:00-12:00
carl@vet.example;Carl;technician;;;
dora@vet.example;Dora Vet;doctor;;Volos;
not an address;Nobody;doctor;;;
BELLA@vet.example;Bella again;doctor;;;
eve@vet.example;Eve;patient;;;
fay@vet.example;Fay;groomer;;;
gus@vet.example;Gus Vet;doctor;;Αθήνα;any time`;

describe('people of another system move into a clinic', () => {
  test('by a dry run nothing is written, and it says to the line what is done then', async () => {
    const from = csvOf(team);
    const before = await everything(athens);
    const dry = await command('move-users', '--clinic', 'claws', '--from', from, '--dry-run');
    expect(await everything(athens)).toEqual(before);
    const real = await command('move-users', '--clinic', 'claws', '--from', from);
    expect(lines(dry.out)).toEqual(lines(real.out).map((line) => `would ${line}`));
    expect(lines(real.out)).toEqual([
      'add account  anna@vet.example  Anna Nikolaou  admin',
      'add account  bella@vet.example  Bella Maria Vet  doctor',
      'add doctor  bella@vet.example  Bella Maria Vet  Surgery',
      'add hours  bella@vet.example  Mon-Wed 09:00-13:00, Sat 10:00-12:00  Harbour',
      'add account  carl@vet.example  Carl  receptionist',
      'add account  dora@vet.example  Dora Vet  doctor',
      'add doctor  dora@vet.example  Dora Vet',
      'add account  gus@vet.example  Gus Vet  doctor',
      'add doctor  gus@vet.example  Gus Vet',
    ]);
    expect(
      lines(real.err)
        .slice(0, -1)
        .map((line) => line.replace(/ {2}.*? {2}/, ' ')),
    ).toEqual([
      'left out: line 5 gets no hours: the clinic has no location, or several and none in their city (Volos)',
      'left out: line 6 has no e-mail address that can be used (not an address)',
      'left out: line 7 is in the source more than once; the first one counts',
      'left out: line 8 is a patient; the import brings patients in (patient)',
      'left out: line 9 has a role that says nothing here (groomer)',
      'left out: line 10 has hours that cannot be read (any time)',
    ]);
    expect(await staffOf(athens)).toMatchObject([
      { email: 'anna@vet.example', role: 'admin', doctor: null },
      {
        email: 'bella@vet.example',
        role: 'doctor',
        doctor: 'Bella Maria|Vet|Surgery',
        hours: '1 09:00-13:00 Harbour, 2 09:00-13:00 Harbour, 3 09:00-13:00 Harbour, 6 10:00-12:00 Harbour',
      },
      { email: 'carl@vet.example', role: 'receptionist', doctor: null },
      { email: 'dora@vet.example', role: 'doctor', doctor: 'Dora|Vet|', hours: null },
      { email: 'gus@vet.example', role: 'doctor', hours: null },
    ]);
  });

  test('once more, nothing changes', async () => {
    const before = await everything(athens);
    const again = await command('move-users', '--clinic', athens, '--from', csvOf(team));
    expect(again.out).toBe('');
    expect(await everything(athens)).toEqual(before);
  });

  test('and what stands there stays: another role, a doctor’s record, hours of their own', async () => {
    await withClient(central.ownerUrl, async (owner) => {
      const into = insertInto(owner, patras);
      const account = (email: string, role: string, columns: object = {}) =>
        into('users', { id: newId(), email, display_name: 'There', hashed_password: '!', role, ...columns });
      await account('role@here.example', 'receptionist');
      await account('gone@here.example', 'doctor', { deleted_at: '2026-01-01T00:00:00Z' });
      const other = newId();
      await account('other@here.example', 'doctor');
      await into('users', {
        id: other,
        email: 'holds@here.example',
        display_name: 'Holds',
        hashed_password: '!',
        role: 'doctor',
      });
      const doctor = { first_name: 'Known', last_name: 'Here', specialization: 'General' };
      await into('doctors', { id: newId(), email: 'Record@here.example', ...doctor });
      await into('doctors', { id: newId(), email: 'other@here.example', user_id: other, ...doctor });
    });
    const person = (email: string, columns: Partial<MovingUser> = {}): MovingUser => ({
      place: email,
      email,
      name: null,
      role: 'doctor',
      doctor: null,
      city: null,
      hours: null,
      ...columns,
    });
    const users = ['role', 'gone', 'other', 'record'].map((name) => person(`${name}@here.example`));
    const { steps, leftOut } = settle(
      await moveUsers(central.ownerUrl, { clinicId: patras, users, dryRun: false }),
    );
    expect(leftOut.map(({ place, reason }) => [place, reason])).toEqual([
      ['role@here.example', 'other_role'],
      ['gone@here.example', 'deactivated'],
      ['other@here.example', 'doctor_of_other'],
    ]);
    expect(steps.map(({ what, email }) => [what, email])).toEqual([
      ['add_account', 'record@here.example'],
      ['link_doctor', 'record@here.example'],
      ['add_hours', 'record@here.example'],
    ]);
    const moved = (await staffOf(patras)).find(({ email }) => email === 'record@here.example');
    expect(moved).toMatchObject({
      doctor: 'Known|Here|General',
      hours: expect.stringMatching(/^1 09:00-17:00 Centre/),
    });
    expect(
      settle(await moveUsers(central.ownerUrl, { clinicId: patras, users, dryRun: false })).steps,
    ).toEqual([]);
  });

  test('from a Postgres with the tables of medic-schema, without its passwords', async () => {
    const database = new URL(source.ownerUrl);
    const name = `medic_${Date.now()}`;
    await withClient(source.ownerUrl, (client) => client.query(`create database ${name}`));
    database.pathname = `/${name}`;
    try {
      await withClient(database.href, (client) =>
        client.query(`
          create table users (id text primary key, email text not null unique, hashed_password text not null,
            role text not null default 'patient', confirmed_at text, totp_secret bytea, inserted_at text not null,
            updated_at text not null);
          create table specialties (id text primary key, name_en text not null, name_el text not null, slug text not null,
            icon text, inserted_at text not null, updated_at text not null);
          create table doctors (id text primary key, user_id text not null references users (id), specialty_id text,
            first_name text not null, last_name text not null, city text, inserted_at text not null, updated_at text not null);
          insert into users values ('u1', 'nikos@medic.example', 'secret-hash', 'doctor', null, null, '', ''),
            ('u2', 'boss@medic.example', 'secret-hash', 'admin', null, null, '', ''),
            ('u3', 'sick@medic.example', 'secret-hash', 'patient', null, null, '', '');
          insert into specialties values ('s1', 'Cardiology', 'Καρδιολογία', 'cardiology', null, '', '');
          insert into doctors values ('d1', 'u1', 's1', 'Nikos', 'Georgiou', 'Πάτρα', '', '');`),
      );
      const { out, err } = await command('move-users', '--clinic', 'smile', '--from', database.href);
      expect(lines(out)).toEqual([
        'add account  nikos@medic.example  Nikos Georgiou  doctor',
        'add doctor  nikos@medic.example  Nikos Georgiou  Cardiology',
        'add hours  nikos@medic.example  Mon-Fri 09:00-17:00  Centre',
        'add account  boss@medic.example  boss@medic.example  admin',
      ]);
      expect(err).toContain('users u3  sick@medic.example  is a patient');
      const kept = await asOwner<{ hashed_password: string }>(
        `select distinct hashed_password from users where email like '%@medic.example'`,
      );
      expect(kept).toEqual([{ hashed_password: '!' }]);
      expect((await command('move-users', '--clinic', 'smile', '--from', database.href)).out).toBe('');
    } finally {
      await withClient(source.ownerUrl, (client) => client.query(`drop database ${name} with (force)`));
    }
  });

  test('from nothing that is no source', async () => {
    const at = (from: string) => command('move-users', '--clinic', 'smile', '--from', from);
    await expect(at(join(folder.path, 'none.csv'))).rejects.toThrow(/no file/);
    await expect(at(csvOf('name,role\nAnna,doctor'))).rejects.toThrow(/no column "email"/);
    await expect(at(csvOf('email\n"open'))).rejects.toThrow(/no CSV file/);
    await expect(at('postgres://nobody@127.0.0.1:1/none')).rejects.toThrow(/could not be opened/);
  });
});

test('a working week is read as people write it, or not at all', () => {
  expect(readWeek('Mon-Tue 9:00-13:30; sat 10:00-12:00')).toEqual([
    { weekday: 1, starts: '09:00', ends: '13:30' },
    { weekday: 2, starts: '09:00', ends: '13:30' },
    { weekday: 6, starts: '10:00', ends: '12:00' },
  ]);
  for (const wrong of [
    '',
    'Mon',
    'Fri-Mon 09:00-10:00',
    'Mon 10:00-09:00',
    'Mon 25:00-26:00',
    'Mon 09:00-11:00; Mon 10:00-12:00',
  ])
    expect(readWeek(wrong)).toBe(null);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const week = readWeek(text);
      expect(week === null || week.every(({ starts, ends }) => starts < ends)).toBe(true);
    }),
  );
});
