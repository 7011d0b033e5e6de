import { type FileKind, fileKinds, type Message, type MessageFile } from '../../contract/message.ts';
import { iso, isoOrNull } from '../clinic-day.ts';
import type { Desk, Session } from '../desk.ts';
import { millisecondsOf } from './document.ts';
import {
  asList,
  asRecord,
  authorShown,
  isMine,
  type StoredMessage,
  sentAt,
  textOf,
  versionOf,
} from './stored.ts';
import { unreadIds } from './unread.ts';

/** Messages as screens show them, in the order in which they were sent. */
export const showMessages = (desk: Desk, session: Session, rows: readonly StoredMessage[]): Message[] => {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const readers = readersOf(desk, ids);
  const waiting = new Set(waitingIds(desk, ids));
  const unread = unreadIds(desk, session, ids);
  const known = knownFiles(desk, rows);
  return rows
    .map((row) => ({
      ...showMessage(row, session, known),
      readBy: readers.get(row.id) ?? [],
      unread: unread.has(row.id),
      provisional: waiting.has(row.id),
    }))
    .sort((a, b) => a.sentAt.localeCompare(b.sentAt) || a.id.localeCompare(b.id));
};

const showMessage = (row: StoredMessage, session: Session, known: ReadonlyMap<string, string>) => {
  const meta = asRecord(row.meta);
  const version = versionOf(meta);
  const editedAt = version > 1 ? millisecondsOf(meta['updated_at']) : undefined;
  const isThere = row.deletedAt === null;
  const markdown = textOf(asRecord(row.richText)['markdown']);
  return {
    id: row.id,
    threadId: row.threadId,
    type: row.type,
    text: isThere ? row.text : '',
    markdown: isThere && markdown !== '' ? markdown : null,
    author: authorShown(row),
    mine: isMine(row, session),
    sentAt: iso(sentAt(row)),
    editedAt: editedAt === undefined ? null : iso(editedAt),
    deletedAt: isoOrNull(row.deletedAt),
    version,
    tags: isThere ? asList<unknown>(row.tags).map(String) : [],
    files: isThere ? asList(row.attachments).map((file) => showFile(file, known)) : [],
  };
};

const showFile = (file: Record<string, unknown>, known: ReadonlyMap<string, string>): MessageFile => {
  const attachmentId = known.get(textOf(file['file_id'])) ?? null;
  const mimeType = textOf(file['mime_type']);
  const size = Number(file['size_bytes']);
  return {
    attachmentId,
    fileName: textOf(file['file_name']) || textOf(file['file_id']),
    mimeType,
    sizeBytes: Number.isSafeInteger(size) ? size : null,
    shown: attachmentId === null || !isKind(mimeType) ? 'no' : shownAs(mimeType),
  };
};

const isKind = (mimeType: string): mimeType is FileKind => Object.hasOwn(fileKinds, mimeType);
const shownAs = (kind: FileKind): MessageFile['shown'] =>
  kind.startsWith('image/') ? 'image' : kind === 'application/pdf' ? 'pdf' : 'no';

/** The files of these messages that are this clinic's own: by their id, which is that of their row. */
const knownFiles = ({ replica }: Desk, rows: readonly StoredMessage[]): Map<string, string> => {
  const ids = rows.flatMap((row) => asList(row.attachments).map((file) => textOf(file['file_id'])));
  const found = replica
    .statement(
      'select id from attachments where deleted_at is null and id in (select value from json_each(?))',
    )
    .pluck()
    .all(JSON.stringify(ids)) as string[];
  return new Map(found.map((id) => [id, id]));
};

/** Who of the staff has read each message, each reader once. */
const readersOf = ({ replica }: Desk, ids: string) => {
  const rows = replica
    .statement(
      `select r.message_id messageId, min(r.read_at) at, u.display_name name
       from message_receipts r left join users u on u.id = r.user_id
       where r.message_id in (select value from json_each(?))
       group by r.message_id, r.user_id order by at, r.id`,
    )
    .all(ids) as { messageId: string; at: number; name: string | null }[];
  const readers = new Map<string, { name: string; at: string }[]>();
  for (const { messageId, at, name } of rows) {
    readers.set(messageId, [...(readers.get(messageId) ?? []), { name: name ?? '', at: iso(at) }]);
  }
  return readers;
};

const waitingIds = ({ replica }: Desk, ids: string): string[] =>
  replica
    .statement(
      `select distinct w.row_id from outbox_rows w join outbox c on c.desk_seq = w.desk_seq
       where w.table_name = 'messages' and c.state = 'waiting' and w.row_id in (select value from json_each(?))`,
    )
    .pluck()
    .all(ids) as string[];
