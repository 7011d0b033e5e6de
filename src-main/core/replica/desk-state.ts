import type { Store } from './connection.ts';

/** A row that central gave, remembered in order to see that central still has it. */
export interface Witness {
  table: string;
  id: string;
  rev: number;
  /** Central's stamp of that commit, in epoch milliseconds; a file of an earlier version has none until its next pull. */
  updatedAt?: number;
  /** Some that came before it, newest first: others may have written over a row since a backup came back. */
  before?: Witness[];
}

const witnessesKept = 8;

/** What a rebuilt file holds: all rows of the clinic up to commit `seq` of that history. */
export interface Position {
  epoch: string | null;
  seq: number;
  witness: Witness | null;
}

/** Who this desk is and how far it has read. */
export interface DeskState {
  clinicId: string | null;
  deskId: string | null;
  deskName: string | null;
  userId: string | null;
  incarnation: string;
  /** Null before the first sync. */
  epoch: string | null;
  /** The last `rev` that the replica holds whole; 0 when it must be built anew. */
  cursor: number;
  witness: Witness | null;
  /** Central's clock minus this desk's, in milliseconds. */
  clockOffsetMs: number;
  /** Epoch milliseconds. */
  lastContactAt: number | null;
}

type StoredState = Omit<DeskState, 'witness'> & { witness: string | null };

/** The one row of `desk_state`. */
export const readDeskState = (store: Store): DeskState => {
  const row = store
    .statement(
      `select clinic_id as clinicId, desk_id as deskId, desk_name as deskName, user_id as userId, incarnation,
         epoch, cursor, witness, clock_offset_ms as clockOffsetMs, last_contact_at as lastContactAt
       from desk_state`,
    )
    .get() as StoredState;
  return { ...row, witness: row.witness === null ? null : (JSON.parse(row.witness) as Witness) };
};

/** Who central says this desk is, and the difference of the clocks. */
export interface Introduction {
  clinicId: string;
  deskId: string;
  deskName: string;
  userId: string | null;
  clockOffsetMs: number;
}

/** Notes who central says this desk is. */
export const noteIntroduction = (store: Store, desk: Introduction): void => {
  store
    .statement(
      `update desk_state set clinic_id = @clinicId, desk_id = @deskId, desk_name = @deskName, user_id = @userId,
         clock_offset_ms = @clockOffsetMs`,
    )
    .run({ ...desk });
};

/**
 * Moves the position, inside the transaction that writes the rows up to it. `newest` are the last of these rows, newest
 * first.
 */
export const setCursor = (store: Store, cursor: number, newest: readonly Witness[]): void => {
  const [witness] = newest;
  if (!witness) return void store.statement('update desk_state set cursor = ?').run(cursor);
  const known = readDeskState(store).witness;
  const rows = new Map<string, Witness>();
  for (const { before: _, ...row } of [...newest, ...(known ? [known, ...(known.before ?? [])] : [])]) {
    const name = `${row.table} ${row.id}`;
    if (!rows.has(name)) rows.set(name, row);
  }
  const before = [...rows.values()].slice(1, witnessesKept);
  store
    .statement('update desk_state set cursor = ?, witness = ?')
    .run(cursor, JSON.stringify({ ...witness, before }));
};

/** Notes when central last answered, in epoch milliseconds. */
export const noteContact = (store: Store, at: number): void => {
  store.statement('update desk_state set last_contact_at = ?').run(at);
};
