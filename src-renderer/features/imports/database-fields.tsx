import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './imports.module.css';
import { type Address, type FromDatabase, usualPort } from './wizard.ts';

/** Where a database is and who reads it. What is typed as the password is neither stored nor shown again. */
export const DatabaseFields = ({
  from,
  address,
  onAddress,
  password,
  onPassword,
}: {
  from: FromDatabase;
  address: Address;
  onAddress: (address: Address) => void;
  password: string;
  onPassword: (password: string) => void;
}) => {
  const { t } = useTranslation();
  const field = (name: keyof Address) => ({
    label: t(`imports.address.${name}`),
    value: address[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      onAddress({ ...address, [name]: event.currentTarget.value }),
  });
  return (
    <div className={classes['address']}>
      <TextInput {...field('host')} placeholder="192.168.1.20" />
      <TextInput {...field('port')} placeholder={usualPort(from)} inputMode="numeric" />
      <TextInput {...field('database')} />
      <TextInput {...field('user')} />
      <PasswordInput
        className={classes['wide'] ?? ''}
        label={t('imports.address.password')}
        description={t('imports.address.passwordHint')}
        autoComplete="off"
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': t('imports.address.show') }}
        onChange={(event) => onPassword(event.currentTarget.value)}
      />
    </div>
  );
};
