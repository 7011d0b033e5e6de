import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { zones } from './choices.ts';

/** A location as it is typed. */
export interface LocationDraft {
  name: string;
  nameEl: string;
  addressLine1: string;
  addressLine2: string;
  city: string;
  postalCode: string;
  country: string;
  phone: string;
  timezone: string;
}

const labels = {
  name: 'setUp.location.name',
  nameEl: 'setUp.location.nameEl',
  addressLine1: 'setUp.location.address',
  addressLine2: 'setUp.location.address2',
  city: 'setUp.location.city',
  postalCode: 'setUp.location.postalCode',
  country: 'setUp.location.country',
  phone: 'setUp.location.phone',
} as const;

/** The fields of a location; `short` leaves out what can wait. */
export const LocationFields = ({
  draft,
  wrong,
  short = false,
  takesFocus = false,
  onChange,
}: {
  draft: LocationDraft;
  wrong: (path: keyof LocationDraft) => boolean;
  short?: boolean;
  takesFocus?: boolean;
  onChange: (part: Partial<LocationDraft>) => void;
}) => {
  const { t } = useTranslation();
  const names = (Object.keys(labels) as (keyof typeof labels)[]).filter(
    (name) => !short || !['addressLine2', 'postalCode', 'phone'].includes(name),
  );
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      {names.map((name, place) => (
        <TextInput
          key={name}
          label={t(labels[name])}
          value={draft[name]}
          autoComplete="off"
          error={wrong(name) && t('setUp.missing')}
          {...(takesFocus && place === 0 ? { 'data-autofocus': true, autoFocus: true } : {})}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
      <Select
        label={t('setUp.location.zone')}
        data={zones()}
        value={draft.timezone}
        searchable
        limit={60}
        allowDeselect={false}
        error={wrong('timezone') && t('setUp.missing')}
        onChange={(timezone) => onChange({ timezone: timezone ?? '' })}
      />
    </SimpleGrid>
  );
};
