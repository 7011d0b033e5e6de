import { useTranslation } from 'react-i18next';
import type { IntegrationState } from '../../../src-main/contract/integrations.ts';
import { useIntegrationStates, useRunning } from '../../api/running.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { connectionIcons } from '../../ui/icons.ts';
import { useRunErrorText } from '../../ui/run-words.ts';
import classes from './connections.module.css';
import { Runs } from './runs.tsx';

/** How the runs of the outside systems go, for whoever looks after the clinic. */
export const ConnectionsSection = () => {
  const { t } = useTranslation();
  const states = useIntegrationStates();
  if (!states) return null;
  const known = states.filter(({ enabled, lastRunAt }) => enabled || lastRunAt !== null);
  return (
    <div className={classes['part']}>
      <h2>{t('connections.title')}</h2>
      <p className="soft">{t(known.length === 0 ? 'connections.none' : 'connections.intro')}</p>
      {known.map((state) => (
        <Connection key={state.source} state={state} />
      ))}
      {known.some(({ source }) => source === 'idexx') && <Runs />}
    </div>
  );
};

type Standing = keyof typeof connectionIcons;

const standingOf = ({ enabled, alert, lastOkAt }: IntegrationState, isRunning: boolean): Standing => {
  if (!enabled) return 'off';
  if (isRunning) return 'running';
  return alert ?? (lastOkAt === null ? 'waits' : 'works');
};

const Connection = ({ state }: { state: IntegrationState }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const runErrorText = useRunErrorText();
  const { zone } = useClinic();
  const running = useRunning(state.source);
  const standing = standingOf(state, running !== null);
  const Icon = connectionIcons[standing];
  const moment = (instant: string | null): string =>
    instant === null ? t('connections.facts.none') : formats.moment(instant, zone);
  const { source, lastRunAt, lastOkAt, nextRunAt, heldBy, lastError, enabled } = state;
  const title = `connection-${source}`;
  return (
    <section className={classes['card']} aria-labelledby={title}>
      <div className={classes['head']}>
        <h3 id={title}>{t(`outside.source.${source}`)}</h3>
        <span className={classes['mark']} data-standing={standing}>
          <Icon size={16} stroke={2} aria-hidden="true" />
          {standing === 'failing' || standing === 'silent'
            ? t(`connections.alert.${standing}`)
            : t(`connections.${standing}`)}
        </span>
      </div>
      <dl className="facts tabular">
        <dt>{t('connections.facts.last')}</dt>
        <dd>{moment(lastRunAt)}</dd>
        <dt>{t('connections.facts.ok')}</dt>
        <dd>{moment(lastOkAt)}</dd>
        <dt>{t('connections.facts.next')}</dt>
        <dd>{enabled ? moment(nextRunAt) : t('connections.facts.none')}</dd>
        {heldBy && (
          <>
            <dt>{t('connections.facts.by')}</dt>
            <dd>{heldBy.deskName}</dd>
          </>
        )}
        {lastError && (
          <>
            <dt>{t('connections.facts.error')}</dt>
            <dd className={classes['lines']}>
              <span>{runErrorText(source, lastError.code)}</span>
              {lastError.where !== null && (
                <span className="soft">{t('connections.error.where', { where: lastError.where })}</span>
              )}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};
