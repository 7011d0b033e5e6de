import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MergeField, MergeField as mergeFields } from '../../src-main/contract/patient.ts';
import { book } from '../../src-main/core/appointments/book.ts';
import { conflicts } from '../../src-main/core/conflicts/list.ts';
import { recordConsent } from '../../src-main/core/patients/consents.ts';
import { patient } from '../../src-main/core/patients/history.ts';
import { mergePatients, undoMerge } from '../../src-main/core/patients/merge.ts';
import { registerPatient } from '../../src-main/core/patients/register.ts';
import { replicatedTables } from '../../src-main/core/replica/tables.ts';
import { withClient } from '../support/central.ts';
import { anyone } from '../support/desk.ts';
import { type LiveDesk, liveDesk } from '../support/live-desk.ts';
import { must } from '../support/must.ts';
import { differences } from '../support/same-rows.ts';
import { type SmallClinic, smallClinic } from '../support/small-clinic.ts';

let clinic: SmallClinic;
let one: LiveDesk;
let two: LiveDesk;

beforeAll(async () => {
  clinic = await smallClinic();
});
afterAll(() => clinic.drop());
beforeEach(async () => {
  one = liveDesk(clinic.desks[0]?.url ?? '');
  two = liveDesk(clinic.desks[1]?.url ?? '');
  await bothQuiet();
});
afterEach(async () => {
  await one.dispose();
  await two.dispose();
});

const bothQuiet = async () => {
  await Promise.all([one.quiet(), two.quiet()]);
  await Promise.all([one.caughtUp(), two.caughtUp()]);
};
const apart = (desks = [one, two]) => {
  for (const { engine } of desks) engine.workOffline(true);
};
const together = async (...order: LiveDesk[]) => {
  for (const desk of order) {
    desk.engine.workOffline(false);
    await desk.quiet();
  }
  await bothQuiet();
};
const same = async () => {
  expect(await differences(clinic.desks[0]?.url ?? '', one.replica)).toEqual([]);
  expect(await differences(clinic.desks[0]?.url ?? '', two.replica)).toEqual([]);
};

let number = 0;
const register = (desk: LiveDesk, more: object = {}): string => {
  number += 1;
  const input = { firstName: `Anna${number}`, lastName: 'Nikolaou', phone: `21012300${number}`, ...more };
  return must(registerPatient(desk, anyone, { saveAnyway: true, ...input })).id;
};
const merge = (desk: LiveDesk, keptId: string, mergedId: string, take: MergeField[] = []) =>
  must(mergePatients(desk, anyone, { keptId, mergedId, take }));
const undo = (desk: LiveDesk, mergedId: string) => undoMerge(desk, anyone, { mergedId });
const page = (desk: LiveDesk, patientId: string) => must(patient(desk, anyone, { patientId }));
const inbox = (desk: LiveDesk) => must(conflicts(desk, anyone));
let slot = 0;
const bookFor = (desk: LiveDesk, patientId: string) =>
  must(book(desk, anyone, { slotId: clinic.doctors[0]?.slots[slot++] ?? '', patientId }));

/** Every row of every table as central has it, but for the numbers of commits and the merges themselves. */
const everything = () =>
  withClient(clinic.ownerUrl, async (owner) => {
    const rows: Record<string, unknown> = {};
    for (const table of replicatedTables.keys()) {
      if (table === 'patient_merges') continue;
      const found = await owner.query(
        `select to_jsonb(t) - 'rev' - 'updated_at' as row from ${table} t order by clinic_id, id`,
      );
      rows[table] = found.rows.map(({ row }) => row);
    }
    return rows;
  });

/** What the clinic's own hand gets for a statement: the rule that refuses it, or null. */
const refusedBy = (sql: string, ...values: unknown[]) =>
  withClient(clinic.ownerUrl, async (owner) => {
    try {
      await owner.query(sql, values);
      return null;
    } catch (fault) {
      return (fault as { constraint?: string }).constraint;
    }
  });

describe('merging across desks', { timeout: 120_000 }, () => {
  test('a merge and its undo leave every row of every table as it was, whatever was taken over', async () => {
    const [kept, merged] = [
      register(one, { city: 'Patras' }),
      register(one, {
        email: 'anna@example.com',
        notes: 'Late',
        gender: 'female',
        dateOfBirth: '1980-01-01',
      }),
    ];
    for (const id of [kept, merged]) {
      bookFor(one, id);
      must(recordConsent(one, anyone, { patientId: id, kind: 'marketing', given: id === kept }));
    }
    await bothQuiet();
    const before = await everything();
    await fc.assert(
      fc.asyncProperty(fc.subarray(mergeFields.options), fc.boolean(), async (take, swapped) => {
        const [into, from] = swapped ? [merged, kept] : [kept, merged];
        merge(one, into, from, take);
        await one.quiet();
        must(undo(one, from));
        await one.quiet();
        expect(await everything()).toEqual(before);
        expect(inbox(one)).toEqual([]);
      }),
      { numRuns: 12 },
    );
    await bothQuiet();
    await same();
  });

  test('two desks merge one pair in both directions: one merge stands, the other is in the inbox', async () => {
    const [a, b] = [register(one), register(one)];
    await bothQuiet();
    apart();
    merge(one, a, b, ['phone']);
    merge(two, b, a, ['phone']);
    await together(one, two);
    expect(inbox(one)).toEqual([]);
    expect(inbox(two)).toMatchObject([{ kind: 'mergePatients', code: 'merged', choices: ['keep_theirs'] }]);
    for (const desk of [one, two]) expect(page(desk, b).patient.id).toBe(a);
    await same();
  });

  test('two desks merge one pair the same way: it is done once, and nobody is asked', async () => {
    const [a, b] = [register(one), register(one)];
    await bothQuiet();
    apart();
    merge(one, a, b);
    merge(two, a, b);
    await together(one, two);
    expect([...inbox(one), ...inbox(two)]).toEqual([]);
    expect(page(two, b).merged).toHaveLength(1);
    must(undo(two, b));
    await bothQuiet();
    expect(page(one, b).patient.id).toBe(b);
    await same();
  });

  test('a booking that a desk without a network makes for the merged record shows with the kept one', async () => {
    const [a, b] = [register(one), register(one)];
    await bothQuiet();
    apart([two]);
    const { id } = bookFor(two, b);
    merge(one, a, b);
    await one.quiet();
    await together(two);
    for (const desk of [one, two])
      expect(page(desk, a).appointments).toMatchObject([{ id, patient: { id: a } }]);
    must(undo(one, b));
    await bothQuiet();
    expect(page(two, a).appointments).toEqual([]);
    expect(page(two, b).appointments).toMatchObject([{ id, patient: { id: b } }]);
    await same();
  });

  test('merges that build on each other meet: both stand, and the first cannot be taken apart alone', async () => {
    const [a, b, c] = [register(one), register(one), register(one)];
    await bothQuiet();
    apart();
    merge(one, b, a);
    merge(two, c, b);
    await together(one, two);
    expect([...inbox(one), ...inbox(two)]).toEqual([]);
    for (const desk of [one, two]) expect(page(desk, a).patient.id).toBe(c);
    apart([two]);
    must(undo(two, b));
    must(undo(two, a));
    await together(two);
    expect(page(one, a).patient.id).toBe(a);
    await same();
  });

  test('an undo that comes after the kept record was merged elsewhere is in the inbox', async () => {
    const [a, b, c] = [register(one), register(one), register(one)];
    merge(one, b, a);
    await bothQuiet();
    apart();
    merge(one, c, b);
    must(undo(two, a));
    await together(one, two);
    expect(inbox(two)).toMatchObject([{ kind: 'undoMerge', code: 'merged' }]);
    expect(page(two, a).patient.id).toBe(c);
    await same();
  });

  test('Postgres keeps the rules though no desk asks it to', async () => {
    const [a, b, c] = [register(one), register(one), register(one)];
    const rex = register(one, { species: 'Dog', ownerId: a });
    const fido = register(one, { species: 'Dog', ownerId: c });
    await one.quiet();
    const add = (kept: string, merged: string) =>
      refusedBy(
        `insert into patient_merges (clinic_id, id, kept_id, merged_id, moved, merged_at)
         values ($1, gen_random_uuid(), $2, $3, '[]', now())`,
        clinic.clinicId,
        kept,
        merged,
      );
    const set = (id: string, column: string, value: unknown) =>
      refusedBy(`update patients set ${column} = $2 where id = $1`, id, value);
    expect(await add(a, rex)).toBe('patient_merges_alike');
    expect(await add(rex, fido)).toBe('patient_merges_same_owner');
    expect(await set(b, 'merged_into_id', a)).toBe('patients_merged_by_merge');
    expect(await add(a, b)).toBeNull();
    expect(await add(c, b)).toBe('patient_merges_merged_stands');
    expect(await add(b, c)).toBe('patient_merges_kept_stands');
    expect(await set(a, 'deleted_at', '2026-11-24')).toBe('patients_kept');
    expect(await refusedBy(`update patient_merges set moved = '[1]' where merged_id = $1`, b)).toBe(
      'patient_merges_final',
    );
    expect(await add(c, a)).toBeNull();
    expect(await add(rex, fido)).toBeNull();
    expect(await refusedBy('update patient_merges set undone_at = now() where merged_id = $1', b)).toBe(
      'patient_merges_built_on',
    );
    expect(await set(a, 'merged_into_id', null)).toBeNull();
    await bothQuiet();
    expect(page(two, b).patient.id).toBe(a);
    await same();
  });
});
