import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicDesk } from '../../../src-main/contract/desks.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Gives a desk another name. */
export const RenameDeskDialog = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const [name, setName] = useKept('deskName', desk.name);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    const answer = await call('renameDesk', { deskId: desk.id, name });
    setSaving(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(t('desks.renameDialog.done', { name: name.trim() }));
  };
  return (
    <DialogWindow title={t('desks.renameDialog.title', { name: desk.name })} size={420}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput
            label={t('desks.renameDialog.name')}
            value={name}
            maxLength={80}
            required
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={saving} disabled={name.trim() === ''}>
              {t('desks.renameDialog.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
