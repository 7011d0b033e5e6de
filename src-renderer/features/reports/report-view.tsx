import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalText } from '../../../src-main/contract/money.ts';
import type { TakingsTally, VisitTally } from '../../../src-main/contract/report.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { PrintRoot } from '../../ui/print-root.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { Grouping } from './figures.ts';
import { columnsOf, type ReportKind, type Table, takingsTable, visitTable } from './lines.ts';
import type { Range } from './range.ts';
import { reportCsv } from './report-csv.ts';
import { ReportTable } from './report-table.tsx';
import { useReport } from './use-report.ts';
import { useReportWords } from './words.ts';

/** Charts are large and are fetched when a report is first looked at. */
const Chart = lazy(() => import('./chart.tsx'));

export interface Asked {
  range: Range;
  locationId: string | null;
  by: Grouping;
}

/** One report of visits: utilisation, no-shows or waiting times. */
export const VisitReport = ({ kind, asked }: { kind: Exclude<ReportKind, 'takings'>; asked: Asked }) => {
  const report = useReport('visitTallies', asked.range, asked.locationId);
  const tallies: VisitTally[] | undefined = report.tallies;
  const table = useMemo(() => tallies && visitTable(kind, tallies, asked.by), [kind, tallies, asked.by]);
  return <Report kind={kind} asked={asked} report={report} table={table} />;
};

/** What was taken. */
export const TakingsReport = ({ asked }: { asked: Asked }) => {
  const report = useReport('takingsTallies', asked.range, asked.locationId);
  const tallies: TakingsTally[] | undefined = report.tallies;
  const table = useMemo(() => tallies && takingsTable(tallies, asked.by), [tallies, asked.by]);
  return <Report kind="takings" asked={asked} report={report} table={table} />;
};

interface ReportProps {
  kind: ReportKind;
  asked: Asked;
  report: Omit<ReturnType<typeof useReport>, 'tallies'>;
  table: Table | undefined;
}

const Report = ({ kind, asked, report, table }: ReportProps) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const { progress, error, countedAt } = report;
  const days = formats.days(asked.range.from, asked.range.to);
  return (
    <>
      <p className="soft">{t(`reports.about.${kind}`)}</p>
      {error && <Problem>{errorText(error, zone)}</Problem>}
      {progress ? (
        <ProgressLine
          text={t('reports.counting', { days })}
          done={progress.done}
          total={progress.total}
          onCancel={report.stop}
        />
      ) : (
        <Group gap="md" mih={32}>
          <span className="soft" role="status">
            {countedAt ? t('reports.counted', { time: formats.time(countedAt, zone) }) : t('reports.stopped')}
          </span>
          <Button variant="default" size="compact-md" onClick={() => void report.again()}>
            {t('reports.again')}
          </Button>
        </Group>
      )}
      {table && table.lines.length === 0 && (
        <EmptyState title={t('reports.none')} text={t('reports.noneHint')} />
      )}
      {table && table.lines.length > 0 && <Counted kind={kind} asked={asked} table={table} />}
    </>
  );
};

const Counted = ({ kind, asked, table }: { kind: ReportKind; asked: Asked; table: Table }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { clinic } = useClinic();
  const words = useReportWords(asked.by);
  const [printing, setPrinting] = useState(false);
  const columns = columnsOf[kind];
  const head = t(`reports.by.${asked.by}`);
  const title = words.title(kind);
  const days = formats.days(asked.range.from, asked.range.to);
  const print = (): void => {
    setPrinting(true);
    window.addEventListener('afterprint', () => setPrinting(false), { once: true });
    // The paper is there once this has been drawn.
    requestAnimationFrame(() => window.print());
  };
  const save = (): void =>
    saveFile(`${kind}-${asked.range.from}-${asked.range.to}.csv`, 'text/csv;charset=utf-8', [
      reportCsv(table, columns, { group: head, total: t('reports.total') }, words, decimalText),
    ]);
  useKeys({ print });
  return (
    <>
      <section className="report-chart" aria-label={t('reports.chart', { what: title })}>
        <div aria-hidden="true">
          <Suspense fallback={<p className="soft">{t('reports.loadingChart')}</p>}>
            <Chart table={table} columns={columns} words={words} />
          </Suspense>
        </div>
      </section>
      <ReportTable table={table} columns={columns} head={head} words={words} />
      <Group gap="sm">
        <Button variant="default" onClick={print}>
          {t('reports.print')}
          <KeyHint keyName="print" />
        </Button>
        <Button variant="default" onClick={save}>
          {t('reports.csv')}
        </Button>
      </Group>
      {printing && (
        <PrintRoot size="a4-landscape" lang={formats.language}>
          <h1>
            {formats.name(clinic.name)}: {title}
          </h1>
          <p>{days}</p>
          <p>{t(`reports.about.${kind}`)}</p>
          <ReportTable table={table} columns={columns} head={head} words={words} />
        </PrintRoot>
      )}
    </>
  );
};
