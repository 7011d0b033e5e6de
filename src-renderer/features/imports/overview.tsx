import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../src-main/contract/imports.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './imports.module.css';
import { StepTitle } from './step-title.tsx';
import { begin, openRun } from './wizard.ts';

/** What was brought in at this desk so far, and the way to begin. */
export const Overview = () => {
  const { t } = useTranslation();
  const { data } = useLive('importRuns', {}, ['import_runs']);
  if (!data) return null;
  return (
    <>
      <StepTitle step="title" />
      <p className="soft">{t('imports.about')}</p>
      <div>
        <Button onClick={begin}>{t('imports.begin')}</Button>
      </div>
      {data.length > 0 && (
        <>
          <h3 id="imports-made">{t('imports.made')}</h3>
          <ul className={classes['runs']} aria-labelledby="imports-made">
            {data.map((run) => (
              <Line key={run.id} run={run} />
            ))}
          </ul>
        </>
      )}
    </>
  );
};

const Line = ({ run }: { run: ImportRun }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const taken = run.counts.reduce((sum, one) => sum + one.taken, 0);
  const leftOut = run.counts.reduce((sum, one) => sum + one.leftOut, 0);
  return (
    <li>
      <span className={classes['what']}>
        <strong>{run.source.name}</strong>
        <span className="soft">
          {t(`imports.from.${run.source.from}`)} · {formats.momentWithYear(run.startedAt, zone)}
        </span>
      </span>
      <span className="tabular">
        {t(`imports.status.${run.status}`)} · {t('imports.takenShort', { count: taken })}
        {leftOut > 0 && <> · {t('imports.leftOutShort', { count: leftOut })}</>}
      </span>
      <Button variant="default" size="compact-md" onClick={() => openRun(run.id)}>
        {t('imports.open')}
        <span className="sr-only"> {run.source.name}</span>
      </Button>
    </li>
  );
};
