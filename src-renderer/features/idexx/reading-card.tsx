import { Button, Group, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunProgress } from '../../../src-main/contract/integrations.ts';
import { call } from '../../api/client.ts';
import { useIntegrationStates, useRunning } from '../../api/running.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { openSettings } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import classes from './idexx.module.css';

/** Whether Neo is read by itself, and reading it now. */
export const ReadingCard = ({ enabled }: { enabled: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const state = useIntegrationStates()?.find(({ source }) => source === 'idexx');
  const running = useRunning('idexx');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async (question: () => ReturnType<typeof call<'runIntegration' | 'updateIntegration'>>) => {
    setBusy(true);
    const answer = await question();
    setBusy(false);
    setProblem(answer.ok ? null : errorText(answer.error, zone));
  };
  const moment = (instant: string): string => formats.moment(instant, zone);
  const elsewhere = state?.heldBy && !state.heldBy.own ? state.heldBy.deskName : null;
  const facts = [
    state?.lastOkAt ? t('idexx.reading.last', { when: moment(state.lastOkAt) }) : t('idexx.reading.never'),
    enabled && state?.nextRunAt && t('idexx.reading.next', { when: moment(state.nextRunAt) }),
    elsewhere && t('idexx.reading.elsewhere', { desk: elsewhere }),
  ].filter(Boolean);
  return (
    <section className={classes['card']} aria-labelledby="idexx-reading-title">
      <h3 id="idexx-reading-title">{t('idexx.reading.title')}</h3>
      <Switch
        label={t('idexx.reading.on')}
        description={t('idexx.reading.onHint')}
        checked={enabled}
        disabled={busy}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          void ask(() => call('updateIntegration', { source: 'idexx', enabled: checked }));
        }}
      />
      <Group gap="md">
        <Button
          variant="default"
          loading={busy}
          disabled={running !== null || !enabled || !state?.canRunHere}
          onClick={() => void ask(() => call('runIntegration', { source: 'idexx' }))}
        >
          {t('idexx.reading.now')}
        </Button>
        <span className="soft tabular">{facts.join(' · ')}</span>
        <Button variant="subtle" size="compact-md" onClick={() => openSettings('connections')}>
          {t('idexx.reading.toRuns')}
        </Button>
      </Group>
      {enabled && state && !state.canRunHere && <p className="soft">{t('idexx.reading.needsLogin')}</p>}
      {running && <Running running={running} />}
      {problem && <Problem>{problem}</Problem>}
    </section>
  );
};

const Running = ({ running: { step, done, total } }: { running: RunProgress }) => {
  const { t } = useTranslation();
  return (
    <ProgressLine
      text={t(`idexx.reading.step.${step}`)}
      done={done}
      total={total}
      onCancel={() => void call('stopIntegration', { source: 'idexx' })}
    />
  );
};
