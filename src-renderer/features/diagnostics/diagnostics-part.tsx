import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { call, onDeskEvent } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { toast, toastProblem } from '../../app/toasts.tsx';
import { Problem } from '../../ui/problem.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Crashes } from './crashes.tsx';
import classes from './diagnostics.module.css';
import { DeskFacts, SizeFacts, SyncFacts } from './facts.tsx';
import { FailedLately } from './failed-lately.tsx';

/** Sizes and times move without an event. */
const AGAIN_MS = 5_000;

/** How this desk runs, for whoever looks after it or is called for help, and the file that says it elsewhere. */
export const DiagnosticsPart = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { data, error, reload } = useLive('diagnostics', {}, [
    'crash_reports',
    'desk_settings',
    'desk_state',
  ]);
  useEffect(() => {
    const timer = setInterval(() => void reload(), AGAIN_MS);
    const stop = onDeskEvent(({ event }) => {
      if (event === 'syncState') void reload();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [reload]);
  const save = async (): Promise<void> => {
    const answer = await call('diagnosticsFile', {});
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    saveFile(answer.value.fileName, 'application/json', [answer.value.text]);
    toast(t('diagnostics.saved', { name: answer.value.fileName }));
  };
  return (
    <div className={classes['part']}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="lg">
        <div>
          <h2>{t('diagnostics.title')}</h2>
          <p className="soft">{t('diagnostics.hint')}</p>
        </div>
        <Button variant="default" flex="none" onClick={() => void save()}>
          {t('diagnostics.save')}
        </Button>
      </Group>
      {error && <Problem>{errorText(error, zone)}</Problem>}
      {data && (
        <>
          <div className={classes['cards']}>
            <SyncFacts diagnostics={data} />
            <SizeFacts diagnostics={data} />
          </div>
          <DeskFacts diagnostics={data} />
          <Crashes crashes={data.crashes} />
          <FailedLately errors={data.errors} />
        </>
      )}
    </div>
  );
};
