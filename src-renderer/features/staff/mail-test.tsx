import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { AccountEmail } from '../../../src-main/contract/staff.ts';
import { call } from '../../api/client.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAttempt } from './use-attempt.ts';

/** Sends a mail by what is saved, and says how that went. */
export const MailTest = ({ sender }: { sender: string }) => {
  const { t } = useTranslation();
  const [to, setTo] = useState(sender);
  const [wrong, setWrong] = useState(false);
  const [went, setWent] = useState<(CallOutput<'testMail'> & { to: string }) | null>(null);
  const { busy, problem, attempt } = useAttempt();
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const fits = AccountEmail.safeParse(to).success;
    setWrong(!fits);
    setWent(null);
    if (fits)
      void attempt(
        () => call('testMail', { to }),
        (answer) => setWent({ ...answer, to }),
      );
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t('staff.mail.testTo')}
            type="email"
            w={320}
            value={to}
            error={wrong && t('staff.form.wrongEmail')}
            onChange={(event) => setTo(event.currentTarget.value.trim())}
          />
          <Button type="submit" variant="default" loading={busy}>
            {t('staff.mail.test')}
          </Button>
        </Group>
        {went?.fault === null && <Text role="status">{t('staff.mail.testSent', { to: went.to })}</Text>}
        {went?.fault && <Problem>{t(`staff.mail.faults.${went.fault}`)}</Problem>}
        {problem && <Problem>{problem}</Problem>}
      </Stack>
    </form>
  );
};
