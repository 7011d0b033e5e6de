import { Button, Group, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalComState } from '../../../src-main/contract/cal-com.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { toast } from '../../app/toasts.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './cal-com.module.css';
import { useAttempt } from './use-attempt.ts';

/** The key of this PC: it is kept once Cal.com has taken it, and never shown again. */
export const KeyCard = ({ state, onChanged }: { state: CalComState; onChanged: () => void }) => {
  const { t } = useTranslation();
  const { clinic } = useClinic();
  const [key, setKey] = useState('');
  const { busy, problem, attempt } = useAttempt();
  const keep = (value: string | null): Promise<void> =>
    attempt(
      () => call('setCalComKey', { key: value }),
      () => {
        setKey('');
        onChanged();
        toast(t(value === null ? 'outside.calCom.keyRemoved' : 'outside.calCom.keySaved'));
      },
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (key.trim() !== '') void keep(key.trim());
  };
  const { keySet, account } = state;
  const who = account?.name ?? account?.username;
  return (
    <form className={classes['card']} onSubmit={submit} autoComplete="off">
      <h3>{t('outside.calCom.keyTitle')}</h3>
      <p className="soft">
        {!keySet
          ? t('outside.calCom.keyNone')
          : who
            ? t('outside.calCom.keySet', { name: who })
            : t('outside.calCom.keySetNobody')}
      </p>
      <PasswordInput
        label={t('outside.calCom.key')}
        description={t(clinic.insecureKeyFile ? 'outside.calCom.keyHintFile' : 'outside.calCom.keyHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={key}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      {problem && <Problem>{problem}</Problem>}
      <Group justify="flex-end">
        {keySet && (
          <Button variant="subtle" color="gray" disabled={busy} onClick={() => void keep(null)}>
            {t('outside.calCom.keyRemove')}
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={key.trim() === ''}>
          {t(keySet ? 'outside.calCom.keyReplace' : 'outside.calCom.keySave')}
        </Button>
      </Group>
    </form>
  );
};
