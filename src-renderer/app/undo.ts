import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { useClinic } from './clinic-data.tsx';
import { useErrorText } from './messages.ts';
import { toast, toastProblem } from './toasts.tsx';

/** Ctrl+Z: takes back what this person did last, whatever it was, and says what that was. */
export const useUndo = () => {
  const { t, i18n } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  return useCallback(() => {
    const tell = async () => {
      const answer = await call('undo', {});
      if (!answer.ok) return toastProblem(errorText(answer.error, zone));
      const { kind } = answer.value;
      const key = i18n.exists(`app.undoing.kinds.${kind}`) ? kind : 'other';
      toast(t('app.undoing.done', { what: t(`app.undoing.kinds.${key as 'other'}`) }));
    };
    void tell();
  }, [t, i18n, zone, errorText]);
};
