import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { DoctorFilter } from '../../../src-main/contract/clinic.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { IconSearch } from '../../ui/icons.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './doctors.module.css';

/** What the person at the desk looks for. */
export interface Wishes {
  text: string;
  specialtyId: string | null;
  city: string | null;
  minRating: string | null;
  maxFeeMinor: string | null;
  /** Days from today within which there is free time; 0 is today. */
  withinDays: string | null;
  withInactive: boolean;
  sort: (typeof sorts)[number];
}

const sorts = ['board', 'name', 'rating', 'fee', 'nextAvailable'] as const;
const ratings = ['3', '4', '4.5'] as const;

export const noWishes: Wishes = {
  text: '',
  specialtyId: null,
  city: null,
  minRating: null,
  maxFeeMinor: null,
  withinDays: null,
  withInactive: false,
  sort: 'board',
};

/** The wishes as the call takes them; a day ends by the clock of the location that is looked at. */
export const filterOf = (wishes: Wishes, today: string, zone: string): DoctorFilter => ({
  text: wishes.text,
  sort: wishes.sort,
  withInactive: wishes.withInactive,
  ...(wishes.specialtyId ? { specialtyId: wishes.specialtyId } : {}),
  ...(wishes.city ? { city: wishes.city } : {}),
  ...(wishes.minRating ? { minRating: Number(wishes.minRating) } : {}),
  ...(wishes.maxFeeMinor ? { maxFeeMinor: Number(wishes.maxFeeMinor) } : {}),
  ...(wishes.withinDays === null
    ? {}
    : { availableBefore: endOfDay(today, Number(wishes.withinDays), zone) }),
});

const endOfDay = (today: string, days: number, zone: string): string =>
  new Date(
    Temporal.PlainDate.from(today)
      .add({ days: days + 1 })
      .toZonedDateTime(zone).epochMilliseconds,
  ).toISOString();

/** Every filter in one row, and the order. */
export const DirectoryFilters = ({
  wishes,
  cities,
  fees,
  onChange,
}: {
  wishes: Wishes;
  cities: readonly string[];
  /** The fees that doctors here ask, in minor units, ascending. */
  fees: readonly number[];
  onChange: (part: Partial<Wishes>) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { specialties, clinic } = useClinic();
  const choice = (
    label: string,
    any: string,
    data: { value: string; label: string }[],
    value: string | null,
    set: (value: string | null) => void,
  ) => (
    <Select
      label={label}
      placeholder={any}
      data={data}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': any }}
      onChange={set}
    />
  );
  const narrowed = JSON.stringify({ ...wishes, sort: 'board' }) !== JSON.stringify(noWishes);
  return (
    <search className={classes['filters']} aria-label={t('doctors.filter.label')}>
      <TextInput
        label={t('doctors.search')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={wishes.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        autoComplete="off"
        data-search
      />
      {choice(
        t('doctors.filter.specialty'),
        t('doctors.filter.anySpecialty'),
        specialties.map(({ id, name }) => ({ value: id, label: formats.name(name) })),
        wishes.specialtyId,
        (specialtyId) => onChange({ specialtyId }),
      )}
      {choice(
        t('doctors.filter.city'),
        t('doctors.filter.anyCity'),
        cities.map((city) => ({ value: city, label: city })),
        wishes.city,
        (city) => onChange({ city }),
      )}
      {choice(
        t('doctors.filter.rating'),
        t('doctors.filter.anyRating'),
        ratings.map((value) => ({
          value,
          label: t('doctors.filter.from', { stars: formats.number(Number(value)) }),
        })),
        wishes.minRating,
        (minRating) => onChange({ minRating }),
      )}
      {choice(
        t('doctors.filter.fee'),
        t('doctors.filter.anyFee'),
        fees.map((minor) => ({ value: String(minor), label: money({ minor, currency: clinic.currency }) })),
        wishes.maxFeeMinor,
        (maxFeeMinor) => onChange({ maxFeeMinor }),
      )}
      {choice(
        t('doctors.filter.available'),
        t('doctors.filter.anyTime'),
        [
          { value: '0', label: t('doctors.filter.today') },
          { value: '2', label: t('doctors.filter.threeDays') },
          { value: '6', label: t('doctors.filter.week') },
        ],
        wishes.withinDays,
        (withinDays) => onChange({ withinDays }),
      )}
      <Select
        label={t('doctors.sort.label')}
        data={sorts.map((value) => ({ value, label: t(`doctors.sort.${value}`) }))}
        value={wishes.sort}
        allowDeselect={false}
        onChange={(value) => onChange({ sort: sorts.find((sort) => sort === value) ?? 'board' })}
      />
      <div className={classes['more']}>
        <Checkbox
          label={t('doctors.filter.inactive')}
          checked={wishes.withInactive}
          onChange={(event) => onChange({ withInactive: event.currentTarget.checked })}
        />
        {narrowed && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange({ ...noWishes, sort: wishes.sort })}
          >
            {t('doctors.filter.clear')}
          </Button>
        )}
      </div>
    </search>
  );
};
