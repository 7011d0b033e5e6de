import {
  Button,
  Fieldset,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OwnClinic } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { languages, usePreferences } from '../../app/preferences.ts';
import { closeDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import { guess, useCurrencies } from './choices.ts';
import { type LocationDraft, LocationFields } from './location-fields.tsx';

interface Draft {
  name: string;
  nameEl: string;
  kind: 'human' | 'veterinary';
  currency: string;
  location: LocationDraft;
  doctor: { firstName: string; lastName: string; firstNameEl: string; lastNameEl: string };
}

const initial = (): Draft => {
  const { timezone, country, currency } = guess();
  const location = {
    name: '',
    nameEl: '',
    addressLine1: '',
    addressLine2: '',
    city: '',
    postalCode: '',
    phone: '',
  };
  return {
    name: '',
    nameEl: '',
    kind: 'human',
    currency,
    location: { ...location, country, timezone },
    doctor: { firstName: '', lastName: '', firstNameEl: '', lastNameEl: '' },
  };
};

const doctorNames = ['firstName', 'lastName', 'firstNameEl', 'lastNameEl'] as const;
const languageNames = { en: 'English', el: 'Ελληνικά' } as const;

/** Asks for what a clinic needs before anything else, makes it, and opens the screens on it. */
export const OwnClinicDialog = () => {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const form = useForm<Draft, typeof OwnClinic>({
    name: 'ownClinic',
    initial,
    schema: OwnClinic,
    save: (clinic) => call('startOwnClinic', clinic),
    // Everything that the screens hold is of the clinic that was left.
    onSaved: () => {
      usePreferences.setState({ locationId: null });
      window.location.reload();
    },
  });
  const { draft, change, wrong } = form;
  return (
    <DialogWindow title={t('setUp.own.title')} size={760}>
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="lg">
          <Text c="dimmed">{t('setUp.own.intro')}</Text>
          <Fieldset legend={t('setUp.own.clinic')}>
            <Clinic draft={draft} wrong={wrong} onChange={change} />
            <SegmentedControl
              mt="md"
              aria-label={t('setUp.own.language')}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
              value={language}
              onChange={(value) => usePreferences.setState({ language: value === 'el' ? 'el' : 'en' })}
            />
          </Fieldset>
          <Fieldset legend={t('setUp.own.location')}>
            <LocationFields
              short
              draft={draft.location}
              wrong={(path) => wrong(`location.${path}`)}
              onChange={(part) => change({ location: { ...draft.location, ...part } })}
            />
          </Fieldset>
          <Fieldset legend={t('setUp.own.doctor')}>
            <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
              {doctorNames.map((name) => (
                <TextInput
                  key={name}
                  label={t(`doctors.edit.${name}`)}
                  value={draft.doctor[name]}
                  autoComplete="off"
                  error={wrong(`doctor.${name}`) && t('setUp.missing')}
                  onChange={(event) =>
                    change({ doctor: { ...draft.doctor, [name]: event.currentTarget.value } })
                  }
                />
              ))}
            </SimpleGrid>
          </Fieldset>
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            {form.saving && <Text role="status">{t('setUp.own.creating')}</Text>}
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('setUp.own.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

const Clinic = ({
  draft,
  wrong,
  onChange,
}: {
  draft: Draft;
  wrong: (path: string) => boolean;
  onChange: (part: Partial<Draft>) => void;
}) => {
  const { t } = useTranslation();
  const currencies = useCurrencies();
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      <TextInput
        label={t('setUp.own.name')}
        value={draft.name}
        autoComplete="off"
        data-autofocus
        error={wrong('name') && t('setUp.missing')}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('setUp.own.nameEl')}
        value={draft.nameEl}
        autoComplete="off"
        onChange={(event) => onChange({ nameEl: event.currentTarget.value })}
      />
      <Select
        label={t('setUp.own.currency')}
        data={currencies}
        value={draft.currency}
        searchable
        allowDeselect={false}
        onChange={(currency) => onChange({ currency: currency ?? 'EUR' })}
      />
      <Select
        label={t('setUp.own.kind')}
        data={(['human', 'veterinary'] as const).map((value) => ({ value, label: t(`setUp.own.${value}`) }))}
        value={draft.kind}
        allowDeselect={false}
        onChange={(kind) => onChange({ kind: kind === 'veterinary' ? 'veterinary' : 'human' })}
      />
    </SimpleGrid>
  );
};
