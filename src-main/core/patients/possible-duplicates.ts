import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import type { LikelyPair } from '../../contract/patient.ts';
import type { Desk, Session } from '../desk.ts';
import type { Replica } from '../replica/open.ts';
import { personOf } from '../replica/same-person.ts';
import { type Comparison, compareKeys, type Identity, isLikely, type Keys, keysOf } from './duplicate.ts';
import { readBriefs } from './find.ts';

/** Two records, the older first, and how they compare. */
interface Pair extends Comparison {
  ids: [string, string];
}

/** The pairs of the whole clinic, kept until a patient changes. */
interface Found {
  pairs: Promise<Pair[]>;
  fresh: boolean;
}

const found = new WeakMap<Replica, Found>();

/** Pairs of records that are likely to be of one person, likeliest first. */
export const possibleDuplicates = async (
  desk: Desk,
  _session: Session,
  { from, limit }: ParsedInput<'possibleDuplicates'>,
): Promise<CallResult<'possibleDuplicates'>> => {
  const pairs = await pairsOf(desk.replica);
  const page = pairs.slice(from, from + limit);
  const briefs = new Map(
    readBriefs(desk, [...new Set(page.flatMap(({ ids }) => ids))]).map((one) => [one.id, one]),
  );
  return ok({
    total: pairs.length,
    pairs: page.flatMap(({ ids: [first, second], score, grounds }): LikelyPair[] => {
      const [older, newer] = [briefs.get(first), briefs.get(second)];
      return older && newer ? [{ patients: [older, newer], score, grounds }] : [];
    }),
  });
};

const pairsOf = (replica: Replica): Promise<Pair[]> => {
  const known = found.get(replica);
  if (known?.fresh) return known.pairs;
  const entry: Found = { pairs: findPairs(replica), fresh: true };
  if (!known) {
    replica.onTablesChanged((tables) => {
      const present = found.get(replica);
      if (present && (tables.has('patients') || tables.has('patient_merges'))) present.fresh = false;
    });
  }
  found.set(replica, entry);
  return entry.pairs;
};

/** Work between two turns of the event loop, in milliseconds: a call that comes meanwhile waits no longer. */
const SLICE_MS = 10;
const ROWS_AT_ONCE = 500;
/** More records than this with one phone number or name tell nothing. */
const CROWD = 400;

const ROWS = `
  select p.id, p.first_name firstName, p.last_name lastName, p.date_of_birth dateOfBirth, p.email,
    coalesce(p.phone, o.phone) phone, o.id ownerId, p.species is not null or p.owner_id is not null animal
  from patients p left join patients o on o.id = ${personOf('p.owner_id')}
  where p.id > ? and p.deleted_at is null and p.merged_into_id is null order by p.id limit ${ROWS_AT_ONCE}`;

interface Row extends Identity {
  id: string;
  ownerId: string | null;
  animal: 0 | 1;
}

/**
 * Compares the records that have something in common that two of one person would have: the phone, the e-mail address,
 * both names as they sound, or one name and the birth date; animals with those of the same owner. Comparing each with each would take hours.
 */
const findPairs = async (replica: Replica): Promise<Pair[]> => {
  const records: { id: string; keys: Keys }[] = [];
  const alike = new Map<string, number[]>();
  const pause = pauser();
  for (let last = ''; ; ) {
    const rows = replica.statement(ROWS).all(last) as Row[];
    for (const row of rows) {
      const keys = keysOf(row);
      for (const mark of row.animal ? [`animal of ${row.ownerId}`] : marksOf(keys)) {
        const group = alike.get(mark);
        if (group) group.push(records.length);
        else alike.set(mark, [records.length]);
      }
      records.push({ id: row.id, keys });
      await pause();
    }
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
  }

  const pairs = new Map<number, Pair>();
  for (const group of alike.values()) {
    if (group.length < 2 || group.length > CROWD) continue;
    for (const [place, one] of group.entries()) {
      for (const other of group.slice(place + 1)) {
        const key = one * records.length + other;
        const [a, b] = [records[one], records[other]];
        if (!a || !b || pairs.has(key)) continue;
        const comparison = compareKeys(a.keys, b.keys);
        if (isLikely(comparison)) pairs.set(key, { ids: [a.id, b.id], ...comparison });
      }
      await pause();
    }
  }
  return [...pairs.values()].sort((a, b) => b.score - a.score || (a.ids[0] < b.ids[0] ? -1 : 1));
};

/** What two records of one person have in common, one or the other. */
const marksOf = ({ first, last, born, phone, email }: Keys): Set<string> => {
  const marks = new Set<string>();
  if (phone !== '') marks.add(`phone ${phone}`);
  if (email !== '') marks.add(`email ${email}`);
  if (first !== '' && last !== '') marks.add(`names ${[first, last].sort().join(' / ')}`);
  if (born !== '') for (const name of [first, last]) if (name !== '') marks.add(`born ${born} ${name}`);
  return marks;
};

/** Lets others have their turn when a slice of time is used up. */
const pauser = (): (() => Promise<void> | undefined) => {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE_MS) return undefined;
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
};
