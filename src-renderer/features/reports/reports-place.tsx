import { SegmentedControl, Select, Tabs } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useMay } from '../../app/rights.ts';
import { useFormats } from '../../i18n/format.ts';
import { ExportView } from './export-view.tsx';
import { type Grouping, groupings } from './figures.ts';
import { type ReportKind, reportKinds } from './lines.ts';
import { type Preset, presets, type Range, rangeOf } from './range.ts';
import { type Asked, TakingsReport, VisitReport } from './report-view.tsx';
import './reports.css';

const tabs = [...reportKinds, 'export'] as const;
type Tab = (typeof tabs)[number];

/** How the clinic did, and its data for other programs. */
export const ReportsPlace = () => {
  const { t } = useTranslation();
  const { today, clinic } = useClinic();
  const mayExport = useMay('export');
  const offered = tabs.filter((one) => one !== 'export' || mayExport);
  const [tab, setTab] = useKept<Tab>('tab', 'utilisation');
  const [preset, setPreset] = useKept<Preset | null>('preset', 'weeks4');
  const [range, setRange] = useKept<Range>('range', () => rangeOf('weeks4', today, clinic.firstWeekday));
  const [locationId, setLocationId] = useKept<string | null>('locationId', null);
  const [by, setBy] = useKept<Grouping>('by', 'doctor');
  const choosePreset = (chosen: Preset | null): void => {
    setPreset(chosen);
    if (chosen) setRange(rangeOf(chosen, today, clinic.firstWeekday));
  };
  return (
    <section className="reports" aria-labelledby="reports-title">
      <h1 id="reports-title">{t('reports.title')}</h1>
      <Tabs
        value={tab}
        onChange={(chosen) => setTab(tabs.find((one) => one === chosen) ?? 'utilisation')}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('reports.tabs.label')}>
          {offered.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`reports.tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className="reports-asked">
          <RangeFields preset={preset} onPreset={choosePreset} range={range} onRange={setRange} />
          {tab !== 'export' && (
            <>
              <LocationField value={locationId} onChange={setLocationId} />
              <SegmentedControl
                aria-label={t('reports.by.label')}
                data={groupings.map((value) => ({ value, label: t(`reports.by.${value}`) }))}
                value={by}
                onChange={(value) => setBy(groupings.find((one) => one === value) ?? 'doctor')}
              />
            </>
          )}
        </div>
        {offered.map((one) => (
          <Tabs.Panel key={one} value={one} className="report">
            {one === 'export' ? (
              <ExportView range={range} />
            ) : (
              <ReportOf kind={one} asked={{ range, locationId, by }} />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
};

const ReportOf = ({ kind, asked }: { kind: ReportKind; asked: Asked }) =>
  kind === 'takings' ? <TakingsReport asked={asked} /> : <VisitReport kind={kind} asked={asked} />;

interface RangeFieldsProps {
  preset: Preset | null;
  onPreset: (preset: Preset | null) => void;
  range: Range;
  onRange: (range: Range) => void;
}

const RangeFields = ({ preset, onPreset, range, onRange }: RangeFieldsProps) => {
  const { t } = useTranslation();
  const set = (from: string, to: string): void => {
    onPreset(null);
    onRange(from <= to ? { from, to } : { from: to, to: from });
  };
  return (
    <>
      <Select
        label={t('reports.range.label')}
        data={[
          ...presets.map((value) => ({ value, label: t(`reports.range.${value}`) })),
          { value: 'own', label: t('reports.range.own') },
        ]}
        value={preset ?? 'own'}
        allowDeselect={false}
        onChange={(value) => onPreset(presets.find((one) => one === value) ?? null)}
      />
      <DatePickerInput
        label={t('reports.range.from')}
        value={range.from}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => day && set(day, range.to)}
      />
      <DatePickerInput
        label={t('reports.range.to')}
        value={range.to}
        valueFormat="ddd D MMM YYYY"
        onChange={(day) => day && set(range.from, day)}
      />
    </>
  );
};

const LocationField = ({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (locationId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { locations } = useClinic();
  if (locations.length < 2) return null;
  return (
    <Select
      label={t('reports.at')}
      placeholder={t('reports.everywhere')}
      data={locations.map((location) => ({ value: location.id, label: name(location.name) }))}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': t('reports.everywhere') }}
      onChange={onChange}
    />
  );
};
