import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ClinicSettings, type SetUp } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './set-up.module.css';

const texts = ['name', 'nameEl', 'phone', 'email', 'city'] as const;
const numbers = [
  { name: 'waitingLimitMinutes', label: 'setUp.clinic.waitingLimit', unit: 'setUp.clinic.minutes' },
  { name: 'noShowGraceMinutes', label: 'setUp.clinic.grace', unit: 'setUp.clinic.minutes' },
  { name: 'slotHorizonDays', label: 'setUp.clinic.horizon', unit: 'setUp.clinic.days' },
] as const;

/** What the clinic is called and how it works. */
export const ClinicSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('setUp', {}, ['clinics']);
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('setUp.tabs.clinic')}</h2>
      </div>
      {data && <ClinicForm key={JSON.stringify(data.clinic)} clinic={data.clinic} />}
    </div>
  );
};

type Draft = ClinicSettings & Record<(typeof texts)[number], string>;

const ClinicForm = ({ clinic }: { clinic: SetUp['clinic'] }) => {
  const { t } = useTranslation();
  const { nameEl, phone, email, city } = clinic;
  const form = useForm({
    name: 'clinic',
    initial: {
      ...clinic,
      nameEl: nameEl ?? '',
      phone: phone ?? '',
      email: email ?? '',
      city: city ?? '',
    } as Draft,
    schema: ClinicSettings,
    save: (set) => call('updateClinic', { set }),
    onSaved: () => toast(t('setUp.clinic.saved')),
  });
  const { draft, change, wrong } = form;
  return (
    <form ref={form.form} className={classes['card']} onSubmit={form.submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
          {texts.map((name) => (
            <TextInput
              key={name}
              label={t(`setUp.clinic.${name}`)}
              value={draft[name]}
              autoComplete="off"
              error={wrong(name) && t('setUp.missing')}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          ))}
          <FirstWeekday value={draft.firstWeekday} onChange={(firstWeekday) => change({ firstWeekday })} />
          {numbers.map(({ name, label, unit }) => (
            <NumberInput
              key={name}
              label={t(label)}
              suffix={` ${t(unit)}`}
              min={0}
              max={730}
              allowDecimal={false}
              value={draft[name]}
              error={wrong(name) && t('setUp.missing')}
              onChange={(value) => change({ [name]: Number(value) })}
            />
          ))}
        </SimpleGrid>
        <Text c="dimmed">
          {t('setUp.clinic.currencyHint', { currency: clinic.currency, zone: clinic.timezone })}
        </Text>
        {form.problem && <Problem>{form.problem}</Problem>}
        <Group justify="flex-end">
          <Button type="submit" loading={form.saving}>
            {t('app.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const FirstWeekday = ({ value, onChange }: { value: number; onChange: (weekday: number) => void }) => {
  const { t } = useTranslation();
  const { locale } = useFormats();
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <Select
      label={t('setUp.clinic.firstWeekday')}
      // The first of January 2024 was a Monday.
      data={[1, 6, 7].map((day) => ({ value: String(day), label: name.format(Date.UTC(2024, 0, day)) }))}
      value={String(value)}
      allowDeselect={false}
      onChange={(day) => onChange(Number(day))}
    />
  );
};
