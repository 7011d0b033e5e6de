import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallError } from '../../src-main/contract/errors.ts';
import { useErrorText } from '../app/messages.ts';

/** The reasons of `weak_password`. */
const reasons = ['common', 'repeated', 'sequence', 'name'] as const;

const MINUTE = 60;

/** Why a password, a PIN or a code was refused: what is weak about it, what was wrong, and how long to wait. */
export const useSecretRefusal = (): ((error: CallError) => string) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const reason = reasons.find((known) => known === error.details['reason']);
      if (error.code === 'weak_password' && reason) return t(`signIn.newPassword.reasons.${reason}`);
      const wait = Number(error.details['waitSeconds'] ?? 0);
      const text = errorText(error, Intl.DateTimeFormat().resolvedOptions().timeZone);
      if (wait <= 0) return text;
      return wait < 2 * MINUTE
        ? `${text} ${t('signIn.wait', { count: wait })}`
        : `${text} ${t('signIn.waitMinutes', { count: Math.ceil(wait / MINUTE) })}`;
    },
    [t, errorText],
  );
};
