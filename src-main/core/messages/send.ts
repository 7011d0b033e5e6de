import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, refuse } from '../../contract/errors.ts';
import type { StoredFile } from '../../contract/message.ts';
import type { Desk, Session } from '../desk.ts';
import { filesOf } from '../desk-files.ts';
import { doctorNames } from '../doctors/names.ts';
import { writeChange } from '../replica/write.ts';
import { attachments as attachmentsTable, messages } from '../schema/replica/index.ts';
import { authorOf } from './author.ts';
import { objectIdOf } from './ids.ts';
import { plainText } from './plain-text.ts';
import { showMessages } from './show.ts';
import { readMessage } from './stored.ts';
import { patientName } from './subject.ts';
import { findThread, type ThreadLinks } from './thread.ts';

/**
 * Writes a message with its files, in one change. Its bytes lie in this desk's store already; they go to central after
 * the message. A message of files alone has the type `file`.
 */
export const sendMessage = (
  desk: Desk,
  session: Session,
  input: ParsedInput<'sendMessage'>,
): CallResult<'sendMessage'> => {
  const found = findThread(desk, input);
  if (!found.ok) return found;
  const markdown = input.markdown.trim();
  if (markdown === '' && input.files.length === 0) {
    return refuse('invalid_input', {
      fields: [{ path: 'markdown', code: 'empty', message: 'nothing to send' }],
    });
  }
  const files = filesOf(desk);
  const absent = input.files.find(({ sha256, sizeBytes }) => files.sizeOf(sha256) !== sizeBytes);
  if (absent) return refuse('file_missing', { fileName: absent.fileName });

  const id = desk.newId();
  const thread = found.value;
  const stored = input.files.map((file) => ({ ...file, id: desk.newId() }));
  const author = authorOf(desk, session);
  writeChange(desk, { kind: 'sendMessage', actor: session.userId }, (change) => {
    for (const file of stored) change.insert(attachmentsTable, file);
    change.insert(messages, {
      id,
      sourceId: objectIdOf(id),
      threadId: thread.threadId,
      type: markdown === '' ? 'file' : input.type,
      text: plainText(markdown),
      richText: markdown === '' ? null : { markdown },
      appointmentId: thread.appointmentId,
      patientId: thread.patientId,
      doctorId: thread.doctorId,
      relationalRefs: thread.refs,
      author,
      attachments: stored.map(attachmentOf),
      readReceipts: [],
      tags: [...new Set(input.tags)],
      denorm: snapshotOf(desk, thread),
      meta: {
        created_at: { $date: desk.now() },
        created_by: { role: author.role, id: author.id },
        client: { platform: 'desk' },
        version: 1,
      },
      document: null,
      deletedAt: null,
    });
  });
  return shown(desk, session, id);
};

/** A file in the document's words. */
const attachmentOf = (file: StoredFile & { id: string }): Record<string, unknown> => ({
  file_id: file.id,
  file_name: file.fileName,
  mime_type: file.mimeType,
  size_bytes: file.sizeBytes,
  sha256: file.sha256,
  storage: { bucket: 'anteroom' },
});

/** Names as they are now, so that the document can be read without the rows it refers to. */
const snapshotOf = (desk: Desk, { patientId, doctorId }: ThreadLinks): Record<string, unknown> => ({
  ...(patientId ? { patient: { display_name: patientName(desk, patientId) ?? '' } } : {}),
  ...(doctorId ? { doctor: { display_name: doctorNames(desk)(doctorId).en } } : {}),
});

/** One message as it now is, as a call's answer. */
export const shown = (desk: Desk, session: Session, id: string): CallResult<'sendMessage'> => {
  const row = readMessage(desk, id);
  const [message] = row ? showMessages(desk, session, [row]) : [];
  return message ? ok(message) : refuse('not_found', { what: 'message', id });
};
