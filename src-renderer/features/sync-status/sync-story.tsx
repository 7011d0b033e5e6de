import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '../../../src-main/contract/sync.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { goTo, openDialog, openSettings } from '../../app/screen.ts';
import { toastProblem } from '../../app/toasts.tsx';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { Troubles } from './troubles.tsx';
import { keepsBack } from './word.ts';

/** The whole story of the sync in plain words, and what can be done about it. */
export const SyncStory = ({ state, onClose }: { state: SyncState; onClose: () => void }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { lastContactAt, progress, refused } = state;
  // Esc closes this and does not also go a step back in the place beneath.
  useKeys({ back: onClose });
  const connected = state.phase === 'online' || state.phase === 'sending';
  const setOffline = async (offline: boolean): Promise<void> => {
    const answer = await call('workOffline', { offline });
    if (!answer.ok) toastProblem(errorText(answer.error, zone));
  };
  const takeElsewhere = (): void => {
    onClose();
    openDialog({ kind: 'exportUnsent' });
  };
  const openDiagnostics = (): void => {
    onClose();
    openSettings('diagnostics');
  };
  const openInbox = (): void => {
    onClose();
    goTo('inbox');
  };
  return (
    <Stack gap="sm">
      <Text fw={650}>{t('sync.story.title')}</Text>
      <Troubles troubles={state.troubles} />
      <Paragraphs state={state} />
      {state.phase === 'first_sync' && progress && (
        <>
          <Progress value={(100 * progress.done) / Math.max(1, progress.total)} aria-hidden="true" />
          <Text className="tabular">{t('sync.story.progress', progress)}</Text>
        </>
      )}
      {refused > 0 && <Text>{t('sync.story.refused', { count: refused })}</Text>}
      <Text c="dimmed" size="xs">
        {lastContactAt
          ? t('sync.story.lastContact', { time: formats.moment(lastContactAt, zone) })
          : t('sync.story.noContact')}
      </Text>
      <Group gap="sm">
        {refused > 0 && <Button onClick={openInbox}>{t('sync.story.openInbox')}</Button>}
        {isStuck(state) && (
          <Button variant="default" onClick={takeElsewhere}>
            {t('backup.unsent.story')}
          </Button>
        )}
        {state.phase !== 'first_sync' && (
          <Button
            variant={connected ? 'default' : 'filled'}
            data-autofocus={refused === 0 || undefined}
            onClick={() => void setOffline(connected)}
          >
            {t(connected ? 'sync.story.workOffline' : 'sync.story.connect')}
          </Button>
        )}
        <Button variant="subtle" onClick={openDiagnostics}>
          {t('sync.story.diagnostics')}
        </Button>
      </Group>
    </Stack>
  );
};

const DAY_MS = 86_400_000;

/** Whether changes wait at a desk that will not send them by itself soon: central does not take them, or is away for long. */
const isStuck = ({ phase, waiting, offlineSince }: SyncState): boolean =>
  waiting > 0 &&
  (phase === 'stopped' ||
    (phase === 'offline' && offlineSince !== null && Date.now() - Date.parse(offlineSince) > DAY_MS));

/** What is so, and why. */
const Paragraphs = ({ state }: { state: SyncState }) => {
  const { t } = useTranslation();
  const { phase, waiting, byChoice, reason, troubles } = state;
  const keptBack = troubles.some(({ code }) => keepsBack.includes(code));
  // What is told above as a trouble is not told again as a reason.
  const isTold = troubles.some(({ code }) => code === reason);
  const waits = waiting > 0 ? t('sync.story.waiting', { count: waiting }) : t('sync.story.nothingWaiting');
  switch (phase) {
    case 'online':
    case 'sending':
      if (waiting > 0)
        return <Text>{t(keptBack ? 'sync.story.kept' : 'sync.story.sending', { count: waiting })}</Text>;
      return keptBack ? null : <Text>{t('sync.story.online')}</Text>;
    case 'first_sync':
      return <Text>{t('sync.story.firstSync')}</Text>;
    case 'stopped':
      return (
        <>
          {reason && <Text>{t(`sync.reason.${reason}`)}</Text>}
          <Text>{waits}</Text>
        </>
      );
    case 'offline':
      return (
        <>
          {!isTold && <Text>{byChoice ? t('sync.story.byChoice') : t('sync.story.offline')}</Text>}
          {!byChoice && !isTold && reason && reason !== 'unreachable' && (
            <Text>{t(`sync.reason.${reason}`)}</Text>
          )}
          <Text>{waits}</Text>
          <Text>{t('sync.story.promises')}</Text>
        </>
      );
  }
};
