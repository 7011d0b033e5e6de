import { Button, Progress, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallError } from '../../src-main/contract/errors.ts';
import { useSyncState } from '../api/sync-state.ts';
import { useErrorText } from './messages.ts';

const SHOW_AFTER_MS = 500;
const RETRY_MS = 1000;

/**
 * What stands on the screen before the clinic can be shown: nothing for half a second, then what is being
 * done and how far, or why it cannot be. It looks again by itself.
 */
export const Opening = ({
  error,
  isEmpty = false,
  withoutLocation,
  onRetry,
}: {
  error: CallError | undefined;
  /** The clinic is here and has no location, so there is no board to show. */
  isEmpty?: boolean;
  /** What is shown then. */
  withoutLocation?: ReactNode;
  onRetry: () => void;
}) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [late, setLate] = useState(false);
  const state = useSyncState();
  useRetry(onRetry);
  const progress = state?.phase === 'first_sync' ? state.progress : null;
  // Of a desk that has nothing yet, why it does not get it says more than that it has nothing.
  const reason = error?.code === 'not_ready' && state?.reason ? t(`sync.reason.${state.reason}`) : null;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  const filling = progress !== null && (!error || error.code === 'not_ready');
  return (
    <Stack component="main" align="center" justify="center" h="100vh" gap="md" p="xl">
      {filling && (
        <>
          <Text>{t('app.firstSync', progress)}</Text>
          <Progress
            w={360}
            value={(100 * progress.done) / Math.max(1, progress.total)}
            aria-label={t('app.loading')}
          />
          <Text c="dimmed">{t('app.firstSyncHint')}</Text>
        </>
      )}
      {!filling && !error && !isEmpty && <Text>{t('app.loading')}</Text>}
      {!filling && !error && isEmpty && withoutLocation}
      {!filling && error && (
        <>
          <Text fw={600}>{t('app.cannotRead')}</Text>
          <Text maw={560} ta="center">
            {reason ?? errorText(error, 'UTC')}
          </Text>
          <Button onClick={onRetry}>{t('app.tryAgain')}</Button>
        </>
      )}
    </Stack>
  );
};

/** Asks again for the clinic as long as this is shown. */
const useRetry = (onRetry: () => void): void => {
  useEffect(() => {
    const timer = setTimeout(onRetry, RETRY_MS);
    return () => clearTimeout(timer);
  });
};
