import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NewPassphrase } from '../../../src-main/contract/backup.ts';

/** A passphrase that is chosen, typed twice. It is kept nowhere, not even over a lock. */
export interface Chosen {
  first: string;
  again: string;
}
export const nothingChosen: Chosen = { first: '', again: '' };

export const isLongEnough = ({ first }: Chosen): boolean => NewPassphrase.safeParse(first).success;
export const isChosen = (chosen: Chosen): boolean => isLongEnough(chosen) && chosen.first === chosen.again;

/** The two fields; what is wrong with them is said once they were `tried`. */
export const PassphraseFields = ({
  chosen,
  tried,
  onChange,
}: {
  chosen: Chosen;
  tried: boolean;
  onChange: (chosen: Chosen) => void;
}) => {
  const { t } = useTranslation();
  return (
    <>
      <SecretInput
        label={t('backup.passphrase.label')}
        description={t('backup.passphrase.hint')}
        autoComplete="new-password"
        value={chosen.first}
        error={tried && !isLongEnough(chosen) ? t('backup.passphrase.short') : undefined}
        onChange={(first) => onChange({ ...chosen, first })}
      />
      <SecretInput
        label={t('backup.passphrase.again')}
        autoComplete="new-password"
        value={chosen.again}
        error={
          tried && isLongEnough(chosen) && chosen.again !== chosen.first
            ? t('backup.passphrase.different')
            : undefined
        }
        onChange={(again) => onChange({ ...chosen, again })}
      />
    </>
  );
};

/** A field whose text is hidden until somebody wants to see it. */
export const SecretInput = ({
  onChange,
  ...field
}: {
  label: string;
  description?: string;
  autoComplete: 'new-password' | 'off';
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}) => {
  const { t } = useTranslation();
  const [shown, show] = useState(false);
  return (
    <PasswordInput
      {...field}
      maxLength={500}
      visible={shown}
      onVisibilityChange={show}
      visibilityToggleButtonProps={{
        'aria-label': t('backup.passphrase.show'),
        'aria-pressed': shown,
        'aria-hidden': false,
        tabIndex: 0,
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};
