import { StaffRole } from '../../contract/session.ts';
import type { Store } from '../replica/connection.ts';

/** Somebody who can sign in: confirmed, not deleted, of a role that works at a desk, and with keys. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  /** The box of their keys, as it is stored. */
  sealed: string;
  /** Central lets nobody in as them before; epoch milliseconds. */
  lockedUntil: number | null;
}

const selected = `
  select users.id, display_name name, email, role, sealed, locked_until lockedUntil
  from users join staff_keys on staff_keys.id = users.id
  where deleted_at is null and confirmed_at is not null and sealed <> ''
    and role in (select value from json_each('${JSON.stringify(StaffRole.options)}'))`;

/** Everybody who can sign in, by name. */
export const staffMembers = (store: Store): StaffMember[] =>
  store.statement(`${selected} order by display_name, users.id`).all() as StaffMember[];

/** Somebody who can sign in; null for anybody else. */
export const staffMember = (store: Store, userId: string): StaffMember | null =>
  (store.statement(`${selected} and users.id = ?`).get(userId) as StaffMember | undefined) ?? null;

/**
 * Whether no administrator of the clinic can sign in yet: then whoever is at a desk may do everything, since nobody could
 * let them. Central holds the same (`clinic_is_open`).
 */
export const isOpenClinic = (store: Store): boolean =>
  store
    .statement(
      `select 1 from users join staff_keys on staff_keys.id = users.id where role = 'admin' and deleted_at is null`,
    )
    .get() === undefined;
