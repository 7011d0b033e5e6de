import { z } from 'zod';
import { StaffRole } from '../../contract/session.ts';
import type { Store } from '../replica/connection.ts';

const DEFAULT_IDLE_MINUTES = 10;

/** What the clinic's settings say of signing in; where they say nothing that makes sense, the default. */
const Policy = z.object({
  /** A screen without a touch locks after so many minutes. */
  idle_minutes: z.int().min(1).max(240).catch(DEFAULT_IDLE_MINUTES),
  /** Roles that need a second factor. */
  second_factor_roles: z.array(StaffRole).catch([]),
});

export interface SignInPolicy {
  idleMinutes: number;
  secondFactorRoles: readonly StaffRole[];
}

/** The clinic's policy as this desk's replica has it. */
export const signInPolicy = (store: Store): SignInPolicy => {
  const settings = store.statement('select settings from clinics').pluck().get() as string | undefined;
  const { idle_minutes: idleMinutes, second_factor_roles: secondFactorRoles } = Policy.parse(
    settings === undefined ? {} : JSON.parse(settings),
  );
  return { idleMinutes, secondFactorRoles };
};
