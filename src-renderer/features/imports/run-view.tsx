import { Button, Group, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../../src-main/contract/imports.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { Findings } from './findings.tsx';
import classes from './imports.module.css';
import { Resume } from './resume.tsx';
import { StepTitle } from './step-title.tsx';
import { useImportError } from './use-import-error.ts';
import { begin, goTo } from './wizard.ts';

/** The third step: how an import goes, what it took, and what it left out. */
export const RunView = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { data, error } = useLive('importRun', { id }, ['import_runs', 'import_findings']);
  return (
    <>
      <StepTitle step="runTitle" />
      {error && <Problem>{errorText(error, zone)}</Problem>}
      {data && <Run run={data} />}
      <Group gap="sm">
        <Button variant="default" onClick={() => goTo('overview')}>
          {t('imports.all')}
        </Button>
        {data && data.status !== 'running' && (
          <Button variant="subtle" onClick={begin}>
            {t('imports.another')}
          </Button>
        )}
      </Group>
    </>
  );
};

const Run = ({ run }: { run: ImportRun }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const importError = useImportError();
  const { source, status, startedAt, endedAt, error, waiting } = run;
  return (
    <>
      <p className="soft">
        {source.name} · {t(`imports.from.${source.from}`)} · {formats.momentWithYear(startedAt, zone)}
        {endedAt && ` – ${formats.time(endedAt, zone)}`}
      </p>
      <p role="status" className={classes['state']} data-status={status}>
        {t(`imports.said.${status}`)}
        {waiting > 0 && <span className="soft"> {t('imports.waiting', { count: waiting })}</span>}
      </p>
      {error && <Problem>{importError.sentence(error)}</Problem>}
      <Counts run={run} />
      {status === 'running' && <Pause id={run.id} />}
      {(status === 'paused' || status === 'failed') && <Resume run={run} />}
      <Findings run={run} />
    </>
  );
};

const Counts = ({ run: { counts, table: under, status } }: { run: ImportRun }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  if (counts.length === 0) return null;
  return (
    <table className={classes['table']} aria-label={t('imports.counts')}>
      <thead>
        <tr>
          <th scope="col">{t('imports.table')}</th>
          {(['read', 'taken', 'known', 'leftOut'] as const).map((what) => (
            <th key={what} scope="col" className={classes['number']}>
              {t(`imports.count.${what}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map(({ table, total, read, taken, known, leftOut }) => (
          <tr key={table} className="tabular" aria-current={table === under || undefined}>
            <th scope="row">
              <code>{table}</code>
              {status === 'running' && table === under && total !== null && total > 0 && (
                <Progress value={(100 * read) / total} aria-label={table} transitionDuration={0} />
              )}
            </th>
            <td className={classes['number']}>
              {formats.number(read)}
              {total !== null && <span className="soft"> / {formats.number(total)}</span>}
            </td>
            <td className={classes['number']}>{formats.number(taken)}</td>
            <td className={classes['number']}>{formats.number(known)}</td>
            <td className={classes['number']}>{formats.number(leftOut)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Pause = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const importError = useImportError();
  const [problem, setProblem] = useState<string | null>(null);
  const pause = async (): Promise<void> => {
    const answer = await call('pauseImport', { id });
    if (!answer.ok) setProblem(importError.ofCall(answer.error));
  };
  return (
    <div>
      <Button variant="default" onClick={() => void pause()}>
        {t('imports.pause')}
      </Button>
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
};
