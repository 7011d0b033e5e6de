import { useTranslation } from 'react-i18next';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { fullName } from '../../ui/person-name.tsx';

const reasons = ['itself', 'animal_and_person', 'other_owner', 'built_on'] as const;

/** What is said of merging, and taking a merge apart with a word about it. */
export const useMergeText = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const problemText = (error: CallError): string => {
    const reason = reasons.find((known) => known === error.details['reason']);
    return reason ? t(`patients.merge.why.${reason}`) : errorText(error, zone);
  };
  return {
    problemText,
    /** Takes a merge apart; answers whether it could. */
    undoMerge: async (mergedId: string): Promise<boolean> => {
      const answer = await call('undoMerge', { mergedId });
      if (!answer.ok) toastProblem(problemText(answer.error));
      return answer.ok;
    },
    sayApart: (patient: { firstName: string; lastName: string }): void =>
      toast(t('patients.merge.apart', { name: fullName(patient) })),
  };
};
