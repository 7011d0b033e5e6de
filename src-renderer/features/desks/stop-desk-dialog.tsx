import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicDesk } from '../../../src-main/contract/desks.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Stops a desk, and has it wiped once its name was typed. */
export const StopDeskDialog = ({ desk }: { desk: ClinicDesk }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { id: deskId, name, waiting } = desk;
  // What is stopped already can only be wiped.
  const [wipe, setWipe] = useState(desk.standing !== 'working');
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const confirmed = !wipe || typed.trim() === name;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (asking || !confirmed) return;
    setAsking(true);
    const answer = await call('disableDesk', { deskId, wipe });
    setAsking(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(t(wipe ? 'desks.stopDialog.wiping' : 'desks.stopDialog.done', { name }));
  };
  return (
    <DialogWindow title={t('desks.stopDialog.title', { name })} size={560}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Text>{t('desks.stopDialog.intro')}</Text>
          <Radio.Group
            aria-label={t('desks.stopDialog.title', { name })}
            value={wipe ? 'wipe' : 'only'}
            onChange={(value) => setWipe(value === 'wipe')}
          >
            <Stack gap="sm">
              {desk.standing === 'working' && (
                <Radio
                  value="only"
                  label={t('desks.stopDialog.only')}
                  description={t('desks.stopDialog.onlyHint')}
                  data-autofocus={!wipe || undefined}
                />
              )}
              <Radio
                value="wipe"
                label={t('desks.stopDialog.wipe')}
                description={t('desks.stopDialog.wipeHint')}
              />
            </Stack>
          </Radio.Group>
          {wipe && waiting !== null && waiting > 0 && (
            <Problem>{t('desks.stopDialog.waiting', { count: waiting })}</Problem>
          )}
          {wipe && (
            <TextInput
              label={t('desks.stopDialog.type', { name })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" color="red" loading={asking} disabled={!confirmed}>
              {t(wipe ? 'desks.stopDialog.stopAndWipe' : 'desks.stopDialog.stop')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
