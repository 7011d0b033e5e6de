import { MessageRole, type MessageType } from '../../contract/message.ts';
import type { Desk, Session } from '../desk.ts';
import type { MessageColumns } from './document.ts';
import { sentAtOf } from './document.ts';

/** A message's row as the file holds it: JSON as text, instants as epoch milliseconds. */
export interface StoredMessage {
  id: string;
  sourceId: string | null;
  threadId: string;
  type: MessageType;
  text: string;
  richText: string | null;
  appointmentId: string | null;
  patientId: string | null;
  doctorId: string | null;
  relationalRefs: string;
  author: string;
  attachments: string;
  readReceipts: string;
  tags: string;
  denorm: string | null;
  meta: string;
  document: string | null;
  createdAt: number;
  deletedAt: number | null;
}

export const SELECT_MESSAGES = `
  select m.id, m.source_id sourceId, m.thread_id threadId, m.type, m.text, m.rich_text richText,
    m.appointment_id appointmentId, m.patient_id patientId, m.doctor_id doctorId,
    m.relational_refs relationalRefs, m.author, m.attachments, m.read_receipts readReceipts, m.tags, m.denorm,
    m.meta, m.document, m.created_at createdAt, m.deleted_at deletedAt
  from messages m`;

/** One message, or undefined. */
export const readMessage = ({ replica }: Desk, id: string): StoredMessage | undefined =>
  replica.statement(`${SELECT_MESSAGES} where m.id = ?`).get(id) as StoredMessage | undefined;

type Json = Record<string, unknown>;

export const asRecord = (text: string | null): Json => {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
};
export const asList = <T = Json>(text: string): T[] => {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? (value as T[]) : [];
};
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The row's columns as the document has them. */
export const columnsOf = (row: StoredMessage): MessageColumns => ({
  sourceId: row.sourceId ?? '',
  threadId: row.threadId,
  type: row.type,
  text: row.text,
  richText: row.richText === null ? null : asRecord(row.richText),
  relationalRefs: asRecord(row.relationalRefs),
  author: asRecord(row.author),
  attachments: asList(row.attachments),
  readReceipts: asList(row.readReceipts),
  tags: asList<string>(row.tags),
  denorm: row.denorm === null ? null : asRecord(row.denorm),
  meta: asRecord(row.meta),
});

/** When a message was sent, in epoch milliseconds. */
export const sentAt = (row: StoredMessage): number =>
  sentAtOf({ meta: asRecord(row.meta), sourceId: row.sourceId }) ?? row.createdAt;

/** The author as a screen names them. */
export const authorShown = (row: StoredMessage): { role: MessageRole; name: string } => {
  const author = asRecord(row.author);
  const role = MessageRole.safeParse(author['role']);
  return { role: role.success ? role.data : 'system', name: textOf(author['display_name']) };
};

/** Whether who is at the desk wrote a message. */
export const isMine = (row: StoredMessage, { userId }: Session): boolean =>
  userId !== null && asRecord(row.author)['id'] === userId;

/** The number of a message's text: 1 when it was written, one more with each edit. */
export const versionOf = (meta: Json): number => {
  const version = meta['version'];
  return typeof version === 'number' && Number.isInteger(version) ? version : 1;
};
