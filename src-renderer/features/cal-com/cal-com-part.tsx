import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { toast } from '../../app/toasts.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './cal-com.module.css';
import { KeyCard } from './key-card.tsx';
import { MappingCard } from './mapping-card.tsx';
import { RunsCard } from './runs-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { useAttempt } from './use-attempt.ts';

/** A part of the settings: Cal.com, two ways. */
export const CalComPart = () => {
  const { t } = useTranslation();
  const may = useMay('credentials.manage');
  const { data } = useLive('integrationSettings', may ? {} : null, ['integrations']);
  const state = useLive('calComState', may ? {} : null, ['desk_settings']);
  const { busy, problem, attempt } = useAttempt();
  if (!data || !state.data) return null;
  const { enabled, settings } = data.cal_com;
  const turn = (on: boolean): Promise<void> =>
    attempt(
      () => call('updateIntegration', { source: 'cal_com', enabled: on }),
      () => toast(t(on ? 'outside.calCom.switchedOn' : 'outside.calCom.switchedOff')),
    );
  return (
    <div className={classes['part']}>
      <h2>{t('outside.calCom.title')}</h2>
      <p className="soft">{t('outside.calCom.intro')}</p>
      <div className={classes['card']}>
        <Switch
          label={t('outside.calCom.on')}
          description={t('outside.calCom.onHint')}
          checked={enabled}
          disabled={busy}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        {problem && <Problem>{problem}</Problem>}
        {enabled && <RunsCard />}
      </div>
      <KeyCard state={state.data} onChanged={state.reload} />
      <MappingCard state={state.data} onRead={state.reload} />
      <SettingsCard key={JSON.stringify(settings)} settings={settings} />
    </div>
  );
};
