import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BundleEntry, type CalendarPart, NamesShown } from '../../../src-main/contract/export.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { ProgressLine } from '../../ui/progress-line.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { bundleOf } from './bundle.ts';
import { daysIn, piecesOf, type Range } from './range.ts';
import { tableText, tableToFolder, useExport } from './use-export.ts';

/** More would not fit well into one file that a person opens. */
const MOST_DAYS = 92;

/** The clinic's data as files for other programs: calendar, FHIR, tables. One at a time. */
export const ExportView = ({ range }: { range: Range }) => {
  const { t } = useTranslation();
  const work = useExport();
  const { progress } = work;
  return (
    <>
      <p className="soft">{t('reports.about.export')}</p>
      {progress && (
        <ProgressLine
          key={progress.what}
          text={progress.what}
          done={progress.done}
          total={progress.total}
          onCancel={work.stop}
        />
      )}
      <ScheduleExports range={range} work={work} />
      <TablesExport work={work} />
    </>
  );
};

type Work = ReturnType<typeof useExport>;

const Card = ({ title, text, children }: { title: string; text: string; children: ReactNode }) => (
  <section className="export-card" aria-label={title}>
    <h2>{title}</h2>
    <p className="soft">{text}</p>
    <div className="export-fields">{children}</div>
  </section>
);

const ScheduleExports = ({ range, work }: { range: Range; work: Work }) => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { location, locations } = useClinic();
  const [locationId, setLocationId] = useState(location.id);
  const [names, setNames] = useState<NamesShown>('initials');
  const tooLong = daysIn(range) > MOST_DAYS;
  const days = piecesOf(range, 1);
  const saved = (file: string): void => toast(t('reports.export.saved', { file }));

  const saveCalendar = (): Promise<void> =>
    work.run(async ({ part, progress }) => {
      const parts: CalendarPart[] = [];
      for (const [done, day] of days.entries()) {
        progress({ what: t('reports.export.calendar.working'), done, total: days.length });
        parts.push(await part(call('exportCalendar', { ...day, locationId, names })));
      }
      const [first] = parts;
      if (!first) return;
      const file = `schedule-${range.from}-${range.to}.ics`;
      saveFile(file, 'text/calendar;charset=utf-8', [
        first.head,
        ...parts.map(({ events }) => events),
        first.tail,
      ]);
      saved(file);
    });

  const saveFhir = (): Promise<void> =>
    work.run(async ({ part, progress }) => {
      const entries: BundleEntry[] = [];
      for (const [done, day] of days.entries()) {
        progress({ what: t('reports.export.fhir.working'), done, total: days.length });
        entries.push(...(await part(call('exportFhir', { ...day, locationId }))));
      }
      const file = `schedule-${range.from}-${range.to}.fhir.json`;
      saveFile(file, 'application/fhir+json', [JSON.stringify(bundleOf(entries, Date.now()))]);
      saved(file);
    });

  const place = locations.length > 1 && (
    <Select
      label={t('reports.at')}
      data={locations.map((one) => ({ value: one.id, label: name(one.name) }))}
      value={locationId}
      allowDeselect={false}
      onChange={(chosen) => chosen && setLocationId(chosen)}
    />
  );
  const limit = tooLong && <p>{t('reports.export.days', { count: MOST_DAYS })}</p>;
  const disabled = tooLong || work.progress !== null;
  return (
    <>
      <Card title={t('reports.export.calendar.title')} text={t('reports.export.calendar.text')}>
        {place}
        <Select
          label={t('reports.export.calendar.names')}
          data={NamesShown.options.map((value) => ({ value, label: t(`reports.export.calendar.${value}`) }))}
          value={names}
          allowDeselect={false}
          onChange={(value) => setNames(NamesShown.options.find((one) => one === value) ?? 'initials')}
        />
        <Button onClick={() => void saveCalendar()} disabled={disabled}>
          {t('reports.export.calendar.save')}
        </Button>
        {limit}
      </Card>
      <Card title={t('reports.export.fhir.title')} text={t('reports.export.fhir.text')}>
        {place}
        <Button onClick={() => void saveFhir()} disabled={disabled}>
          {t('reports.export.fhir.save')}
        </Button>
        {limit}
      </Card>
    </>
  );
};

/** What a spreadsheet knows UTF-8 by. */
const BYTE_ORDER_MARK = '\ufeff';

const TablesExport = ({ work }: { work: Work }) => {
  const { t } = useTranslation();
  const { data: tables } = useLive('exportTables', {}, []);
  const [chosen, setChosen] = useState('appointments');
  const [forExcel, setForExcel] = useState(false);
  const [folder, setFolder] = useState('');
  const table = tables?.find(({ name }) => name === chosen);

  const save = (one: NonNullable<typeof table>): Promise<void> =>
    work.run(async (run) => {
      const text = await tableText(run, one, t('reports.export.tables.working', { table: one.name }));
      const file = `${one.name}.csv`;
      saveFile(file, 'text/csv;charset=utf-8', [...(forExcel ? [BYTE_ORDER_MARK] : []), ...text]);
      toast(t('reports.export.saved', { file }));
    });
  const saveAll = (all: NonNullable<typeof tables>): Promise<void> =>
    work.run(async (run) => {
      for (const one of all)
        await tableToFolder(
          run,
          one,
          { folder: folder.trim(), forExcel },
          t('reports.export.tables.working', { table: one.name }),
        );
      toast(t('reports.export.savedAll', { count: all.length, folder: folder.trim() }));
    });

  const disabled = !tables || work.progress !== null;
  return (
    <Card title={t('reports.export.tables.title')} text={t('reports.export.tables.text')}>
      <Select
        label={t('reports.export.tables.table')}
        data={(tables ?? []).map(({ name }) => name)}
        value={chosen}
        allowDeselect={false}
        searchable
        {...(table ? { description: t('reports.export.tables.rows', { count: table.rows }) } : {})}
        onChange={(value) => value && setChosen(value)}
      />
      <Checkbox
        label={t('reports.export.tables.bom')}
        checked={forExcel}
        onChange={(event) => setForExcel(event.currentTarget.checked)}
      />
      <Button disabled={disabled || !table} onClick={() => table && void save(table)}>
        {t('reports.export.tables.save')}
      </Button>
      <TextInput
        label={t('reports.export.tables.folder')}
        description={t('reports.export.tables.folderHint')}
        value={folder}
        w={320}
        spellCheck={false}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={disabled || folder.trim() === ''}
        onClick={() => tables && void saveAll(tables)}
      >
        {t('reports.export.tables.saveAll')}
      </Button>
    </Card>
  );
};
