import { PasswordInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NewPassword } from '../../src-main/contract/session.ts';

/** The rule of `NewPassword`. */
const FEWEST = 10;

/** Whether a password may be chosen, as far as a screen can tell; the desk also knows the common ones. */
export const isLongEnough = (password: string): boolean => NewPassword.safeParse(password).success;

/** The field of a password that is chosen, with its rule, and how far what is typed fulfils it. */
export const NewPasswordField = ({
  ref,
  label,
  value,
  wrong,
  onChange,
}: {
  ref?: Ref<HTMLInputElement>;
  label: string;
  value: string;
  /** It was tried and is not long enough. */
  wrong: boolean;
  onChange: (password: string) => void;
}) => {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  const missing = FEWEST - value.length;
  const state =
    missing > 0 ? t('signIn.newPassword.short', { count: missing }) : t('signIn.newPassword.longEnough');
  return (
    <PasswordInput
      ref={ref}
      size="md"
      label={label}
      description={
        <>
          {t('signIn.newPassword.rule')} {value !== '' && <b>{state}</b>}
        </>
      }
      autoComplete="new-password"
      maxLength={200}
      value={value}
      error={wrong && !isLongEnough(value) ? t('signIn.newPassword.tooShort') : undefined}
      visible={shown}
      onVisibilityChange={show}
      visibilityToggleButtonProps={{
        'aria-label': t('signIn.showPassword'),
        'aria-pressed': shown,
        'aria-hidden': false,
        tabIndex: 0,
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
