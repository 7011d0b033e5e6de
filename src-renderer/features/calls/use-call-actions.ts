import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallEntry, CallOutcome } from '../../../src-main/contract/call-lists.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import type { DialStep } from './discharge-steps.ts';

/** Logs what came of a call and says so, with Undo. Answers whether it was logged. */
export const useCallActions = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();

  return useMemo(() => {
    const takeBack = (attemptId: string) => async (): Promise<boolean> => {
      const answer = await call('takeBackCall', { attemptId });
      if (!answer.ok) toastProblem(errorText(answer.error, zone));
      return answer.ok;
    };
    return {
      log: async (entry: CallEntry, outcome: CallOutcome, note: string): Promise<boolean> => {
        const { list, id, patient } = entry;
        const answer = await call('logCall', { list, id, outcome, ...(note ? { note } : {}) });
        if (!answer.ok) {
          toastProblem(errorText(answer.error, zone));
          return false;
        }
        const { nextTryAt } = answer.value;
        const name = fullName(patient);
        const text = nextTryAt
          ? t('calls.done.again', { name, when: formats.moment(nextTryAt, zone) })
          : t(`calls.done.reached.${list}`, { name });
        toast(text, takeBack(answer.value.id));
        return true;
      },
      /** Says that a discharge call is being made here, or no longer. */
      dial: async ({ id }: CallEntry, step: DialStep): Promise<void> => {
        const answer = await call('dialCall', { id, step });
        if (!answer.ok) toastProblem(errorText(answer.error, zone));
      },
      /** Takes a discharge call off the list, with Undo. Answers whether it is off. */
      drop: async ({ id, patient }: CallEntry): Promise<boolean> => {
        const set = async (cancelled: boolean): Promise<boolean> => {
          const answer = await call('cancelCall', { id, cancelled });
          if (!answer.ok) toastProblem(errorText(answer.error, zone));
          return answer.ok;
        };
        const done = await set(true);
        if (done) toast(t('calls.done.dropped', { name: fullName(patient) }), () => set(false));
        return done;
      },
    };
  }, [t, formats, errorText, zone]);
};
