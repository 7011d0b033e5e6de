import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Takes a login away, everywhere, once that was said. */
export const RevokeIdexxDialog = ({
  userId,
  name,
  onDone,
}: {
  userId: string;
  name: string;
  onDone: () => void;
}) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const revoke = async (): Promise<void> => {
    if (asking) return;
    setAsking(true);
    const answer = await call('revokeIdexxCredentials', { userId });
    setAsking(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(t('idexx.revoke.done', { name }));
    onDone();
  };
  return (
    <DialogWindow title={t('idexx.revoke.title', { name })}>
      <Stack gap="md">
        <Text>{t('idexx.revoke.text')}</Text>
        {problem && <Problem>{problem}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={closeDialog}>
            {t('app.cancel')}
          </Button>
          <Button color="red.8" loading={asking} onClick={() => void revoke()}>
            {t('idexx.revoke.do')}
          </Button>
        </Group>
      </Stack>
    </DialogWindow>
  );
};
