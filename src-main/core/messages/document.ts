import { EJSON, ObjectId } from 'bson';
import { type ImportProblem, MessageType } from '../../contract/message.ts';
import { importedId } from './ids.ts';
import { depthOf, revise } from './json-text.ts';

type Json = Record<string, unknown>;

/** What of a message stands in columns (clinic-schema, collection `messages`); open parts as Extended JSON, relaxed. */
export interface MessageColumns {
  sourceId: string;
  threadId: string;
  type: MessageType;
  text: string;
  richText: Json | null;
  relationalRefs: Json;
  author: Json;
  attachments: Json[];
  readReceipts: Json[];
  tags: string[];
  denorm: Json | null;
  meta: Json;
}

/** A document that was read: its columns, its own line, and the id that its row gets. */
export interface ReadDocument extends MessageColumns {
  id: string;
  /** The line as it stood in the file. */
  line: string;
}

export type ReadLine =
  | { ok: true; document: ReadDocument }
  | { ok: false; problem: Omit<ImportProblem, 'line'> };

/** Names and ids longer than this fit into no index of central. */
const MAX_NAME = 500;
/** MongoDB nests no deeper; Postgres would give up on a value that does. */
const MAX_DEPTH = 100;

/**
 * Reads a line of `mongoexport`, relaxed or canonical. The line itself is kept, since JSONB keeps neither the order of
 * keys nor whether a number was an int, a long or a double.
 */
export const readLine = (line: string): ReadLine => {
  if (depthOf(line) > MAX_DEPTH) return refused('too_deep', String(MAX_DEPTH));
  try {
    const typed: unknown = EJSON.parse(line, { relaxed: false });
    if (!isRecord(typed) || !line.trimStart().startsWith('{')) return refused('not_json', '{}');
    const plain = storable(EJSON.serialize(typed, { relaxed: true })) as Json;
    return readDocument(plain, sourceIdOf(typed['_id']), line);
  } catch (fault) {
    return refused('not_json', fault instanceof Error ? fault.message.slice(0, 200) : '');
  }
};

const refused = (why: ImportProblem['why'], what: string): ReadLine => ({
  ok: false,
  problem: { why, what },
});

const readDocument = (document: Json, sourceId: string | null, line: string): ReadLine => {
  if (sourceId === null) return refused('no_id', '_id');
  const { thread_id: threadId, type } = document;
  if (typeof threadId !== 'string' || threadId === '') return refused('no_thread', 'thread_id');
  if (threadId.length > MAX_NAME) return refused('too_long', 'thread_id');
  if (sourceId.length > MAX_NAME) return refused('too_long', '_id');
  const known = MessageType.safeParse(type ?? 'chat');
  if (!known.success) return refused('bad_field', 'type');
  const wrong = wrongField(document);
  if (wrong) return refused('bad_field', wrong);
  const columns = columnsOf(document, sourceId, known.data);
  const id = importedId(sourceId, sentAtOf(columns) ?? 0);
  return { ok: true, document: { ...columns, id, line } };
};

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const listOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);

/** What each field that has a column must be where it is there at all. */
const fields: Record<string, (value: unknown) => boolean> = {
  text: isText,
  rich_text: isRecord,
  relationalRefs: isRecord,
  author: isRecord,
  attachments: listOf(isRecord),
  read_receipts: listOf(isRecord),
  tags: listOf(isText),
  denorm: isRecord,
  meta: isRecord,
};

const wrongField = (document: Json): string | undefined =>
  Object.entries(fields).find(
    ([name, fits]) => (document[name] ?? null) !== null && !fits(document[name]),
  )?.[0];

const columnsOf = (document: Json, sourceId: string, type: MessageType): MessageColumns => ({
  sourceId,
  threadId: String(document['thread_id']),
  type,
  text: (document['text'] as string | undefined) ?? '',
  richText: (document['rich_text'] as Json | undefined) ?? null,
  relationalRefs: (document['relationalRefs'] as Json | undefined) ?? {},
  author: (document['author'] as Json | undefined) ?? { role: 'system' },
  attachments: (document['attachments'] as Json[] | undefined) ?? [],
  readReceipts: (document['read_receipts'] as Json[] | undefined) ?? [],
  tags: (document['tags'] as string[] | undefined) ?? [],
  denorm: (document['denorm'] as Json | undefined) ?? null,
  meta: (document['meta'] as Json | undefined) ?? {},
});

/** An ObjectId by its digits, any other kind of `_id` as its canonical Extended JSON; null where there is none. */
const sourceIdOf = (id: unknown): string | null => {
  if (id === undefined || id === null) return null;
  return id instanceof ObjectId ? id.toHexString() : storableText(EJSON.stringify(id, { relaxed: false }));
};

/** A value without what Postgres cannot store: NUL, and halves of surrogate pairs. */
const storable = (value: unknown): unknown => {
  if (isText(value)) return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), storable(item)]));
};
const storableText = (text: string): string =>
  text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');

/** An instant of Extended JSON, or ISO 8601 text, in epoch milliseconds; undefined where it is neither. */
export const millisecondsOf = (value: unknown): number | undefined => {
  const date = isRecord(value) && '$date' in value ? value['$date'] : value;
  const ms = isRecord(date) ? Number(date['$numberLong']) : isText(date) ? Date.parse(date) : Number.NaN;
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : undefined;
};

/** When a message was sent, in epoch milliseconds: by its own word, or else by the second in its ObjectId. */
export const sentAtOf = ({ meta, sourceId }: Pick<MessageColumns, 'meta'> & { sourceId: string | null }) =>
  millisecondsOf(meta['created_at']) ??
  (sourceId && /^[0-9a-f]{24}$/.test(sourceId)
    ? Number.parseInt(sourceId.slice(0, 8), 16) * 1000
    : undefined);

/** The document of a message, as one line. An imported one is its own line, changed only where the message was. */
export const writeLine = (message: MessageColumns, line: string | null): string => {
  const is = documentOf(message);
  if (line === null) return JSON.stringify(is);
  const read = readLine(line);
  if (!read.ok) return line;
  const was = documentOf(read.document);
  return revise(line, asStored(was), asStored(is));
};

/** As a value comes back from JSONB. */
const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A message in the document's words. */
const documentOf = (message: MessageColumns): Json => ({
  _id: /^[0-9a-f]{24}$/.test(message.sourceId) ? { $oid: message.sourceId } : JSON.parse(message.sourceId),
  thread_id: message.threadId,
  type: message.type,
  text: message.text,
  ...(message.richText ? { rich_text: message.richText } : {}),
  relationalRefs: message.relationalRefs,
  author: message.author,
  attachments: message.attachments,
  read_receipts: message.readReceipts,
  tags: message.tags,
  ...(message.denorm ? { denorm: message.denorm } : {}),
  meta: message.meta,
});
