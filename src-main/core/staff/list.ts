import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { StaffRole } from '../../contract/session.ts';
import type { StaffMember, StaffState } from '../../contract/staff.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { readDeskState } from '../replica/desk-state.ts';
import { writeChange } from '../replica/write.ts';
import { userSessions } from '../schema/replica/index.ts';
import { isOpenClinic } from '../security/staff.ts';

/** Accounts that desks act as while nobody is signed in are no people; `central add-desk` names them so. */
const people = `users.role in ('receptionist', 'doctor', 'admin') and users.email not like '%@desk.invalid'`;

interface Row {
  id: string;
  name: string;
  email: string;
  username: string | null;
  role: StaffRole;
  deletedAt: number | null;
  lastLoginAt: number | null;
  hasKeys: number;
  secondFactorAt: number | null;
  lockedUntil: number | null;
  openSessions: number;
  doctorId: string | null;
}

/** Everybody who signs in or did, by name; those who were deactivated come last. */
export const staff = ({ replica, now }: Desk): CallResult<'staff'> => {
  const rows = replica
    .statement(
      `select users.id, display_name name, users.email, username, role, users.deleted_at deletedAt,
         last_login_at lastLoginAt, coalesce(sealed, '') <> '' hasKeys, second_factor_at secondFactorAt,
         locked_until lockedUntil, doctors.id doctorId,
         (select count(*) from user_sessions s where s.user_id = users.id and s.ended_at is null) openSessions
       from users
       left join staff_keys on staff_keys.id = users.id
       left join doctors on doctors.user_id = users.id
       where ${people}
       order by users.deleted_at is not null, display_name, users.id`,
    )
    .all() as Row[];
  const at = Date.parse(now());
  return ok({ open: isOpenClinic(replica), members: rows.map((row) => memberOf(row, at)) });
};

const memberOf = (row: Row, now: number): StaffMember => {
  const { id, name, email, username, role, openSessions, doctorId } = row;
  const state = stateOf(row, now);
  return {
    ...{ id, name, email, username, role, openSessions, doctorId, state },
    lockedUntil: state === 'locked' ? isoOrNull(row.lockedUntil) : null,
    lastLoginAt: isoOrNull(row.lastLoginAt),
    secondFactor: row.secondFactorAt !== null,
  };
};

const stateOf = ({ deletedAt, hasKeys, lockedUntil }: Row, now: number): StaffState => {
  if (deletedAt !== null) return 'deactivated';
  if (!hasKeys) return 'invited';
  return lockedUntil !== null && lockedUntil > now ? 'locked' : 'active';
};

/** Sessions that have ended are shown for so long. */
const SHOWN_MS = 30 * 86_400_000;

interface SessionRow {
  id: string;
  userId: string;
  deskId: string;
  method: 'password' | 'pin';
  startedAt: number;
  endedAt: number | null;
}

/** When somebody was signed in where. Of desks this one knows its own name only. */
export const staffSessions = (
  { replica, now }: Desk,
  session: Session,
  { userId }: ParsedInput<'staffSessions'>,
): CallResult<'staffSessions'> => {
  if (!isPerson({ replica }, userId)) return refuse('not_found', { what: 'user', id: userId });
  const { deskId, deskName } = readDeskState(replica);
  const rows = replica
    .statement(
      `select id, user_id userId, desk_id deskId, method, started_at startedAt, ended_at endedAt from user_sessions
       where user_id = ? and (ended_at is null or ended_at > ?) order by started_at desc, id`,
    )
    .all(userId, Date.parse(now()) - SHOWN_MS) as SessionRow[];
  return ok({
    sessions: rows.map(({ startedAt, endedAt, ...row }) => ({
      ...row,
      deskName: row.deskId === deskId ? deskName : null,
      startedAt: iso(startedAt),
      endedAt: isoOrNull(endedAt),
      current: row.id === session.sessionId,
    })),
  });
};

const isPerson = ({ replica }: Pick<Desk, 'replica'>, userId: string): boolean =>
  replica.statement(`select 1 from users where id = ? and ${people}`).get(userId) !== undefined;

/** Ends somebody's session: a change like any other, so that it can be done offline. */
export const endStaffSession = (
  desk: Desk,
  session: Session,
  { sessionId }: ParsedInput<'endStaffSession'>,
): CallResult<'endStaffSession'> => {
  const open = desk.replica
    .statement('select 1 from user_sessions where id = ? and ended_at is null')
    .get(sessionId);
  if (!open) return refuse('not_found', { what: 'session', id: sessionId });
  writeChange(desk, { kind: 'endStaffSession', actor: session.userId }, (change) =>
    change.update(userSessions, sessionId, { endedAt: desk.now(), endedBy: session.userId }),
  );
  return ok({});
};
