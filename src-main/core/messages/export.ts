import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeLine } from './document.ts';
import { asRecord, columnsOf, SELECT_MESSAGES, type StoredMessage } from './stored.ts';

/** Messages as lines of `mongoexport`, oldest first. Those that were taken away are left out. */
export const exportMessages = (
  desk: Desk,
  session: Session,
  { after, limit }: ParsedInput<'exportMessages'>,
): CallResult<'exportMessages'> => {
  if (!session.rights.has('messages.read')) return refuse('not_allowed', { right: 'messages.read' });
  const rows = desk.replica
    .statement(`${SELECT_MESSAGES} where m.id > ? and m.deleted_at is null order by m.id limit ?`)
    .all(after ?? '', limit) as StoredMessage[];
  return ok({
    lines: rows.map((row) => lineOf(desk, row)),
    next: rows.length < limit ? null : (rows.at(-1)?.id ?? null),
  });
};

/** A message as a document of clinic-schema, with what the staff read of it among its receipts. */
export const lineOf = (desk: Desk, row: StoredMessage): string => {
  const message = columnsOf(row);
  const line = asRecord(row.document)['ejson'];
  const readReceipts = [...message.readReceipts, ...receiptsOf(desk, row.id)];
  return writeLine({ ...message, readReceipts }, typeof line === 'string' ? line : null);
};

/** One receipt for each reader, the first. */
const receiptsOf = ({ replica }: Desk, messageId: string): Record<string, unknown>[] => {
  const rows = replica
    .statement(
      `select user_role role, user_id userId, min(read_at) at from message_receipts
       where message_id = ? group by user_role, user_id order by at, userId`,
    )
    .all(messageId) as { role: string; userId: string | null; at: number }[];
  return rows.map(({ role, userId, at }) => ({
    user_role: role,
    user_id: userId,
    read_at: { $date: new Date(at).toISOString() },
  }));
};
