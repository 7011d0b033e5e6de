import { PasswordInput } from '@mantine/core';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The field of a PIN that is chosen: digits only. */
export const NewPinField = ({
  ref,
  label,
  value,
  error,
  onChange,
}: {
  ref?: Ref<HTMLInputElement>;
  label: string;
  value: string;
  error: string | null;
  onChange: (pin: string) => void;
}) => {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  return (
    <PasswordInput
      ref={ref}
      size="md"
      label={label}
      description={t('signIn.newPin.rule')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={value}
      error={error}
      visible={shown}
      onVisibilityChange={show}
      visibilityToggleButtonProps={{
        'aria-label': t('signIn.showPassword'),
        'aria-pressed': shown,
        'aria-hidden': false,
        tabIndex: 0,
      }}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
    />
  );
};
