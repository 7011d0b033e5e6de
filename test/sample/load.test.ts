import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoadedSample, loadSample } from '../../src-main/core/sample/load.ts';
import { freshCentral, type TestCentral, withClient } from '../support/central.ts';

const now = '2026-11-24T09:20:00.000Z';
let central: TestCentral;
let loaded: LoadedSample;

const rows = (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  withClient(central.ownerUrl, async (client: pg.Client) => (await client.query(sql, values)).rows);

beforeAll(async () => {
  central = await freshCentral();
  loaded = await loadSample(central.ownerUrl, { patients: 300, appointments: 2000, seed: 7, now });
});
afterAll(() => central.drop());

describe('the sample clinic in a real central', () => {
  test('has the rows that were asked for and says that it is a sample', async () => {
    expect(loaded.counts).toMatchObject({
      patients: 300,
      appointments: 2000,
      doctors: 12,
      clinic_locations: 2,
    });
    expect(await rows('select is_sample, name_el from clinics where id = $1', [loaded.clinicId])).toEqual([
      { is_sample: true, name_el: 'Υποδειγματική Κλινική Anteroom' },
    ]);
  });

  test('is one commit, so that a desk reads it whole from the start', async () => {
    for (const { name } of await rows('select name from replicated_tables')) {
      expect(await rows(`select count(*)::int as wrong from ${String(name)} where rev <> 1`)).toEqual([
        { wrong: 0 },
      ]);
    }
    expect(await rows('select seq::int from heads')).toEqual([{ seq: 1 }]);
  });

  test('breaks no reference, though references were not checked while it was copied', async () => {
    const references = await rows(
      `select conrelid::regclass::text as child, confrelid::regclass::text as parent,
         (select array_agg(attname::text order by n) from unnest(conkey) with ordinality k(a, n)
          join pg_attribute on attrelid = conrelid and attnum = a) as columns,
         (select array_agg(attname::text order by n) from unnest(confkey) with ordinality k(a, n)
          join pg_attribute on attrelid = confrelid and attnum = a) as targets
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    expect(references.length).toBeGreaterThan(30);
    for (const { child, parent, columns, targets } of references) {
      const [own, theirs] = [columns as string[], targets as string[]];
      const given = own.map((column) => `c.${column} is not null`).join(' and ');
      const same = own.map((column, n) => `p.${theirs[n]} = c.${column}`).join(' and ');
      const orphans = await rows(
        `select count(*)::int as n from ${child} c where ${given} and not exists (select from ${parent} p where ${same})`,
      );
      expect([child, parent, orphans[0]?.['n']]).toEqual([child, parent, 0]);
    }
  });

  test('keeps the guards: no doctor and no room is taken twice, and each appointment fits slots that are there', async () => {
    const live = `a.status not in ('cancelled', 'no_show', 'left') and a.overbook_reason is null`;
    expect(
      await rows(
        `select count(*)::int as n from appointments a join appointments b
           on a.id < b.id and (a.doctor_id = b.doctor_id or a.room_id = b.room_id or a.slot_id = b.slot_id)
           and a.scheduled_at < b.ends_at and b.scheduled_at < a.ends_at
         where ${live} and ${live.replaceAll('a.', 'b.')}`,
      ),
    ).toEqual([{ n: 0 }]);
    expect(
      await rows(
        `select count(*)::int as n from appointments a join doctor_time_slots s on s.id = a.slot_id
         where s.start_time_utc <> a.scheduled_at or s.doctor_id <> a.doctor_id or s.location_id <> a.location_id`,
      ),
    ).toEqual([{ n: 0 }]);
    // The time of an appointment is covered by its doctor's bookable slots without a gap.
    expect(
      await rows(
        `select count(*)::int as n from appointments a where not tstzmultirange(tstzrange(a.scheduled_at, a.ends_at)) <@
           (select range_agg(tstzrange(s.start_time_utc, s.end_time_utc)) from doctor_time_slots s
            where s.doctor_id = a.doctor_id and s.is_available
              and s.start_time_utc < a.ends_at and s.end_time_utc > a.scheduled_at)`,
      ),
    ).toEqual([{ n: 0 }]);
  });

  test("shows each doctor's rating and next free slot as the triggers would keep them", async () => {
    const before = await rows(
      'select id, rating, review_count, next_available_slot from doctors order by id',
    );
    expect(before.some((doctor) => Number(doctor['review_count']) > 0)).toBe(true);
    await rows('update reviews set stars = stars');
    await rows('update appointments set reason = reason');
    expect(
      await rows('select id, rating, review_count, next_available_slot from doctors order by id'),
    ).toEqual(before);
  });

  test('can be loaded beside another clinic of another seed, and not twice with one seed', async () => {
    const other = await loadSample(central.ownerUrl, { patients: 20, appointments: 50, seed: 8, now });
    expect(other.clinicId).not.toBe(loaded.clinicId);
    await expect(
      loadSample(central.ownerUrl, { patients: 20, appointments: 50, seed: 8, now }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await rows('select count(*)::int as n from clinics')).toEqual([{ n: 2 }]);
  });
});
