import Database from 'better-sqlite3';
import { fileFault } from '../file-fault.ts';
import type { FoundRow } from './patchwork.ts';

/** Rows that are given at once. */
const PIECE = 500;
/** Looks into the holes of a table, after which what is left of them counts as unreadable. */
const MOST_LOOKS = 3_000;
/** No hole is longer: as many rows as lie below one page that leads to others, several times over. */
const LONGEST_HOLE = 2 ** 20;

type Numbered = FoundRow & { place: number };
type Direction = 'asc' | 'desc';

/**
 * Reads a table in the order of its rows' numbers and around what is damaged; gives its rows in pieces, and answers in the
 * end whether all of it could be read. A table that is not there may be one that nothing leads to any more.
 */
export function* scan(db: Database.Database, table: string): Generator<FoundRow[], boolean> {
  let reader: Reader;
  try {
    reader = new Reader(db, table);
  } catch (fault) {
    if (isDamage(fault)) return false;
    throw fault;
  }
  // Numbers below 1 are few, and of what central has applied.
  const below = yield* reader.read(Number.MIN_SAFE_INTEGER, 1, 'desc');
  let isWhole = below === null;
  for (let from = 0; ; ) {
    const hole = yield* reader.read(from, Number.MAX_SAFE_INTEGER, 'asc');
    if (hole === null) return isWhole;
    isWhole = false;
    const beyond = reader.firstBeyond(hole);
    if (beyond === null) return false;
    yield* reader.fill(hole, beyond);
    from = beyond - 1;
  }
}

/** Whether a fault says that the file is damaged, and not the code. */
export const isDamage = (fault: unknown): boolean =>
  ['corrupt', 'wrong_key'].includes(fileFault(fault) ?? '') ||
  (fault instanceof Database.SqliteError && /malformed|no such (table|index)/.test(fault.message));

/** Reads the rows of one table between numbers. */
class Reader {
  readonly #up: Database.Statement;
  readonly #down: Database.Statement;
  #looks = MOST_LOOKS;

  constructor(db: Database.Database, table: string) {
    const sql = (direction: Direction) =>
      `select rowid as place, * from ${table} where rowid > ? and rowid < ? order by rowid ${direction} limit ?`;
    this.#up = db.prepare(sql('asc'));
    this.#down = db.prepare(sql('desc'));
  }

  /** Gives rows in one direction, ends not included; null where nothing was in the way, else the last number before that. */
  *read(after: number, before: number, direction: Direction): Generator<FoundRow[], number | null> {
    let [low, high] = [after, before];
    for (;;) {
      const { rows, isCut } = this.#piece(low, high, direction, PIECE);
      const last = rows.at(-1)?.place;
      if (rows.length > 0) yield rows.map(({ place: _, ...row }) => row);
      if (last !== undefined && direction === 'asc') low = last;
      if (last !== undefined && direction === 'desc') high = last;
      if (isCut) return direction === 'asc' ? low : high;
      if (rows.length < PIECE) return null;
    }
  }

  /** The number of a row behind a hole, not always the first; null where nothing is found. */
  firstBeyond(hole: number): number | null {
    for (let step = 1; step <= LONGEST_HOLE; step *= 2) {
      const { rows, isCut } = this.#piece(hole + step, Number.MAX_SAFE_INTEGER, 'asc', 1);
      const [first] = rows;
      if (first) return first.place;
      if (!isCut) return null;
    }
    return null;
  }

  /** Gives what can be read between two numbers of which the first has something unreadable behind it. */
  *fill(after: number, before: number): Generator<FoundRow[], void> {
    this.#looks -= 1;
    const low = yield* this.read(after, before, 'asc');
    if (low === null) return;
    const high = (yield* this.read(low, before, 'desc')) ?? before;
    // What is left may be one row, which was just tried.
    if (high - low <= 2 || this.#looks <= 0) return;
    const middle = Math.floor((low + high) / 2);
    yield* this.fill(low, middle + 1);
    yield* this.fill(middle, high);
  }

  #piece(
    low: number,
    high: number,
    direction: Direction,
    most: number,
  ): { rows: Numbered[]; isCut: boolean } {
    const rows: Numbered[] = [];
    try {
      const read = direction === 'asc' ? this.#up : this.#down;
      for (const row of read.iterate(low, high, most)) rows.push(row as Numbered);
      return { rows, isCut: false };
    } catch (fault) {
      if (!isDamage(fault)) throw fault;
      return { rows, isCut: true };
    }
  }
}
