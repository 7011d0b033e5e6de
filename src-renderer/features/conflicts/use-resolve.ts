import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeTime } from '../../../src-main/contract/appointment.ts';
import type { Conflict, ConflictChoice } from '../../../src-main/contract/sync.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { isAboutWho } from './words.ts';

const doneAboutWho = { keep_mine: 'again', keep_theirs: 'aside' } as const;

/** Decides a conflict and says so; `problem` is why it could not be. */
export const useResolve = (conflict: Conflict) => {
  const { changeId, subject } = conflict;
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone, zoneOf } = useClinic();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const resolve = async (choice: ConflictChoice, time?: FreeTime): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await call('resolveConflict', {
      changeId,
      choice,
      ...(time ? { slotId: time.slotId } : {}),
    });
    setBusy(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    const { name } = subject;
    const taken = answer.value.appointment ?? time;
    if (choice === 'next_free' && taken)
      return toast(
        t('conflicts.done.next_free', { name, when: formats.moment(taken.start, zoneOf(taken.locationId)) }),
      );
    const done = choice === 'keep_mine' ? 'keep_mine' : 'keep_theirs';
    toast(t(`conflicts.done.${isAboutWho(conflict) ? doneAboutWho[done] : done}`, { name }));
  };
  return { resolve, busy, problem };
};
