import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LocationInput, type SetUp } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import { guess } from './choices.ts';
import { type LocationDraft, LocationFields } from './location-fields.tsx';

/** A new location, or another name, address or clock for one. */
export const LocationDialog = ({ location }: { location?: SetUp['locations'][number] }) => {
  const { t } = useTranslation();
  const form = useForm({
    name: 'location',
    initial: () => draftOf(location),
    schema: LocationInput,
    read: (draft) => ({ ...draft, ...(location ? { id: location.id } : {}) }),
    save: (input) => call('saveLocation', input),
    onSaved: ({ name }) => {
      toast(t('setUp.location.saved', { name }));
      closeDialog();
    },
  });
  return (
    <DialogWindow
      title={location ? t('setUp.location.editTitle', { name: location.name }) : t('setUp.location.addTitle')}
      size={680}
    >
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <LocationFields takesFocus draft={form.draft} wrong={form.wrong} onChange={form.change} />
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

const draftOf = (location: SetUp['locations'][number] | undefined): LocationDraft => {
  const { timezone, country } = guess();
  return {
    name: location?.name ?? '',
    nameEl: location?.nameEl ?? '',
    addressLine1: location?.addressLine1 ?? '',
    addressLine2: location?.addressLine2 ?? '',
    city: location?.city ?? '',
    postalCode: location?.postalCode ?? '',
    country: location?.country ?? country,
    phone: location?.phone ?? '',
    timezone: location?.timezone ?? timezone,
  };
};
