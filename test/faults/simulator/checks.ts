import { verifyAudit } from '../../../src-main/core/central/audit-log.ts';
import { readDeskState } from '../../../src-main/core/replica/desk-state.ts';
import type { Replica } from '../../../src-main/core/replica/open.ts';
import { replicatedTables } from '../../../src-main/core/replica/tables.ts';
import { compareTable } from '../../support/compare-rows.ts';
import { Broken } from './broken.ts';
import type { SimulatedCentral } from './central.ts';
import { knownTo, type Truth } from './truth.ts';

/** Central's verdict on each change that it has, by id. */
export const outcomesAt = async (central: SimulatedCentral): Promise<Map<string, string>> => {
  const rows = await central.ask<{ change_id: string; outcome: string }>(
    'select change_id, outcome from changes',
  );
  return new Map(rows.map(({ change_id, outcome }) => [change_id, outcome]));
};

/** Holds all that must be true once every desk has come to rest. */
export const checkAll = async (
  central: SimulatedCentral,
  replicas: readonly Replica[],
  { truth, wasRestored }: { truth: Truth; wasRestored: boolean },
): Promise<void> => {
  const outcomes = await outcomesAt(central);
  checkTold(replicas, truth, outcomes);
  checkRefused(truth, outcomes);
  await checkCertain(central, { truth, outcomes, wasRestored });
  await checkOverwritten(central);
  await checkApplied(central);
  await checkOverlaps(central);
  await checkSame(central, replicas);
  await checkOrder(central);
  await checkAudit(central);
};

const checkTold = (
  replicas: readonly Replica[],
  truth: Truth,
  outcomes: ReadonlyMap<string, string>,
): void => {
  const known = replicas.map(knownTo);
  for (const [id, kind] of truth.told) {
    const applied = outcomes.get(id) === 'applied';
    const kept = known.some(({ inbox }) => inbox.has(id));
    if (applied === kept) {
      const where = applied
        ? 'applied and in an inbox'
        : `${outcomes.get(id) ?? 'unknown'} at central, in no inbox`;
      throw new Broken('what was told saved is applied or in an inbox', `${kind} ${id} is ${where}`);
    }
  }
};

const checkRefused = (truth: Truth, outcomes: ReadonlyMap<string, string>): void => {
  for (const id of truth.refused) {
    if (outcomes.get(id) === 'applied')
      throw new Broken('a refusal is final', `${id} was refused and is applied`);
  }
};

/**
 * What is certain is the time. A central that came back from a backup may have lost the patient, whom the desk that has them
 * gives back later or never: the stated exception, which the inbox tells.
 */
const checkCertain = async (
  central: SimulatedCentral,
  {
    truth,
    outcomes,
    wasRestored,
  }: { truth: Truth; outcomes: ReadonlyMap<string, string>; wasRestored: boolean },
): Promise<void> => {
  for (const id of truth.certain.keys()) {
    const outcome = outcomes.get(id);
    if (outcome === 'applied') continue;
    const [row] = await central.ask<{ refusal: { constraint?: string } | null }>(
      'select refusal from changes where change_id = $1',
      [id],
    );
    if (wasRestored && row?.refusal?.constraint === 'fk_appt_patient') continue;
    const why = `${outcome ?? 'unknown'} ${JSON.stringify(row?.refusal ?? null)}`;
    throw new Broken('a certain booking stands', `${truth.told.get(id)} ${id} is ${why}`);
  }
};

/** The audit has one entry for each row of an applied change, and none of another. */
const checkApplied = async (central: SimulatedCentral): Promise<void> => {
  const rows = await central.ask<{ change_id: string; outcome: string; rows: number; entries: number }>(
    `select c.change_id, c.outcome, jsonb_array_length(c.rows) as rows, count(a.id)::int as entries
     from changes c left join audit_log a on a.clinic_id = c.clinic_id and a.change_id = c.change_id
     group by c.clinic_id, c.change_id, c.outcome, c.rows
     having count(a.id) <> case when c.outcome = 'applied' then jsonb_array_length(c.rows) else 0 end`,
  );
  const [wrong] = rows;
  if (wrong) throw new Broken('a change is applied once', JSON.stringify(wrong));
};

const checkOverlaps = async (central: SimulatedCentral): Promise<void> => {
  const live = (alias: string) =>
    `${alias}.status not in ('cancelled', 'no_show', 'left') and ${alias}.overbook_reason is null`;
  const [pair] = await central.ask(
    `select a.id as one, b.id as other from appointments a
     join appointments b on a.id < b.id and (a.doctor_id = b.doctor_id or a.room_id = b.room_id)
       and a.scheduled_at < b.ends_at and b.scheduled_at < a.ends_at
     where ${live('a')} and ${live('b')}`,
  );
  if (pair) throw new Broken('no two live appointments overlap', JSON.stringify(pair));
};

const tables = [...replicatedTables.values()];
const allRows = tables
  .map(({ name, columns }) => {
    const list = [...columns.keys()].join(', ');
    return `select '${name}' as name, to_jsonb(t) as row from (select ${list} from ${name}) t`;
  })
  .join(' union all ');

const checkSame = async (central: SimulatedCentral, replicas: readonly Replica[]): Promise<void> => {
  const rows = await central.ask<{ name: string; row: Record<string, unknown> }>(allRows);
  for (const replica of replicas) {
    const found = tables.flatMap((table) =>
      compareTable(
        replica,
        table,
        rows.filter(({ name }) => name === table.name).map(({ row }) => row),
      ),
    );
    if (found.length > 0) {
      const desk = readDeskState(replica).deskName ?? 'a desk';
      throw new Broken(
        'a quiet replica equals central',
        `${desk}: ${found.slice(0, 3).join(' | ').slice(0, 2_000)}`,
      );
    }
  }
};

/** No row and no change is numbered above the head, and later changes of a desk's stream never below earlier ones. */
const checkOrder = async (central: SimulatedCentral): Promise<void> => {
  const [wrong] = await central.ask(
    `select c.change_id, c.rev, p.rev as before from changes c
     join changes p on p.clinic_id = c.clinic_id and p.desk_id = c.desk_id and p.incarnation = c.incarnation
       and p.desk_seq < c.desk_seq and p.rev > c.rev
     union all
     select c.change_id, c.rev, h.seq from changes c join heads h on h.clinic_id = c.clinic_id and c.rev > h.seq`,
  );
  if (wrong) throw new Broken('the order of rev is the order of commits', JSON.stringify(wrong));
};

const checkAudit = async (central: SimulatedCentral): Promise<void> => {
  let verdict = '';
  await verifyAudit(central.url, undefined, ({ verdict: found }) => {
    verdict = found.whole ? 'whole' : JSON.stringify(found);
  });
  if (verdict !== 'whole') throw new Broken('the audit is whole', verdict);
};

/** Where central was never put back, no desk finds that it was. */
export const checkOneHistory = async (central: SimulatedCentral): Promise<void> => {
  const [begun] = await central.ask('select name from clinic_histories');
  if (begun) throw new Broken('nobody finds commits missing that are there', JSON.stringify(begun));
};

interface AppliedRow {
  change_id: string;
  item: {
    table: string;
    id: string;
    insert?: Record<string, unknown>;
    set?: Record<string, unknown>;
    was?: Record<string, unknown>;
  };
}

/**
 * Goes through what was applied in the order in which it was: a column that a change sets held what that desk had seen, or
 * already what it wanted. Of stamps that two desks may set the first stands, and those are left out.
 */
const checkOverwritten = async (central: SimulatedCentral): Promise<void> => {
  const stamps = await central.ask<{ name: string; first_wins: string[] }>(
    'select name, first_wins from replicated_tables',
  );
  const firstWins = new Set(
    stamps.flatMap(({ name, first_wins }) => first_wins.map((column) => `${name}.${column}`)),
  );
  const applied = await central.ask<AppliedRow>(
    `select c.change_id, item from changes c
     join lateral (select min(a.seq) as place from audit_log a
       where a.clinic_id = c.clinic_id and a.change_id = c.change_id) a on true,
     lateral jsonb_array_elements(c.rows) with ordinality r(item, place)
     where c.outcome = 'applied' order by a.place, r.place`,
  );
  const stands = new Map<string, unknown>();
  for (const { change_id, item } of applied) {
    for (const [column, value] of Object.entries(item.insert ?? item.set ?? {})) {
      const place = `${item.table}.${column} ${item.id}`;
      const before = stands.get(place);
      const was = item.was?.[column];
      const seen = before === undefined || item.insert || same(before, was) || same(before, value);
      if (!seen && !firstWins.has(`${item.table}.${column}`)) {
        throw new Broken(
          'nothing is overwritten in silence',
          `${change_id} set ${place} from ${JSON.stringify(was)}, and it was ${JSON.stringify(before)}`,
        );
      }
      stands.set(place, value);
    }
  }
};

const same = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

/** Instants are written in more than one way. */
const canonical = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value)
    ? String(Date.parse(value))
    : JSON.stringify(value ?? null);
