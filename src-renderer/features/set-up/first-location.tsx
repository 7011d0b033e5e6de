import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LocationInput } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import { guess } from './choices.ts';
import { LocationFields } from './location-fields.tsx';
import classes from './set-up.module.css';

/** Instead of the board, where a clinic has no location: asks for the first one. The board then opens by itself. */
export const FirstLocation = () => {
  const { t } = useTranslation();
  const { timezone, country } = guess();
  const form = useForm({
    name: 'firstLocation',
    initial: {
      name: '',
      nameEl: '',
      addressLine1: '',
      addressLine2: '',
      city: '',
      postalCode: '',
      country,
      phone: '',
      timezone,
    },
    schema: LocationInput,
    save: (location) => call('saveLocation', location),
    onSaved: () => undefined,
  });
  return (
    <form ref={form.form} className={classes['first']} onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <h1>{t('setUp.first.title')}</h1>
        <Text c="dimmed">{t('setUp.first.text')}</Text>
        <LocationFields takesFocus draft={form.draft} wrong={form.wrong} onChange={form.change} />
        {form.problem && <Problem>{form.problem}</Problem>}
        <Button type="submit" loading={form.saving} style={{ alignSelf: 'flex-end' }}>
          {t('setUp.location.add')}
        </Button>
      </Stack>
    </form>
  );
};
