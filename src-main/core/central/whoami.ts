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

/**
 * Sets a connection up for a desk's small statements: prepared ones are planned once, since the plan hardly
 * depends on the cursor and planning costs more than running; compiling them would cost more than both.
 */
export const prepareForDesk = async (central: CentralConnection): Promise<void> => {
  await central.query(`set plan_cache_mode = force_generic_plan; set jit = off; set timezone = 'UTC'`);
};
