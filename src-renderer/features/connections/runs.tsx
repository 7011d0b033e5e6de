import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunRate, SyncRun, Runs as ToldRuns } from '../../../src-main/contract/integration-settings.ts';
import type { RunError } from '../../../src-main/contract/integrations.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useFormats } from '../../i18n/format.ts';
import { runStatusIcons } from '../../ui/icons.ts';
import { Problem } from '../../ui/problem.tsx';
import { useRunErrorText } from '../../ui/run-words.ts';
import classes from './connections.module.css';

/** Runs at other desks are no rows of this one's copy, so the list is asked for again while it is looked at. */
const AGAIN_MS = 15_000;

/** The last runs of the IDEXX sync, and how often they worked. */
export const Runs = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { data, error, reload } = useLive('idexxRuns', {}, ['run_leases', 'integrations']);
  useEffect(() => {
    const timer = setInterval(() => void reload(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <section className={classes['card']} aria-labelledby="runs-title">
      <h3 id="runs-title">{t(data?.scope === 'own' ? 'connections.runs.own' : 'connections.runs.title')}</h3>
      {error && (
        <Problem>
          {error.code === 'needs_central' ? t('connections.runs.away') : errorText(error, zone)}
        </Problem>
      )}
      {data && !error && <Table told={data} />}
    </section>
  );
};

const Table = ({ told: { runs, week, month } }: { told: ToldRuns }) => {
  const { t } = useTranslation();
  if (runs.length === 0) return <p className="soft">{t('connections.runs.none')}</p>;
  const rate = ({ ended, completed }: RunRate) => ({
    ended,
    completed,
    percent: Math.round((100 * completed) / ended),
  });
  const rates = [
    week.ended > 0 ? t('connections.runs.week', rate(week)) : t('connections.runs.weekNone'),
    month.ended > week.ended && t('connections.runs.month', rate(month)),
  ].filter(Boolean);
  return (
    <>
      <p className="tabular">{rates.join(' · ')}</p>
      <table className={classes['table']} aria-labelledby="runs-title">
        <thead>
          <tr>
            <th scope="col">{t('connections.runs.when')}</th>
            <th scope="col">{t('connections.runs.result')}</th>
            {(['appointments', 'consultations', 'calls', 'took'] as const).map((column) => (
              <th key={column} scope="col" className={classes['number']}>
                {t(`connections.runs.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </>
  );
};

const Run = ({ run }: { run: SyncRun }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const explained = run.error?.code === 'cancelled' ? null : run.error;
  const why = [run.reason && t(`connections.runs.reason.${run.reason}`), run.deskName].filter(Boolean);
  return (
    <>
      <tr className="tabular">
        <td rowSpan={explained ? 2 : 1}>
          <span className={classes['lines']}>
            {formats.moment(run.startedAt, zone)}
            <span className="soft">{why.join(' · ')}</span>
          </span>
        </td>
        <td>
          <Outcome run={run} />
        </td>
        <td className={classes['number']}>{formats.number(run.appointmentsRead)}</td>
        <td className={classes['number']}>
          <span className={classes['lines']}>
            {formats.number(run.consultationsSynced)}
            {run.consultationsFailed > 0 && (
              <span className="soft">
                {t('connections.runs.failedSome', { count: run.consultationsFailed })}
              </span>
            )}
          </span>
        </td>
        <td className={classes['number']}>{formats.number(run.dischargeCallsScheduled)}</td>
        <td className={classes['number']}>
          <Took run={run} />
        </td>
      </tr>
      {explained && <Why error={explained} />}
    </>
  );
};

/** Below a run that failed: why, in words. */
const Why = ({ error: { code, where } }: { error: RunError }) => {
  const { t } = useTranslation();
  const runErrorText = useRunErrorText();
  return (
    <tr className={classes['why']}>
      <td colSpan={5}>
        {runErrorText('idexx', code)}
        {where !== null && <span className="soft"> {t('connections.error.where', { where })}</span>}
      </td>
    </tr>
  );
};

const Outcome = ({ run: { status, error } }: { run: SyncRun }) => {
  const { t } = useTranslation();
  const shown = error?.code === 'cancelled' ? 'stopped' : status;
  const Icon = runStatusIcons[shown];
  return (
    <span className={classes['mark']} data-status={shown}>
      <Icon size={16} stroke={2} aria-hidden="true" />
      {t(`connections.runs.status.${shown}`)}
    </span>
  );
};

const Took = ({ run: { startedAt, completedAt } }: { run: SyncRun }) => {
  const { t } = useTranslation();
  if (completedAt === null) return null;
  const seconds = Math.round((Date.parse(completedAt) - Date.parse(startedAt)) / 1000);
  return seconds < 60
    ? t('connections.runs.seconds', { count: seconds })
    : t('connections.runs.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
};
