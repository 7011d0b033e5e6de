import { getTableConfig } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { orthodoxEaster, westernEaster } from '../../src-main/core/sample/holidays.ts';
import { frequencies, random } from '../../src-main/core/sample/random.ts';
import { sampleRows } from '../../src-main/core/sample/rows.ts';
import { dayAt } from '../../src-main/core/sample/schedule.ts';
import { defaultSizes, type SampleSizes } from '../../src-main/core/sample/sizes.ts';

type Row = Record<string, unknown>;

const midday = '2026-11-24T09:20:00.000Z';
const make = (sizes: Partial<SampleSizes> = {}): Map<string, Row[]> => {
  const tables = new Map<string, Row[]>();
  for (const { table, rows } of sampleRows({ ...defaultSizes(midday), ...sizes })) {
    const { name } = getTableConfig(table);
    tables.set(name, [...(tables.get(name) ?? []), ...(rows as Row[])]);
  }
  return tables;
};
const sample = make();
const of = (name: string, tables = sample): Row[] => tables.get(name) ?? [];

/** The appointments of each location's today. */
const todays = (tables: Map<string, Row[]>, now: string): Row[][] =>
  of('clinic_locations', tables).map(({ id, timezone }) =>
    of('appointments', tables).filter(
      (one) =>
        one['locationId'] === id &&
        dayAt(Date.parse(String(one['scheduledAt'])), String(timezone)) ===
          dayAt(Date.parse(now), String(timezone)),
    ),
  );

describe('a sample clinic', () => {
  test('is the same clinic for the same seed, and another one for another', () => {
    expect(make()).toEqual(sample);
    const other = make({ seed: 2 });
    expect(of('patients', other)[20]).not.toEqual(of('patients')[20]);
    expect(of('clinics', other)[0]?.['id']).not.toBe(of('clinics')[0]?.['id']);
  });

  test('is as large as it was asked to be', () => {
    const small = make({ patients: 40, appointments: 777, doctors: 3 });
    expect(of('patients', small)).toHaveLength(40);
    expect(of('appointments', small)).toHaveLength(777);
    expect(of('doctors', small)).toHaveLength(3);
    expect(of('doctors', make({ doctors: 30 }))).toHaveLength(30);
    expect(of('appointments', make({ patients: 0, appointments: 0 }))).toEqual([]);
  });

  test('gives every row an id of its own, in the order in which rows came about', () => {
    for (const [table, rows] of sample) {
      // Counts of each location, which nobody refers to.
      if (table === 'receipt_counters') continue;
      const ids = rows.map((row) => String(row['id']));
      expect([table, new Set(ids).size]).toEqual([table, ids.length]);
      for (const id of ids)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    const ids = of('patients').map((row) => String(row['id']));
    expect([...ids].sort()).toEqual(ids);
  });

  test('begins at a whole millisecond, however many doctors share its appointments', () => {
    const uneven = make({ appointments: 7_930, doctors: 11 });
    for (const { id, createdAt } of of('patients', uneven)) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      expect(parseInt(String(id).replace('-', '').slice(0, 12), 16)).toBe(Date.parse(String(createdAt)));
    }
  });

  test('has two locations in two time zones and doctors with names in both languages', () => {
    expect(of('clinic_locations').map((one) => one['timezone'])).toEqual(['Europe/Athens', 'Europe/London']);
    expect(of('doctors')).toHaveLength(12);
    for (const doctor of of('doctors')) {
      expect(String(doctor['lastName'])).toMatch(/^[A-Z]/);
      expect(String(doctor['lastNameEl'])).toMatch(/^\p{Script=Greek}/u);
    }
  });

  test('has the patients that make a front desk hard', () => {
    const patients = of('patients');
    const share = (test: (row: Row) => boolean) => patients.filter(test).length / patients.length;
    expect(share((row) => /\p{Script=Greek}/u.test(String(row['lastName'])))).toBeGreaterThan(0.4);
    expect(share((row) => /^[A-Z]/.test(String(row['lastName'])))).toBeGreaterThan(0.2);
    expect(patients.some((row) => String(row['lastName']).length > 30)).toBe(true);
    expect(share((row) => row['phone'] === null)).toBeGreaterThan(0.01);
    expect(share((row) => row['email'] === null)).toBeGreaterThan(0.1);
    const yearAgo = '2025-11-24';
    expect(
      share((row) => row['contactConfirmedAt'] !== null && String(row['contactConfirmedAt']) < yearAgo),
    ).toBeGreaterThan(0.05);
    const names = patients.map((row) => `${row['firstName']} ${row['lastName']}`);
    expect(new Set(names).size).toBeLessThan(names.length);
    const children = patients.filter(
      (row) => String(row['dateOfBirth']) > '2009' && row['emergencyContact'] !== null,
    );
    const phones = patients.map((row) => row['phone']);
    expect(children.length).toBeGreaterThan(20);
    expect(children.some((child) => phones.filter((phone) => phone === child['phone']).length > 1)).toBe(
      true,
    );
  });

  test('has only addresses and numbers that belong to nobody', () => {
    for (const { email, phone } of of('patients')) {
      expect(String(email ?? '@example.com')).toMatch(/^[a-z.\d]*@example\.com$/);
      const plain = String(phone ?? '2100')
        .replace(/\s/g, '')
        .replace(/^(\+30|\+44|0(?=[127]))/, '');
      expect(plain).toMatch(/^(2100|6900|7700900|2079460|1\d\d4960)/);
    }
  });

  test('does things in their order: registered, booked, arrived, ready, in the room, completed', () => {
    const registered = new Map(of('patients').map((row) => [row['id'], String(row['createdAt'])]));
    for (const one of of('appointments')) {
      const moments = [
        registered.get(one['patientId']),
        one['createdAt'],
        one['arrivedAt'],
        one['readyAt'],
        one['inRoomAt'],
        one['completedAt'],
      ].filter((moment) => typeof moment === 'string');
      expect([...moments].sort()).toEqual(moments);
      expect(String(moments.at(-1)) <= midday).toBe(true);
    }
  });

  test('has visits from five minutes to three hours', () => {
    const minutes = todays(sample, midday)
      .flat()
      .map((one) => (Date.parse(String(one['endsAt'])) - Date.parse(String(one['scheduledAt']))) / 60_000);
    expect(minutes).toContain(5);
    expect(minutes).toContain(180);
  });

  test('has long-past visits without slots, as another program would have left them', () => {
    const large = make({ patients: 100, appointments: 12_000, doctors: 1 });
    const old = of('appointments', large).filter((one) => String(one['scheduledAt']) < '2024-11');
    expect(old.length).toBeGreaterThan(100);
    expect(old.every((one) => one['slotId'] === null && one['origin'] === 'import')).toBe(true);
    expect(of('doctor_time_slots', large).every((slot) => String(slot['startTimeUtc']) > '2024-11')).toBe(
      true,
    );
  });
});

describe('the books of a sample clinic', () => {
  test('number the receipts of each location from 1 in the order of paying, and close every day but today', () => {
    for (const { id, timezone } of of('clinic_locations')) {
      const paid = of('payments').filter((one) => one['locationId'] === id);
      expect(paid.length).toBeGreaterThan(50);
      expect(paid.map((one) => one['receiptNumber'])).toEqual(paid.map((_, n) => n + 1));
      const moments = paid.map((one) => String(one['paidAt']));
      expect([...moments].sort()).toEqual(moments);
      expect(of('receipt_counters').find((one) => one['locationId'] === id)).toMatchObject({
        lastNumber: paid.length,
      });
      const days = new Set(paid.map((one) => String(one['businessDay'])));
      days.delete(dayAt(Date.parse(midday), String(timezone)));
      const closed = of('cash_ups').filter((one) => one['locationId'] === id);
      expect(closed.map((one) => one['businessDay'])).toEqual([...days]);
      for (const one of closed) {
        const lines = one['lines'] as { method: string; expected: number; counted: number }[];
        for (const { method, expected } of lines)
          expect(expected).toBe(
            paid
              .filter((row) => row['businessDay'] === one['businessDay'] && row['method'] === method)
              .reduce(
                (sum, row) => sum + (row['kind'] === 'payment' ? 1 : -1) * Number(row['amountCents']),
                0,
              ),
          );
        expect(lines.some(({ expected, counted }) => expected !== counted)).toBe(one['note'] !== null);
      }
    }
  });

  test('owe little: what was before the books is settled, and nearly every visit since is paid', () => {
    const paid = new Set(of('payments').map((one) => one['appointmentId']));
    const owing = of('appointments').filter(
      (one) => one['status'] === 'completed' && one['feeMinor'] !== 0 && !paid.has(one['id']),
    );
    expect(owing.length).toBeGreaterThan(0);
    expect(owing.length).toBeLessThan(of('payments').length / 10);
  });
});

describe('whenever somebody first looks at it', () => {
  const moments = {
    'on a Tuesday morning': midday,
    'on a Sunday': '2026-11-22T11:00:00.000Z',
    'at night': '2026-11-25T01:40:00.000Z',
    'just before midnight': '2026-11-24T21:52:00.000Z',
    'on Christmas Day': '2026-12-25T10:00:00.000Z',
    'on the day of the spring change': '2027-03-28T08:00:00.000Z',
    'on the day of the autumn change': '2026-10-25T08:00:00.000Z',
  };
  const statuses = [
    ...[
      'arrived',
      'cancelled',
      'completed',
      'held',
      'in_room',
      'left',
      'no_show',
      'pending',
      'ready',
      'scheduled',
    ],
  ];

  test.each(Object.entries(moments))('today is full and has every status %s', (_, now) => {
    const tables = make({ now });
    const days = todays(tables, now);
    expect(days).toHaveLength(2);
    for (const day of days) {
      expect(day.length).toBeGreaterThan(25);
      expect([...new Set(day.map((one) => String(one['status'])))].sort()).toEqual(statuses);
      const waits = day
        .filter((one) => one['status'] === 'arrived')
        .map((one) => (Date.parse(now) - Date.parse(String(one['arrivedAt']))) / 60_000);
      expect(Math.max(...waits)).toBeGreaterThan(30);
      expect(Math.min(...waits)).toBeLessThan(30);
      expect(day.some((one) => one['status'] === 'scheduled' && one['confirmedAt'] !== null)).toBe(true);
      expect(day.some((one) => one['status'] === 'scheduled' && String(one['scheduledAt']) < now)).toBe(true);
    }
  });
});

describe('what it is made with', () => {
  test('Easter falls where the churches have it', () => {
    expect([2024, 2025, 2026, 2027].map(westernEaster)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
    ]);
    expect([2024, 2025, 2026, 2027].map(orthodoxEaster)).toEqual([
      '2024-05-05',
      '2025-04-20',
      '2026-04-12',
      '2027-05-02',
    ]);
  });

  test('chance is even, and frequent things come often', () => {
    const source = random(1);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 100_000; n += 1) {
      const drawn = source.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    const pick = frequencies('common 9, rare 1');
    const rare = Array.from({ length: 10_000 }, () => pick(source)).filter((one) => one === 'rare').length;
    expect(rare).toBeGreaterThan(850);
    expect(rare).toBeLessThan(1150);
    for (const first of [0, 1, 2])
      expect(random(first).below(1 << 30)).not.toBe(random(first + 1).below(1 << 30));
  });
});

describe('a sample of vets', () => {
  const vets = make({ kind: 'veterinary', patients: 60, appointments: 300, doctors: 4 });
  const byId = new Map(of('patients', vets).map((row) => [row['id'], row]));

  test('has animals with owners who can be reached, and every visit is of an animal', () => {
    expect(of('clinics', vets)).toMatchObject([{ kind: 'veterinary' }]);
    const animals = of('patients', vets).filter(({ species }) => species !== null);
    expect(animals).toHaveLength(40);
    for (const { ownerId, lastName } of animals)
      expect(byId.get(ownerId)).toMatchObject({ species: null, ownerId: null, lastName });
    expect(of('appointments', vets)).toHaveLength(300);
    for (const { patientId } of of('appointments', vets))
      expect(byId.get(patientId)?.['species']).not.toBeNull();
  });
});
