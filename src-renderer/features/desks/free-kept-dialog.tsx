import { Button, Group, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicDesk } from '../../../src-main/contract/desks.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Frees the times that are kept for a desk which does not come back, and says what that means before. */
export const FreeKeptDialog = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { id: deskId, name, keptSlots, lastContactAt } = desk;
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (asking) return;
    setAsking(true);
    const answer = await call('freeKeptSlots', { deskId });
    setAsking(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(t('desks.freeDialog.done', { count: answer.value.freed, name }));
  };
  return (
    <DialogWindow title={t('desks.freeDialog.title', { name })} size={560}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text>{t('desks.freeDialog.intro', { count: keptSlots, name })}</Text>
          <Text>{t('desks.freeDialog.means', { name })}</Text>
          {lastContactAt !== null && (
            <Text c="dimmed">
              {t('desks.freeDialog.seen', { name, when: formats.momentWithYear(lastContactAt, zone) })}
            </Text>
          )}
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog} data-autofocus>
              {t('app.cancel')}
            </Button>
            <Button type="submit" color="red" loading={asking}>
              {t('desks.freeDialog.free')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
