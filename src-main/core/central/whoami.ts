import type { CentralConnection } from './connect.ts';

/** Who central takes this desk for. */
export interface WhoAmI {
  desk_id: string;
  desk_name: string;
  clinic_id: string;
  user_id: string | null;
  disabled: boolean;
  /** Since when and by whom, where an administrator did it at a desk; and whether to destroy what the desk holds. */
  disabled_at: string | null;
  disabled_by: string | null;
  wipe: boolean;
  epoch: string;
  version: number;
  oldest_desk_version: number;
  /** Central's clock. */
  now: string;
}

/** Asks; null when the role is no desk. */
export const whoami = async (central: CentralConnection): Promise<WhoAmI | null> => {
  const [row] = await central.query<{ me: WhoAmI | null }>('select whoami() as me');
  return row?.me ?? null;
};

/** The number that central expects next of a stream of this desk: 1 where it knows none. */
export const nextOfStream = async (central: CentralConnection, incarnation: string): Promise<number> => {
  const [row] = await central.query<{ next: string }>('select next_of_stream($1) as next', [incarnation]);
  if (!row) throw new Error('next_of_stream gave no row');
  return Number(row.next);
};

/**
 * Says that commits of the history `epoch`, which this desk had read, are gone. Answers the epoch of the history that begins
 * by it: for every desk of the clinic another one, also where a backup came back into the same database.
 */
export const beginHistory = async (central: CentralConnection, epoch: string): Promise<string> => {
  const [row] = await central.query<{ epoch: string }>('select begin_history($1) as epoch', [epoch]);
  if (!row) throw new Error('begin_history gave no row');
  return row.epoch;
};

/**
 * Sets a connection up for a desk's small statements: prepared ones are planned once, since the plan hardly
 * depends on the cursor and planning costs more than running; compiling them would cost more than both.
 */
export const prepareForDesk = async (central: CentralConnection): Promise<void> => {
  await central.query(`set plan_cache_mode = force_generic_plan; set jit = off; set timezone = 'UTC'`);
};
