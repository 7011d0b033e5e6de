import { z } from 'zod';
import { call } from '../call.ts';
import {
  FileState,
  ImportProblem,
  MAX_FILES,
  MAX_MARKDOWN,
  MAX_TAGS,
  Message,
  StoredFile,
  Thread,
  ThreadBrief,
} from '../message.ts';
import { Id } from '../values.ts';

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
const storable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
const ThreadId = z.string().min(1).max(500).refine(storable);
const Markdown = z.string().max(MAX_MARKDOWN).refine(storable);
const Tags = z.array(z.string().trim().min(1).max(40).refine(storable)).max(MAX_TAGS);
/** An appointment's thread, or one by its own name. */
const which = {
  threadId: ThreadId.optional(),
  appointmentId: Id.optional(),
};

/** Messages by appointment, their files, and the documents of clinic-schema in and out. */
export const messagesCalls = {
  messageThreads: call({
    summary: 'Threads, those with unread messages first, then newest first.',
    input: z.object({
      /** Parts of a patient's name, a phone number, as in the search for patients. */
      text: z.string().max(200).optional(),
      patientId: Id.optional(),
      /** The cursor of the last thread that is shown already. */
      after: Id.optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
    output: z.object({ threads: z.array(ThreadBrief), more: z.boolean() }),
    right: 'messages.read',
    errors: [],
  }),
  messageThread: call({
    summary: 'One thread with its messages, oldest first; of an appointment also where none was written yet.',
    input: z.object(which),
    output: Thread,
    right: 'messages.read',
    errors: ['not_found'],
  }),
  unreadMessages: call({
    summary: 'How many messages who is at the desk has not read, and in which threads.',
    input: z.object({ appointmentId: Id.optional() }),
    output: z.object({ messages: z.int(), threads: z.int() }),
    right: 'messages.read',
    errors: [],
  }),
  readThread: call({
    summary: 'Notes that who is at the desk has read every message of a thread.',
    input: z.object({ threadId: ThreadId }),
    output: z.object({ read: z.int() }),
    right: 'messages.read',
    errors: ['disk_full'],
  }),
  sendMessage: call({
    summary: 'Writes a message; a note is for the clinic only. Files were taken into the store before.',
    input: z.object({
      ...which,
      type: z.enum(['chat', 'note']).default('chat'),
      markdown: Markdown.default(''),
      tags: Tags.default([]),
      files: z.array(StoredFile).max(MAX_FILES).default([]),
    }),
    output: Message,
    right: 'messages.write',
    errors: ['not_found', 'file_missing', 'disk_full'],
  }),
  editMessage: call({
    summary: "Changes one's own message; its version goes up by one.",
    input: z.object({
      messageId: Id,
      version: z.int(),
      markdown: Markdown.trim().min(1),
      tags: Tags.optional(),
    }),
    output: Message,
    right: 'messages.write',
    errors: ['not_found', 'not_yours', 'message_changed', 'disk_full'],
  }),
  deleteMessage: call({
    summary: "Takes one's own message away, or brings it back.",
    input: z.object({ messageId: Id, deleted: z.boolean().default(true) }),
    output: Message,
    right: 'messages.write',
    errors: ['not_found', 'not_yours', 'disk_full'],
  }),
  fileState: call({
    summary: 'Where the bytes of a file are.',
    input: z.object({ attachmentId: Id }),
    output: FileState,
    right: 'messages.read',
    errors: ['not_found'],
  }),
  fetchFile: call({
    summary: 'Fetches a file that is not on this PC from central, or stops fetching it.',
    input: z.object({ attachmentId: Id, stop: z.boolean().default(false) }),
    output: FileState,
    right: 'messages.read',
    errors: ['not_found'],
  }),
  importMessages: call({
    summary:
      'Takes lines of mongoexport, relaxed or canonical. A line that does not fit is told and left out.',
    input: z.object({
      lines: z.array(z.string().max(900_000)).min(1).max(1000),
      /** The number of the first line in its file, from 1. */
      firstLine: z.int().min(1).max(1_000_000_000).default(1),
    }),
    output: z.object({
      imported: z.int(),
      /** Were here already, just as they are in the file. */
      known: z.int(),
      problems: z.array(ImportProblem),
    }),
    right: 'messages.write',
    errors: ['disk_full'],
  }),
  exportMessages: call({
    summary: 'Messages as lines of mongoexport, oldest first; what was imported comes out as it came in.',
    input: z.object({ after: Id.optional(), limit: z.int().min(1).max(500).default(200) }),
    output: z.object({ lines: z.array(z.string()), next: Id.nullable() }),
    right: 'export',
    errors: ['not_allowed'],
  }),
};
