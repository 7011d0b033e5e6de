import { useTranslation } from 'react-i18next';
import type { Usable } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';

/** Puts something out of use or back, and says why not where it cannot be. */
export const useInUse = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return async (what: Usable, id: string, inUse: boolean, name: string): Promise<void> => {
    const answer = await call('setInUse', { what, id, inUse });
    if (!answer.ok) return toastProblem(`${name}: ${errorText(answer.error, 'UTC')}`);
    toast(inUse ? t('setUp.location.openNow', { name }) : t('setUp.location.closedNow', { name }));
  };
};
