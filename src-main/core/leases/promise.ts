import type { ChangeRow, WireRow } from '../../contract/change.ts';
import { freeing } from '../../contract/status.ts';
import type { RowHistory, RowStep, Waiting, WaitingChange } from '../replica/layers.ts';
import type { SlotLease } from '../replica/slot-leases.ts';
import type { DriverRow } from '../replica/tables.ts';

/**
 * What a person may be told of an appointment that central has not answered. `certain`: whatever happens, central will not
 * refuse it for its time. `provisional`: it may. Null: central has it, and nothing that waits would move it.
 */
export type Promised = 'certain' | 'provisional' | null;

/** What promises are made of: this desk's present incarnation, what it keeps, and what waits. */
export interface Ground {
  incarnation: string;
  leases: readonly SlotLease[];
  waiting: Waiting;
}

/** Where a live appointment stands. Times are epoch milliseconds. */
interface Place {
  slotId: string | null;
  doctorId: string;
  roomId: string | null;
  start: number;
  end: number;
}

/** The columns by which an appointment takes time. */
const placing = ['slot_id', 'doctor_id', 'room_id', 'scheduled_at', 'ends_at'] as const;

/** Tables whose new rows nothing but their key and what they refer to can break, and the columns that others may have too. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  appointments: ['cal_com_uid'],
  appointment_series: [],
  patients: ['email', 'user_id', 'merged_into_id'],
};

/**
 * The promises of the appointments that wait. A booking is certain when central can have no reason to refuse it, whatever
 * other desks do: it is new (nobody else can have touched it, also nobody with another copy of this replica), each slot that
 * it takes is kept for who made it and is not being given back, its room is kept along or it has none, nothing of this desk
 * may still stand there at central, and neither may what it refers to, or what else its change does, be refused.
 */
export class Promises {
  readonly #ground: Ground;
  /** The waiting change that made a row, by table and id. */
  readonly #makers = new Map<string, WaitingChange>();
  readonly #sureSteps = new Map<RowStep, boolean>();

  constructor(ground: Ground) {
    this.#ground = ground;
    for (const change of ground.waiting.changes)
      for (const row of change.rows) if ('insert' in row) this.#makers.set(row.id, change);
  }

  /** Of one appointment. */
  of(id: string): Promised {
    const settled = this.byItself(id);
    const history = this.#ground.waiting.histories.get(id);
    if (settled !== undefined || !history) return settled ?? null;
    return history.steps.every((_, index) => this.#isSure(history, index)) ? 'certain' : 'provisional';
  }

  /** Of one appointment, as far as its own steps and the leases tell; undefined where it depends on what else waits. */
  byItself(id: string): Promised | undefined {
    const history = this.#ground.waiting.histories.get(id);
    if (!history || history.steps.length === 0) return null;
    if (history.base !== null) return movesOf(history).length > 0 ? 'provisional' : null;
    const isKept = history.steps.every(({ change }, index) => {
      const place = newPlace(history, index);
      return !place || this.#isKept(place, change);
    });
    return isKept ? undefined : 'provisional';
  }

  /** Whether central cannot refuse a step of an appointment that it does not have yet, if it took those before. */
  #isSure(history: RowHistory, index: number): boolean {
    const step = history.steps[index];
    if (!step) return false;
    let sure = this.#sureSteps.get(step);
    if (sure === undefined) {
      sure = this.#isHarmless(step.change) && this.#hasPlace(history, index, step.change);
      this.#sureSteps.set(step, sure);
    }
    return sure;
  }

  #hasPlace(history: RowHistory, index: number, change: WaitingChange): boolean {
    const place = newPlace(history, index);
    return !place || (this.#isKept(place, change) && !this.#mayBeTaken(place, history.id, change.seq));
  }

  /** Whether all of a place is kept for whoever made the change: the slot by name, the whole time, and the room. */
  #isKept(place: Place, { madeBy }: WaitingChange): boolean {
    const maker = madeBy ?? this.#ground.incarnation;
    const own = this.#ground.leases.filter(
      (lease) =>
        lease.incarnation === maker &&
        lease.doctorId === place.doctorId &&
        (place.roomId === null || lease.roomId === place.roomId),
    );
    let reached = place.start;
    for (const { start, end } of own.toSorted((a, b) => a.start - b.start))
      if (start <= reached) reached = Math.max(reached, end);
    return reached >= place.end && own.some(({ id }) => id === place.slotId);
  }

  /** Whether another appointment of this desk may stand there when central comes to the change of this number. */
  #mayBeTaken(place: Place, except: string, seq: number): boolean {
    for (const history of this.#ground.waiting.histories.values()) {
      if (history.id === except) continue;
      for (const row of this.#possible(history, seq)) {
        const other = row && guardedPlace(row);
        if (other && overlap(other, place)) return true;
      }
    }
    return false;
  }

  /** What a row may be at central once it has come to the change of this number. */
  #possible(history: RowHistory, seq: number): (DriverRow | null)[] {
    let states: (DriverRow | null)[] = [history.base];
    history.steps.forEach((step, index) => {
      if (step.change.seq >= seq) return;
      const isHold = history.base?.['status'] === 'held';
      // What nobody else touches is freed without fail; where its making is refused it takes no time either.
      const isHarmless = this.#isHarmless(step.change, isHold ? history.id : undefined);
      const frees = (isHold || history.base === null) && !guardedPlace(step.row) && isHarmless;
      const isCertain = history.base === null && this.#isSure(history, index);
      states = frees || isCertain ? [step.row] : [...states, step.row];
    });
    return states;
  }

  /** Whether a change can only be refused for an appointment's time, if at all. */
  #isHarmless({ rows, madeBy }: WaitingChange, ownHold?: string): boolean {
    return rows.every((row) => this.#isHarmlessRow(row, madeBy, ownHold));
  }

  #isHarmlessRow(row: ChangeRow, madeBy: string | null, ownHold: string | undefined): boolean {
    const columns = harmless[row.table];
    if (!columns) return false;
    if ('set' in row && row.id !== ownHold) {
      const maker = this.#makers.get(row.id);
      // Of what an earlier incarnation made there may be another copy at work, which may have touched it since.
      if (!maker || maker.madeBy !== madeBy) return false;
    }
    const values: WireRow = 'insert' in row ? row.insert : row.set;
    return (
      columns.every((column) => values[column] == null) &&
      Object.values(values).every((value) => this.#isHarmlessReference(row.id, value))
    );
  }

  /** Whether what a value names, if it names a row that waits too, can be refused. */
  #isHarmlessReference(id: string, value: unknown): boolean {
    const maker = typeof value === 'string' && value !== id ? this.#makers.get(value) : undefined;
    return !maker || this.#isHarmless(maker);
  }
}

/** Where a step puts an appointment within the guards; undefined where it takes no time that it did not have. */
const newPlace = ({ steps }: RowHistory, index: number): Place | undefined => {
  const row = steps[index]?.row;
  const place = row && guardedPlace(row);
  const before = steps[index - 1]?.row;
  const isAsBefore =
    before && guardedPlace(before) && placing.every((column) => before[column] === row?.[column]);
  return isAsBefore ? undefined : place;
};

/** Where an appointment stands within the guards against double booking; undefined where it takes no time of them. */
const guardedPlace = (row: DriverRow): Place | undefined => {
  if (frees(row) || row['overbook_reason'] != null) return undefined;
  return {
    slotId: row['slot_id'] === null ? null : String(row['slot_id']),
    doctorId: String(row['doctor_id']),
    roomId: row['room_id'] == null ? null : String(row['room_id']),
    start: Number(row['scheduled_at']),
    end: Number(row['ends_at']),
  };
};

const frees = (row: DriverRow): boolean => freeing.some((status) => status === row['status']);

const overlap = (a: Place, b: Place): boolean =>
  (a.slotId !== null && a.slotId === b.slotId) ||
  ((a.doctorId === b.doctorId || (a.roomId !== null && a.roomId === b.roomId)) &&
    a.start < b.end &&
    b.start < a.end);

/** The steps that put an appointment of central's elsewhere, or where it was before it was cancelled. */
const movesOf = ({ base, steps }: RowHistory): RowStep[] => {
  let before = base;
  return steps.filter(({ row }) => {
    const was = before;
    before = row;
    const revived = was !== null && frees(was) && !frees(row);
    return revived || placing.some((column) => was?.[column] !== row[column]);
  });
};
