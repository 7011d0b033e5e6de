import { Button, Group, NumberInput, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CalComSettings } from '../../../src-main/contract/integrations.ts';
import { call } from '../../api/client.ts';
import { toast } from '../../app/toasts.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './cal-com.module.css';

/** What goes there, how often it is read, and where it is. */
export const SettingsCard = ({ settings }: { settings: CalComSettings }) => {
  const { t } = useTranslation();
  const form = useForm({
    name: 'cal-com',
    initial: settings,
    schema: CalComSettings,
    save: (set) => call('updateIntegration', { source: 'cal_com', settings: set }),
    onSaved: () => toast(t('outside.calCom.saved')),
  });
  const { draft, change, wrong } = form;
  return (
    <form ref={form.form} className={classes['card']} onSubmit={form.submit} noValidate>
      <Switch
        label={t('outside.calCom.send')}
        description={t('outside.calCom.sendHint')}
        checked={draft.sendBookings}
        onChange={(event) => change({ sendBookings: event.currentTarget.checked })}
      />
      <SimpleGrid cols={2} spacing="md">
        <NumberInput
          label={t('outside.calCom.every')}
          min={15}
          max={3600}
          allowDecimal={false}
          value={draft.everySeconds}
          error={wrong('everySeconds') && t('outside.calCom.wrongEvery')}
          onChange={(value) => change({ everySeconds: Number(value) })}
        />
        <TextInput
          label={t('outside.calCom.address')}
          description={t('outside.calCom.addressHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.baseUrl}
          autoComplete="off"
          spellCheck={false}
          error={wrong('baseUrl') && t('outside.calCom.wrongAddress')}
          onChange={(event) => change({ baseUrl: event.currentTarget.value.trim() })}
        />
      </SimpleGrid>
      {form.problem && <Problem>{form.problem}</Problem>}
      <Group justify="flex-end">
        <Button type="submit" loading={form.saving}>
          {t('app.save')}
        </Button>
      </Group>
    </form>
  );
};
