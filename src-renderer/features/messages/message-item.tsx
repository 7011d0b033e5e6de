import { ActionIcon, Badge, Menu } from '@mantine/core';
import { IconClockHour4, IconDots, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../src-main/contract/message.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { FileItem } from './file-item.tsx';
import { MessageText } from './markdown.tsx';
import classes from './messages.module.css';
import { setDraft } from './thread-state.ts';

/** One message: who, when, what, its tags and files, and who has read it. */
export const MessageItem = ({ message, zone }: { message: Message; zone: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { type, mine, author, sentAt, editedAt, deletedAt, tags, files, readBy } = message;
  return (
    <li
      className={classes['message']}
      data-mine={mine || undefined}
      data-type={type}
      data-message={message.id}
      data-unread={message.unread || undefined}
    >
      <p className={classes['by']}>
        <b>{author.name || t(`messages.role.${author.role}`)}</b>
        {!mine && author.name && author.role !== 'system' && (
          <span className="soft">{t(`messages.role.${author.role}`)}</span>
        )}
        <time dateTime={sentAt} className="soft">
          {formats.time(sentAt, zone)}
        </time>
        {editedAt && !deletedAt && (
          <span className="soft" title={formats.moment(editedAt, zone)}>
            {t('messages.edited')}
          </span>
        )}
        {type === 'note' && (
          <span className={classes['noteMark']}>
            <IconNote size={14} aria-hidden="true" /> {t('messages.type.note')}
          </span>
        )}
        {message.provisional && (
          <span className="soft" title={t('messages.waiting')}>
            <IconClockHour4 size={14} aria-hidden="true" />
            <span className="sr-only">{t('messages.waiting')}</span>
          </span>
        )}
        {mine && !deletedAt && <Actions message={message} />}
      </p>
      {deletedAt ? (
        <p className="soft">{t('messages.deleted')}</p>
      ) : (
        <>
          {(message.markdown ?? message.text) !== '' &&
            (message.markdown ? (
              <MessageText markdown={message.markdown} />
            ) : (
              <p className={classes['plain']}>{message.text}</p>
            ))}
          {files.length > 0 && (
            <ul className={classes['files']}>
              {files.map((file) => (
                <FileItem key={file.attachmentId ?? file.fileName} file={file} />
              ))}
            </ul>
          )}
          {tags.length > 0 && (
            <p className={classes['tags']}>
              {tags.map((tag) => (
                <Badge key={tag} variant="default" tt="none" fw={500}>
                  {tag}
                </Badge>
              ))}
            </p>
          )}
        </>
      )}
      {mine && readBy.length > 0 && (
        <p className={`${classes['readBy']} soft`}>
          {t('messages.readBy', { names: formats.list(readBy.map(({ name }) => name)) })}
        </p>
      )}
    </li>
  );
};

/** What its author can do with a message. */
const Actions = ({ message }: { message: Message }) => {
  const { t } = useTranslation();
  const remove = useRemove(message);
  return (
    <Menu position="bottom-end" withinPortal returnFocus>
      <Menu.Target>
        <ActionIcon className={classes['actions'] ?? ''} size="sm" aria-label={t('messages.actions')}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {message.type !== 'file' && <Menu.Item onClick={() => edit(message)}>{t('messages.edit')}</Menu.Item>}
        <Menu.Item onClick={() => void remove()}>{t('messages.delete')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** Puts a message back into the field that it was written in. */
export const edit = ({ id, threadId, version, markdown, text, tags }: Message): void => {
  setDraft(threadId, { markdown: markdown ?? text, tags, editing: { messageId: id, version } });
  document.querySelector<HTMLElement>('[data-composer]')?.focus();
};

const useRemove = ({ id }: Message) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const set = async (deleted: boolean): Promise<boolean> => {
    const answer = await call('deleteMessage', { messageId: id, deleted });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
    return answer.ok;
  };
  return async (): Promise<void> => {
    if (await set(true)) toast(t('messages.wasDeleted'), () => set(false));
  };
};
