import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_FILE_BYTES, MAX_FILES, type StoredFile } from '../../../src-main/contract/message.ts';
import { storeFile } from '../../api/files.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { emptyDraft, setDraft, useThreads } from './thread-state.ts';

const reasons = ['empty', 'too_large', 'not_allowed', 'not_what_it_says'] as const;

export interface Attach {
  /** Names of the files that are being taken in. */
  busy: readonly string[];
  problem: string | null;
  add(files: readonly File[]): Promise<void>;
  remove(file: StoredFile): void;
  /** Forgets what could not be taken. */
  clear(): void;
}

/** Takes chosen, dropped or pasted files into the desk's store and puts them into a thread's draft. */
export const useAttach = (threadId: string): Attach => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [busy, setBusy] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const attached = (): readonly StoredFile[] => (useThreads.getState().drafts[threadId] ?? emptyDraft).files;

  const refused = (name: string, reason: unknown): void => {
    const known = reasons.find((each) => each === reason);
    setProblem(t(`messages.refused.${known ?? 'not_allowed'}`, { name }));
  };
  const addOne = async (file: File): Promise<void> => {
    if (attached().length >= MAX_FILES)
      return setProblem(t('messages.refused.too_many', { count: MAX_FILES }));
    if (file.size > MAX_FILE_BYTES) return refused(file.name, 'too_large');
    setBusy((names) => [...names, file.name]);
    const stored = await storeFile(file);
    setBusy((names) => names.filter((name) => name !== file.name));
    if (!stored.ok) {
      if (stored.error.code === 'file_refused') return refused(file.name, stored.error.details['reason']);
      return setProblem(errorText(stored.error, zone));
    }
    if (attached().some(({ sha256 }) => sha256 === stored.value.sha256)) return;
    setDraft(threadId, { files: [...attached(), stored.value] });
  };
  return {
    busy,
    problem,
    add: async (files) => {
      setProblem(null);
      for (const file of files) await addOne(file);
    },
    clear: () => setProblem(null),
    remove: (file) => setDraft(threadId, { files: attached().filter((each) => each !== file) }),
  };
};
