import { Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { SeriesRule } from '../../../src-main/contract/series.ts';
import { useFormats } from '../../i18n/format.ts';
import { useCalendarLabels } from '../../ui/calendar-labels.ts';
import { PlannedVisits } from '../../ui/planned-visits.tsx';
import { dayOfMonthWords } from '../../ui/series-words.ts';
import type { Booking } from './use-booking.ts';

const everies = ['week', 'month_weekday', 'month_date'] as const;
const MOST_TIMES = 52;
const LONGEST_INTERVAL = 26;

/** How often and how long, and every date with what is in its way, before anything is saved. */
export const RepeatPlan = ({
  repeat,
  rule,
  zone,
}: {
  repeat: Booking['repeat'];
  rule: SeriesRule;
  zone: string;
}) => {
  const { t } = useTranslation();
  const { visits, chosen } = repeat;
  const clashes = visits.filter(({ state }) => state !== 'free').length;
  return (
    <Stack gap="sm">
      <RuleFields rule={rule} day={repeat.day} onChange={repeat.setRule} />
      <PlannedVisits
        visits={visits}
        choices={repeat.choices}
        zone={zone}
        label={t('series.dates')}
        onChoose={repeat.choose}
      />
      <Text size="xs" c="dimmed" role="status">
        {t('series.chosen', { count: chosen.length, all: visits.length })}
        {clashes > 0 && ` · ${t('series.clashes', { count: clashes })}`}
      </Text>
    </Stack>
  );
};

/** The rule in three short fields; the monthly ones go by the day of the first date. */
const RuleFields = ({
  rule,
  day,
  onChange,
}: {
  rule: SeriesRule;
  day: string;
  onChange: (rule: SeriesRule) => void;
}) => {
  const { t } = useTranslation();
  const calendarLabels = useCalendarLabels();
  const formats = useFormats();
  const { every, interval, count, until } = rule;
  const ends = until === undefined ? 'count' : 'until';
  const label = (one: SeriesRule['every']): string =>
    one === 'week'
      ? t('series.weeks', { count: interval })
      : t('series.monthsOn', { count: interval, on: dayOfMonthWords(t, formats, one, day) });
  const setEnd = (kind: string): void =>
    onChange(
      kind === 'count'
        ? { every, interval, count: 6 }
        : { every, interval, until: Temporal.PlainDate.from(day).add({ months: 3 }).toString() },
    );
  return (
    <>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <NumberInput
          w={88}
          flex="none"
          label={t('series.every')}
          min={1}
          max={LONGEST_INTERVAL}
          clampBehavior="strict"
          allowDecimal={false}
          value={interval}
          onChange={(value) =>
            typeof value === 'number' && value >= 1 && onChange({ ...rule, interval: value })
          }
        />
        <Select
          flex={1}
          aria-label={t('series.period')}
          data={everies.map((value) => ({ value, label: label(value) }))}
          value={every}
          allowDeselect={false}
          comboboxProps={{ shadow: 'md' }}
          onChange={(value) => onChange({ ...rule, every: everies.find((one) => one === value) ?? 'week' })}
        />
      </Group>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        <SegmentedControl
          flex={1}
          aria-label={t('series.ends')}
          data={[
            { value: 'count', label: t('series.byCount') },
            { value: 'until', label: t('series.byDay') },
          ]}
          value={ends}
          onChange={setEnd}
        />
        {until === undefined ? (
          <NumberInput
            w={168}
            aria-label={t('series.count')}
            min={2}
            max={MOST_TIMES}
            clampBehavior="strict"
            allowDecimal={false}
            value={count ?? ''}
            onChange={(value) =>
              typeof value === 'number' && value >= 2 && onChange({ ...rule, count: value })
            }
          />
        ) : (
          <DatePickerInput
            ariaLabels={calendarLabels}
            w={168}
            aria-label={t('series.lastDay')}
            minDate={day}
            value={until}
            valueFormat="ddd D MMM YYYY"
            onChange={(value) => value && onChange({ ...rule, until: value })}
          />
        )}
      </Group>
    </>
  );
};
