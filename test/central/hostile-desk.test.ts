import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeRow } from '../../src-main/contract/change.ts';
import { errorCodes } from '../../src-main/contract/errors.ts';
import { hostileText, hostileValue } from '../contract/hostile.ts';
import { clinicWithDesks, freshCentral, type TestCentral } from '../support/central.ts';
import { type Basics, insertInto, seedBasics, TestStream } from '../support/central-rows.ts';

/** What stands in the other clinic and nowhere else. */
const CANARY = 'Kanarini';

let central: TestCentral;
let owner: pg.Client;
let desk: pg.Client;
let mine: Basics;
let theirs: Basics;
let functions: { name: string; types: string[]; keys: string[] }[];
let columns: Map<string, string[]>;

beforeAll(async () => {
  central = await freshCentral();
  owner = new pg.Client({ connectionString: central.ownerUrl });
  await owner.connect();
  const one = await clinicWithDesks(central.ownerUrl, ['Front']);
  const other = await clinicWithDesks(central.ownerUrl, [`${CANARY} desk`], { name: `${CANARY} clinic` });
  mine = await seedBasics(owner, one.clinicId);
  theirs = await seedBasics(owner, other.clinicId);
  const insert = insertInto(owner, other.clinicId);
  await insert('patients', { id: crypto.randomUUID(), first_name: CANARY, last_name: CANARY, phone: CANARY });
  desk = new pg.Client({ connectionString: one.desks[0]?.url ?? '' });
  await desk.connect();
  functions = await callable();
  columns = await columnsOfTables();
});
afterAll(async () => {
  await desk.end();
  await owner.end();
  await central.drop();
});

/** Every function of ours that a desk may call, with the keys that its text reads out of JSON. */
const callable = async () => {
  const { rows } = await owner.query<{ name: string; types: string[]; source: string }>(
    `select p.proname as name, p.prosrc as source,
       array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as a(t, i) order by i) as types
     from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
       and has_function_privilege('anteroom_desk', p.oid, 'execute')
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by p.proname`,
  );
  return rows.map(({ name, types, source }) => ({
    name,
    types,
    keys: [...source.matchAll(/->>?\s*'([a-z_A-Z]+)'/g)].flatMap(([, key]) => (key ? [key] : [])),
  }));
};

const columnsOfTables = async () => {
  const { rows } = await owner.query<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name::text) as columns
     from information_schema.columns where table_schema = 'public' group by table_name order by table_name`,
  );
  return new Map(rows.map((row) => [row.table, row.columns]));
};

const asJson = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one)) ?? 'null';
  } catch {
    return 'null';
  }
};

const idOfEither = () => fc.constantFrom(...idsOf(mine), ...idsOf(theirs), theirs.clinicId, mine.clinicId);
const idsOf = ({ locationId, patients, doctors, rooms, slots }: Basics) => [
  locationId,
  ...patients,
  ...doctors,
  ...rooms,
  ...slots[0],
];
const anyValue = () =>
  fc.oneof(
    { weight: 3, arbitrary: idOfEither() },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>('admin', 'receptionist', 'x@example.com', true, 0, 1, CANARY),
    },
    { weight: 3, arbitrary: hostileValue },
  );

const argument = (type: string, keys: string[]): fc.Arbitrary<unknown> => {
  if (type === 'jsonb') {
    const some = fc.dictionary(keys.length > 0 ? fc.constantFrom(...keys) : hostileText, anyValue(), {
      maxKeys: 8,
    });
    return fc.oneof({ weight: 6, arbitrary: some }, { weight: 1, arbitrary: hostileValue }).map(asJson);
  }
  if (type === 'integer' || type === 'bigint') return fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31));
  if (type === 'uuid') return idOfEither();
  if (type.endsWith('[]')) return fc.array(hostileText.map(withoutNul), { maxLength: 3 });
  if (type === 'bytea') return fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes));
  return hostileText;
};

const withoutNul = (text: string): string => text.replaceAll('\0', '');

const outcomesOf = (reply: object): string[] =>
  'outcomes' in reply ? (reply.outcomes as { outcome: string }[]).map(({ outcome }) => outcome) : [];

/** Random enough that no compression makes it fit into an index. */
const LONG = Array.from({ length: 3_000 }, (_, i) => (Math.imul(i, 2654435761) >>> 0).toString(36)).join('');

/** A row of a change about anything at all. */
const anyRow = () =>
  fc
    .constantFrom(...columns.keys())
    .chain((table) => {
      const values = fc.dictionary(fc.constantFrom(...(columns.get(table) ?? [])), anyValue(), {
        minKeys: 1,
        maxKeys: 6,
      });
      return fc.record({ table: fc.constant(table), id: idOfEither(), values, adds: fc.boolean() });
    })
    .map(({ table, id, values, adds }) =>
      adds ? { table, id, insert: values } : { table, id, set: values, was: values },
    );

interface OwnRow {
  table: string;
  row: Record<string, unknown> & { id: string };
}

/** Rows of this clinic as they stand. */
const ownRows = async (): Promise<OwnRow[]> => {
  const found: OwnRow[] = [];
  for (const table of ['clinic_locations', 'rooms', 'doctors', 'patients', 'doctor_time_slots']) {
    const { rows } = await owner.query<{ row: OwnRow['row'] }>(
      `select to_jsonb(t) as row from ${table} t where clinic_id = $1`,
      [mine.clinicId],
    );
    found.push(...rows.map(({ row }) => ({ table, row })));
  }
  return found;
};

/** One or two columns of such a row set to anything, or a new row like it with them. */
const changed = ({ table, row }: OwnRow) => {
  const { id, clinic_id: _clinic, rev: _rev, created_at: _created, updated_at: _updated, ...rest } = row;
  const names = Object.keys(rest);
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...names), anyValue(), { minKeys: 1, maxKeys: 2 }),
      fc.option(fc.uuid({ version: 7 })),
    )
    .map(([set, newId]): ChangeRow => {
      if (newId !== null) return { table, id: newId, insert: { ...rest, ...set } as Values };
      const was = Object.fromEntries(Object.keys(set).map((name) => [name, rest[name]]));
      return { table, id, set: set as Values, was: was as Values };
    });
};

type Values = Extract<ChangeRow, { insert: unknown }>['insert'];

/** Bad data, too much of it, a rule of ours, or no right: what a desk may be told. Everything else is a crash. */
const isAnAnswer = (fault: unknown): boolean =>
  fault instanceof pg.DatabaseError && /^(22|23|54|PA|42501$)/.test(fault.code ?? '');

/** The rows of the other clinic, every table. */
const theirRows = async (): Promise<string> => {
  const kept: string[] = [];
  for (const [table, names] of columns) {
    if (!names.includes('clinic_id')) continue;
    const { rows } = await owner.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${table} t where clinic_id = $1`,
      [theirs.clinicId],
    );
    kept.push(`${table} ${rows[0].rows}`);
  }
  return kept.join('\n');
};

const fresh = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
console.log(`fuzzed with seed ${fresh}`);
const seeds = [
  { seed: 20261122, numRuns: 40 },
  { seed: fresh, numRuns: 20 },
];

describe('a desk with psql', () => {
  test('is told something or refused by every function it may call, and nothing of another clinic', async () => {
    const before = await theirRows();
    for (const { name, types, keys } of functions)
      for (const options of seeds) {
        const given = fc.tuple(...types.map((type) => argument(type, keys)));
        await fc.assert(
          fc.asyncProperty(given, async (values) => {
            const places = types.map((type, i) => `$${i + 1}::${type}`);
            try {
              const { rows } = await desk.query(`select ${name}(${places.join(', ')}) as said`, values);
              const said = rows[0].said as unknown;
              const asked = asJson(values);
              if (!asked.includes(CANARY)) expect(asJson(said)).not.toContain(CANARY);
              if (typeof said === 'object' && said !== null && 'error' in said)
                expect([name, said.error, String(said.error) in errorCodes]).toEqual([
                  name,
                  said.error,
                  true,
                ]);
            } catch (fault) {
              if (!(fault instanceof pg.DatabaseError)) throw fault;
              const { code, message } = fault;
              expect([name, code, message, isAnAnswer(fault)]).toEqual([name, code, message, true]);
              expect(message).not.toContain(`${CANARY} `);
            }
          }),
          options,
        );
      }
    expect(await theirRows()).toBe(before);
  });

  test('has each change applied or refused, whatever stands in it, and none stands in the way of the next', async () => {
    const before = await theirRows();
    const stream = new TestStream(desk);
    const verdicts = new Set<string>();
    const rowsOf = fc.oneof(
      { weight: 1, arbitrary: anyRow() },
      { weight: 3, arbitrary: fc.constantFrom(...(await ownRows())).chain(changed) },
    );
    for (const { seed, numRuns } of seeds)
      await fc.assert(
        fc.asyncProperty(fc.array(rowsOf, { minLength: 1, maxLength: 3 }), async (rows) => {
          // What a desk's own outbox would not take: central answers it, and only as bad data of the whole push.
          const text = asJson(rows);
          if (/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/.test(text)) return;
          const reply = await stream.push([stream.change(JSON.parse(text) as ChangeRow[])]);
          for (const outcome of outcomesOf(reply)) verdicts.add(outcome);
          expect(asJson(reply)).not.toContain(`${CANARY} `);
        }),
        { seed, numRuns: numRuns * 10 },
      );
    expect([...verdicts]).toEqual(expect.arrayContaining(['applied', 'refused']));
    expect(await theirRows()).toBe(before);
  });

  test('has a text of any length applied or refused in any column', async () => {
    const stream = new TestStream(desk);
    const oneOfEach = new Map((await ownRows()).map(({ table, row }) => [table, row]));
    for (const [table, row] of oneOfEach)
      for (const [column, was] of Object.entries(row)) {
        if (typeof was !== 'string' && was !== null) continue;
        for (const text of [LONG, `${LONG}@example.com`]) {
          const change: ChangeRow = { table, id: row.id, set: { [column]: text }, was: { [column]: was } };
          expect(outcomesOf(await stream.push([stream.change([change])]))).toHaveLength(1);
        }
      }
  });

  test('gets an answer for a push that is none', async () => {
    for (const options of seeds)
      await fc.assert(
        fc.asyncProperty(hostileValue, hostileText.map(withoutNul), async (pushed, epoch) => {
          const incarnation = crypto.randomUUID();
          try {
            await desk.query('select push($1, $2, 1, $3)', [epoch, incarnation, asJson(pushed)]);
          } catch (fault) {
            expect([fault, isAnAnswer(fault)]).toEqual([fault, true]);
          }
        }),
        options,
      );
  });
});
