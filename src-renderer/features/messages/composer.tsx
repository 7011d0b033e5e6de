import { ActionIcon, Button, Checkbox, Loader, TagsInput, Textarea } from '@mantine/core';
import { IconEye, IconPaperclip, IconPencil, IconX } from '@tabler/icons-react';
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileKinds, MAX_MARKDOWN, MAX_TAGS, type Thread } from '../../../src-main/contract/message.ts';
import { useFormats } from '../../i18n/format.ts';
import { sizeText } from '../../ui/file-size.ts';
import { Problem } from '../../ui/problem.tsx';
import { MessageText } from './markdown.tsx';
import { edit } from './message-item.tsx';
import classes from './messages.module.css';
import { type Draft, dropDraft, emptyDraft, setDraft, useThreads } from './thread-state.ts';
import type { Attach } from './use-attach.ts';
import { useSend } from './use-send.ts';

const accept = Object.entries(fileKinds)
  .flatMap(([kind, ends]) => [kind, ...ends.map((end) => `.${end}`)])
  .join();

/** Where the next message is written. Enter sends, Shift and Enter begin a line; ↑ in an empty field edits the last. */
export const Composer = ({ thread, attach }: { thread: Thread; attach: Attach }) => {
  const { t } = useTranslation();
  const { threadId } = thread;
  const draft = useThreads((threads) => threads.drafts[threadId]) ?? emptyDraft;
  const [preview, setPreview] = useState(false);
  const { send, busy, problem } = useSend(thread);
  const isEmpty = draft.markdown.trim() === '' && draft.files.length === 0;

  const submit = (): void => {
    if (isEmpty || attach.busy.length > 0) return;
    setPreview(false);
    attach.clear();
    void send(draft);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (draft.editing) dropDraft(threadId);
      else document.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`)?.focus();
    } else if (event.key === 'ArrowUp' && draft.markdown === '') {
      const last = thread.messages.findLast(
        ({ mine, deletedAt, type }) => mine && !deletedAt && type !== 'file',
      );
      if (!last) return;
      event.preventDefault();
      edit(last);
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    void attach.add(files);
  };

  return (
    <form
      className={classes['composer']}
      data-note={draft.isNote || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {(problem ?? attach.problem) && <Problem>{problem ?? attach.problem}</Problem>}
      {draft.editing && (
        <p className={classes['editing']}>
          <IconPencil size={16} aria-hidden="true" /> {t('messages.editing')}
          <Button variant="subtle" size="compact-md" onClick={() => dropDraft(threadId)}>
            {t('app.cancel')}
          </Button>
        </p>
      )}
      {preview ? (
        <div className={classes['preview']}>
          <MessageText markdown={draft.markdown} />
        </div>
      ) : (
        <Textarea
          data-composer
          autosize
          minRows={2}
          maxRows={10}
          maxLength={MAX_MARKDOWN}
          value={draft.markdown}
          onChange={(event) => setDraft(threadId, { markdown: event.currentTarget.value })}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          aria-label={t('messages.write')}
          placeholder={t(draft.isNote ? 'messages.writeNote' : 'messages.write')}
        />
      )}
      <Files draft={draft} attach={attach} />
      <div className={classes['tools']}>
        <ChooseFile isHidden={draft.editing !== null} onChoose={(files) => void attach.add(files)} />
        <Button
          variant="subtle"
          size="compact-md"
          leftSection={
            preview ? <IconPencil size={16} aria-hidden="true" /> : <IconEye size={16} aria-hidden="true" />
          }
          aria-pressed={preview}
          disabled={draft.markdown.trim() === ''}
          onClick={() => setPreview(!preview)}
        >
          {t(preview ? 'messages.goOnWriting' : 'messages.preview')}
        </Button>
        <TagsInput
          size="xs"
          className={classes['tagField'] ?? ''}
          value={[...draft.tags]}
          onChange={(tags) => setDraft(threadId, { tags })}
          maxTags={MAX_TAGS}
          maxLength={40}
          aria-label={t('messages.tags')}
          placeholder={draft.tags.length === 0 ? t('messages.tags') : ''}
        />
        {!draft.editing && (
          <Checkbox
            checked={draft.isNote}
            onChange={(event) => setDraft(threadId, { isNote: event.currentTarget.checked })}
            label={t('messages.isNote')}
          />
        )}
        <Button type="submit" loading={busy} disabled={isEmpty || attach.busy.length > 0}>
          {t(draft.editing ? 'app.save' : 'messages.send')}
        </Button>
      </div>
    </form>
  );
};

const ChooseFile = ({ isHidden, onChoose }: { isHidden: boolean; onChoose: (files: File[]) => void }) => {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  if (isHidden) return null;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={accept}
        hidden
        onChange={(event) => {
          onChoose([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<IconPaperclip size={16} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        {t('messages.attach')}
      </Button>
    </>
  );
};

/** The files that go with the message, and those that are on their way into the store. */
const Files = ({ draft, attach }: { draft: Draft; attach: Attach }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  if (draft.files.length === 0 && attach.busy.length === 0) return null;
  return (
    <ul className={classes['attached']}>
      {draft.files.map((file) => (
        <li key={file.sha256}>
          <span>{file.fileName}</span>
          <span className="soft tabular">{sizeText(file.sizeBytes, formats.locale)}</span>
          <ActionIcon
            size="sm"
            aria-label={t('messages.removeFile', { name: file.fileName })}
            onClick={() => attach.remove(file)}
          >
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </li>
      ))}
      {attach.busy.map((name) => (
        <li key={name}>
          <Loader size={16} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
};
