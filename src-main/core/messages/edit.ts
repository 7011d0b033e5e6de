import type { CallResult, ParsedInput } from '../../contract/calls.ts';
import { ok, type Result, refuse } from '../../contract/errors.ts';
import type { Desk, Session } from '../desk.ts';
import { writeChange } from '../replica/write.ts';
import { messages } from '../schema/replica/index.ts';
import { plainText } from './plain-text.ts';
import { shown } from './send.ts';
import { asRecord, isMine, readMessage, type StoredMessage, versionOf } from './stored.ts';

/**
 * Changes who is at the desk's own message. `version` is the one that was edited: another one in the meantime is
 * `message_changed` here, and a clash in the inbox when it happened at another desk.
 */
export const editMessage = (
  desk: Desk,
  session: Session,
  { messageId, version, markdown, tags }: ParsedInput<'editMessage'>,
): CallResult<'editMessage'> => {
  const own = findOwn(desk, session, messageId);
  if (!own.ok) return own;
  const row = own.value;
  const meta = asRecord(row.meta);
  const now = versionOf(meta);
  if (now !== version || row.deletedAt !== null) return refuse('message_changed', { version: now });
  const unchanged =
    asRecord(row.richText)['markdown'] === markdown &&
    (tags === undefined || JSON.stringify(tags) === row.tags);
  if (!unchanged) {
    writeChange(desk, { kind: 'editMessage', actor: session.userId }, (change) =>
      change.update(messages, messageId, {
        text: plainText(markdown),
        richText: { ...asRecord(row.richText), markdown },
        ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
        meta: nextMeta(desk, meta),
      }),
    );
  }
  return shown(desk, session, messageId);
};

/** Takes who is at the desk's own message away, or brings it back. A second time changes nothing more. */
export const deleteMessage = (
  desk: Desk,
  session: Session,
  { messageId, deleted }: ParsedInput<'deleteMessage'>,
): CallResult<'deleteMessage'> => {
  const own = findOwn(desk, session, messageId);
  if (!own.ok) return own;
  if ((own.value.deletedAt !== null) !== deleted) {
    // With the version, so that an edit at another desk and this are a clash that somebody decides.
    const meta = nextMeta(desk, asRecord(own.value.meta));
    writeChange(desk, { kind: 'deleteMessage', actor: session.userId }, (change) =>
      change.update(messages, messageId, { deletedAt: deleted ? desk.now() : null, meta }),
    );
  }
  return shown(desk, session, messageId);
};

const findOwn = (desk: Desk, session: Session, messageId: string): Result<StoredMessage> => {
  const row = readMessage(desk, messageId);
  if (!row) return refuse('not_found', { what: 'message', id: messageId });
  return isMine(row, session) ? ok(row) : refuse('not_yours', { what: 'message', id: messageId });
};

const nextMeta = (desk: Desk, meta: Record<string, unknown>): Record<string, unknown> => ({
  ...meta,
  updated_at: { $date: desk.now() },
  version: versionOf(meta) + 1,
});
