import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IdexxSettings } from '../../../src-main/contract/integrations.ts';
import { call } from '../../api/client.ts';
import { toast } from '../../app/toasts.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './idexx.module.css';

/** How often, in minutes. */
const often = [30, 60, 120, 240, 480, 1440];

/** From where, how much and how often Neo is read, and what follows from a completed consultation. */
export const SettingsCard = ({ settings }: { settings: IdexxSettings }) => {
  const { t } = useTranslation();
  const form = useForm({
    name: 'idexxSettings',
    initial: settings,
    schema: IdexxSettings,
    save: (input) => call('updateIntegration', { source: 'idexx', settings: input }),
    onSaved: () => toast(t('idexx.settings.saved')),
  });
  const { draft, change, wrong } = form;
  const every = (minutes: number): string =>
    minutes < 60
      ? t('idexx.settings.minutes', { count: minutes })
      : t('idexx.settings.hours', { count: minutes / 60 });
  const days = (field: 'daysBack' | 'daysAhead' | 'dischargeDelayDays', min: number, max: number) => ({
    min,
    max,
    allowDecimal: false,
    value: draft[field],
    error: wrong(field) && t('idexx.settings.wrongNumber', { min, max }),
    onChange: (value: number | string) => change({ [field]: Number(value) }),
  });
  return (
    <section className={classes['card']} aria-labelledby="idexx-settings-title">
      <h3 id="idexx-settings-title">{t('idexx.settings.title')}</h3>
      <form ref={form.form} onSubmit={form.submit} noValidate autoComplete="off">
        <Stack gap="md">
          <TextInput
            label={t('idexx.settings.server')}
            description={t('idexx.settings.serverHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="url"
            spellCheck={false}
            value={draft.baseUrl}
            error={wrong('baseUrl') && t('idexx.settings.wrongServer')}
            onChange={(event) => change({ baseUrl: event.currentTarget.value.trim() })}
          />
          <SimpleGrid cols={3} spacing="md">
            <NumberInput label={t('idexx.settings.back')} {...days('daysBack', 0, 60)} />
            <NumberInput label={t('idexx.settings.ahead')} {...days('daysAhead', 1, 90)} />
            <Select
              label={t('idexx.settings.every')}
              data={[...new Set([...often, settings.everyMinutes])]
                .sort((a, b) => a - b)
                .map((minutes) => ({ value: String(minutes), label: every(minutes) }))}
              value={String(draft.everyMinutes)}
              allowDeselect={false}
              onChange={(value) => change({ everyMinutes: Number(value) })}
            />
          </SimpleGrid>
          <Group gap="lg">
            <Checkbox
              label={t('idexx.settings.opening')}
              checked={draft.atOpening}
              onChange={(event) => change({ atOpening: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('idexx.settings.closing')}
              checked={draft.atClosing}
              onChange={(event) => change({ atClosing: event.currentTarget.checked })}
            />
          </Group>
          <Switch
            label={t('idexx.settings.calls')}
            description={t('idexx.settings.callsHint')}
            checked={draft.dischargeCalls}
            onChange={(event) => change({ dischargeCalls: event.currentTarget.checked })}
          />
          {draft.dischargeCalls && (
            <SimpleGrid cols={3} spacing="md">
              <NumberInput label={t('idexx.settings.delay')} {...days('dischargeDelayDays', 0, 14)} />
              <TextInput
                label={t('idexx.settings.time')}
                value={draft.dischargeTime}
                maxLength={5}
                error={wrong('dischargeTime') && t('idexx.settings.wrongTime')}
                onChange={(event) => change({ dischargeTime: event.currentTarget.value.trim() })}
              />
            </SimpleGrid>
          )}
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button type="submit" loading={form.saving}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
};
