import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountEmail } from '../../../src-main/contract/staff.ts';
import { call, callAtDoor } from '../../api/client.ts';
import { readDoor } from '../../app/door.ts';
import { useKept } from '../../app/kept.ts';
import { closeDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { isLongEnough, NewPasswordField } from '../../ui/new-password.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSecretRefusal } from '../../ui/refused-secret.ts';

/** Closes an open clinic: whoever adds the first administrator is signed in as them. */
export const FirstAdministratorDialog = () => {
  const { t } = useTranslation();
  const refusal = useSecretRefusal();
  const [{ name, email }, setWho] = useKept('firstAdministrator', { name: '', email: '' });
  // Not kept over a lock, as no password is.
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fits = { name: name.trim() !== '', email: AccountEmail.safeParse(email).success };

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (saving || !fits.name || !fits.email || !isLongEnough(password)) return;
    setSaving(true);
    setProblem(null);
    const made = await call('firstAdministrator', { name, email, password });
    if (!made.ok) {
      setSaving(false);
      return setProblem(refusal(made.error));
    }
    closeDialog();
    await callAtDoor('signIn', { userId: made.value.userId, password });
    await readDoor();
  };
  return (
    <DialogWindow title={t('staff.first.title')} size={560}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack gap="md">
          <Text c="dimmed">{t('staff.first.intro')}</Text>
          <TextInput
            label={t('staff.form.name')}
            value={name}
            autoComplete="name"
            data-autofocus
            error={tried && !fits.name && t('staff.form.missing')}
            onChange={(event) => setWho({ name: event.currentTarget.value, email })}
          />
          <TextInput
            label={t('staff.form.email')}
            type="email"
            value={email}
            autoComplete="username"
            error={tried && !fits.email && t('staff.form.wrongEmail')}
            onChange={(event) => setWho({ name, email: event.currentTarget.value.trim() })}
          />
          <NewPasswordField
            label={t('staff.first.password')}
            value={password}
            wrong={tried}
            onChange={setPassword}
          />
          <Text c="dimmed">{t('staff.first.keep')}</Text>
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t('staff.first.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
