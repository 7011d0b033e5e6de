import { type Right, rights } from '../../contract/calls.ts';
import type { Role } from '../../contract/session.ts';

/** What everybody does who works at the desk. */
const frontDesk: readonly Right[] = [
  'schedule.read',
  'schedule.write',
  'patients.read',
  'patients.write',
  'patients.merge',
  'payments.read',
  'payments.write',
  'prescriptions.read',
  'messages.read',
  'messages.write',
  'calls.read',
  'calls.write',
  'reports.read',
  'account',
  'desk',
  'door',
  'kiosk',
  'display',
];

/**
 * The rights of each role: the one table of them. Central has the same in `role_rights`, held against this one by a test.
 * Patients and automation have no seat at a desk.
 */
export const roleRights: Readonly<Record<Role, ReadonlySet<Right>>> = {
  receptionist: new Set(frontDesk),
  doctor: new Set<Right>([...frontDesk, 'schedule.overbook', 'schedule.plan', 'prescriptions.write']),
  admin: new Set(rights),
  patient: new Set(),
  // What a run of an integration does by itself, under its lease.
  automation: new Set<Right>(['outside.write']),
};

/** What anybody may who stands before a desk that nobody is signed in at, or that is locked. */
export const doorRights: ReadonlySet<Right> = new Set(['door']);
