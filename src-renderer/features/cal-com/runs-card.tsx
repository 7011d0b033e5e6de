import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntegrationState } from '../../../src-main/contract/integrations.ts';
import { call } from '../../api/client.ts';
import { useIntegrationStates, useRunning } from '../../api/running.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { useRunErrorText } from '../../ui/run-words.ts';
import classes from './cal-com.module.css';
import { useAttempt } from './use-attempt.ts';

/** How the last reading went, when the next one is, and one at once. */
export const RunsCard = () => {
  const { t } = useTranslation();
  const state = useIntegrationStates()?.find(({ source }) => source === 'cal_com');
  const running = useRunning('cal_com') !== null;
  const { busy, problem, attempt } = useAttempt();
  const words = useRunWords();
  if (!state) return null;
  const run = (): Promise<void> =>
    attempt(
      () => call('runIntegration', { source: 'cal_com' }),
      () => toast(t('outside.calCom.polled')),
    );
  return (
    <>
      <div className={classes['runs']}>
        <p className="tabular">{running ? t('outside.calCom.runningNow') : words(state)}</p>
        <Button
          variant="default"
          size="compact-md"
          disabled={busy || running || !state.canRunHere}
          onClick={() => void run()}
        >
          {t('outside.calCom.poll')}
        </Button>
      </div>
      {problem && <Problem>{problem}</Problem>}
    </>
  );
};

const useRunWords = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const errorText = useRunErrorText();
  const moment = (at: string): string => formats.moment(at, zone);
  return ({ lastOkAt, lastError, failures, nextRunAt, heldBy }: IntegrationState): string => {
    const why = lastError && errorText('cal_com', lastError.code);
    return [
      lastOkAt ? t('outside.calCom.lastOk', { when: moment(lastOkAt) }) : t('outside.calCom.never'),
      why && failures > 0 && t('outside.calCom.failed', { why }),
      heldBy && !heldBy.own && t('outside.calCom.elsewhere', { desk: heldBy.deskName }),
      nextRunAt && t('outside.calCom.next', { when: moment(nextRunAt) }),
    ]
      .filter(Boolean)
      .join(' ');
  };
};
