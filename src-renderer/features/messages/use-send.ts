import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../../src-main/contract/message.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { type Draft, dropDraft } from './thread-state.ts';

/** Sends a draft, or saves the message that it edits; what was typed stays where that did not work. */
export const useSend = ({ threadId }: Thread) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const send = async (draft: Draft): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const { markdown, editing } = draft;
    const tags = [...draft.tags];
    const answer = await (editing
      ? call('editMessage', { ...editing, markdown, tags })
      : call('sendMessage', {
          threadId,
          type: draft.isNote ? 'note' : 'chat',
          markdown,
          tags,
          files: [...draft.files],
        }));
    setBusy(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    setProblem(null);
    dropDraft(threadId);
    if (editing) toast(t('messages.saved'));
    document.querySelector<HTMLElement>('[data-composer]')?.focus();
  };
  return { send, busy, problem };
};
