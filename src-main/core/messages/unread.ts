import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok } from '../../contract/errors.ts';
import { UNREAD_DAYS } from '../../contract/message.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { messageReceipts } from '../schema/replica/index.ts';
import { authorOf } from './author.ts';
import { firstIdAt } from './ids.ts';

const DAY = 86_400_000;

/**
 * A message that a user has not read: somebody else wrote it in the last weeks, and there is no receipt of theirs. Ids
 * are in the order of time, so that the years before are not even looked at. Parameters: the first id, the user twice.
 */
const UNREAD = `m.id >= ? and m.deleted_at is null and m.type <> 'system'
  and json_extract(m.author, '$.id') is not ?
  and not exists (select 1 from message_receipts r where r.message_id = m.id and r.user_id = ?)`;

const parametersOf = (desk: Desk, userId: string): [string, string, string] => {
  const since = Math.max(Date.parse(desk.now()) - UNREAD_DAYS * DAY, joinedAt(desk, userId) - DAY);
  return [firstIdAt(since), userId, userId];
};

/** When somebody's account was made, in epoch milliseconds: what was written long before is no news to them. */
const joinedAt = ({ replica }: Desk, userId: string): number =>
  (replica.statement('select created_at from users where id = ?').pluck().get(userId) as
    | number
    | undefined) ?? 0;

/** How many messages who is at the desk has not read, by thread. */
export const unreadByThread = (desk: Desk, { userId }: Session): Map<string, number> => {
  if (userId === null) return new Map();
  const rows = desk.replica
    .statement(
      `select m.thread_id threadId, count(*) count from messages m where ${UNREAD} group by m.thread_id`,
    )
    .all(...parametersOf(desk, userId)) as { threadId: string; count: number }[];
  return new Map(rows.map(({ threadId, count }) => [threadId, count]));
};

/** Which of some messages (a JSON list of ids) are unread. */
export const unreadIds = (desk: Desk, { userId }: Session, ids: string): Set<string> => {
  if (userId === null) return new Set();
  const found = desk.replica
    .statement(`select m.id from messages m where ${UNREAD} and m.id in (select value from json_each(?))`)
    .pluck()
    .all(...parametersOf(desk, userId), ids) as string[];
  return new Set(found);
};

/** How many messages who is at the desk has not read: all, or those of an appointment. */
export const unreadMessages = (
  desk: Desk,
  session: Session,
  { appointmentId }: ParsedInput<'unreadMessages'>,
): CallResult<'unreadMessages'> => {
  const counts = appointmentId
    ? unreadOfAppointment(desk, session, appointmentId)
    : [...unreadByThread(desk, session).values()];
  return ok({ messages: counts.reduce((sum, count) => sum + count, 0), threads: counts.length });
};

const unreadOfAppointment = (desk: Desk, { userId }: Session, appointmentId: string): number[] => {
  if (userId === null) return [];
  return desk.replica
    .statement(
      `select count(*) from messages m where ${UNREAD} and m.appointment_id = ? group by m.thread_id`,
    )
    .pluck()
    .all(...parametersOf(desk, userId), appointmentId) as number[];
};

/** Notes that who is at the desk has read a thread: one receipt for each message, so that two desks never write one list. */
export const readThread = (
  desk: Desk,
  session: Session,
  { threadId }: ParsedInput<'readThread'>,
): CallResult<'readThread'> => {
  const { userId } = session;
  if (userId === null) return ok({ read: 0 });
  const ids = desk.replica
    .statement(`select m.id from messages m where ${UNREAD} and m.thread_id = ?`)
    .pluck()
    .all(...parametersOf(desk, userId), threadId) as string[];
  if (ids.length === 0) return ok({ read: 0 });
  const { role } = authorOf(desk, session);
  const readAt = desk.now();
  writeChange(desk, { kind: 'readThread', actor: userId }, (change) => {
    for (const messageId of ids)
      change.insert(messageReceipts, { id: desk.newId(), messageId, userRole: role, userId, readAt });
  });
  return ok({ read: ids.length });
};
