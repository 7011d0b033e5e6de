import { z } from 'zod';
import { Status } from './status.ts';
import { Bilingual, Id, Instant } from './values.ts';

/** Who may have written a message (clinic-schema, collection `messages`). The desk's staff are `admin`. */
export const MessageRole = z.enum(['doctor', 'patient', 'admin', 'system']);
export type MessageRole = z.infer<typeof MessageRole>;

export const MessageType = z.enum(['chat', 'system', 'file', 'note']);
export type MessageType = z.infer<typeof MessageType>;

/** No file that is sent is larger. Central refuses it too. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
export const MAX_FILES = 10;
export const MAX_MARKDOWN = 20_000;
export const MAX_TAGS = 20;

/** The kinds of files that may be sent, by their media type, with the ends of name that they go by. */
export const fileKinds = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/dicom': ['dcm'],
} as const satisfies Record<string, readonly string[]>;
export type FileKind = keyof typeof fileKinds;

/** A file that was taken into this desk's store, and is not yet part of a message. */
export const StoredFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().trim().min(1).max(255),
  mimeType: z.string().max(127),
  sizeBytes: z.int().min(1).max(MAX_FILE_BYTES),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** A file of a message. */
export const MessageFile = z.object({
  /** Names the file where it is opened; null for one of an imported document whose bytes Anteroom never had. */
  attachmentId: Id.nullable(),
  fileName: z.string(),
  mimeType: z.string(),
  sizeBytes: z.int().nullable(),
  /** How it can be shown without leaving the desk. */
  shown: z.enum(['image', 'pdf', 'no']),
});
export type MessageFile = z.infer<typeof MessageFile>;

/** Where the bytes of a file are, as far as this desk knows. */
export const FileState = z.object({
  /**
   * `here`: on this PC and whole. `fetching`: on its way from central. `away`: not on this PC yet; it can be
   * fetched when there is a connection. `not_sent`: central does not have it either, because the desk that has it
   * has not sent it. `damaged`: what lies on this PC is not what was stored, and central has no other.
   */
  state: z.enum(['here', 'fetching', 'away', 'not_sent', 'damaged']),
  /** Bytes that have come and all of them, while it is fetched. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Whether this desk has a connection to fetch it by. */
  online: z.boolean(),
});
export type FileState = z.infer<typeof FileState>;

/** One message as a screen shows it. */
export const Message = z.object({
  id: Id,
  threadId: z.string(),
  type: MessageType,
  /** What a reader without formatting sees. */
  text: z.string(),
  /** The formatted text; null where there is none. */
  markdown: z.string().nullable(),
  author: z.object({ role: MessageRole, name: z.string() }),
  /** Written by who is at the desk, who may edit and delete it. */
  mine: z.boolean(),
  sentAt: Instant,
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  version: z.int(),
  tags: z.array(z.string()),
  files: z.array(MessageFile),
  /** Who has read it besides its author, in order of time. */
  readBy: z.array(z.object({ name: z.string(), at: Instant })),
  /** Not yet read by who is at the desk. */
  unread: z.boolean(),
  /** Saved here and not yet answered by central. */
  provisional: z.boolean(),
});
export type Message = z.infer<typeof Message>;

/** What a thread is about. */
export const ThreadSubject = z.object({
  threadId: z.string(),
  /** The patient's name, or the best that an imported document tells; empty where nothing is told. */
  name: z.string(),
  patientId: Id.nullable(),
  appointment: z
    .object({
      id: Id,
      start: Instant,
      status: Status,
      doctorId: Id,
      doctorName: Bilingual,
      /** Its times are told in this location's zone. */
      locationId: Id.nullable(),
    })
    .nullable(),
});
export type ThreadSubject = z.infer<typeof ThreadSubject>;

/** A line of the list of threads. */
export const ThreadBrief = ThreadSubject.extend({
  count: z.int(),
  /** Messages of the last `UNREAD_DAYS` that who is at the desk has neither written nor read. */
  unread: z.int(),
  last: z.object({
    at: Instant,
    author: z.string(),
    mine: z.boolean(),
    type: MessageType,
    text: z.string(),
    files: z.int(),
  }),
  /** Names the place in the list for reading on. */
  cursor: Id,
});
export type ThreadBrief = z.infer<typeof ThreadBrief>;

/** A message that nobody read for so long is no news; neither is the past that an import brings. */
export const UNREAD_DAYS = 30;

export const Thread = ThreadSubject.extend({ messages: z.array(Message) });
export type Thread = z.infer<typeof Thread>;

/** Why a line of an imported file was not taken. */
export const ImportProblem = z.object({
  /** Counted from 1. */
  line: z.int(),
  why: z.enum(['not_json', 'no_id', 'no_thread', 'bad_field', 'too_long', 'too_deep', 'differs']),
  /** The field, or what the reader of Extended JSON said. */
  what: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;
