import { PasswordInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The password of whoever is signed in, asked once more before a door is opened or changed. */
export const OwnPassword = ({
  ref,
  value,
  missing,
  onChange,
}: {
  ref?: Ref<HTMLInputElement>;
  value: string;
  /** It was tried without. */
  missing: boolean;
  onChange: (password: string) => void;
}) => {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  return (
    <PasswordInput
      ref={ref}
      size="md"
      label={t('account.current')}
      autoComplete="off"
      maxLength={200}
      value={value}
      error={missing && value === '' ? t('account.needPassword') : undefined}
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
