import {
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { MailSecurity, MailSettings } from '../../../src-main/contract/mail.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { toast } from '../../app/toasts.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import { MailTest } from './mail-test.tsx';
import classes from './staff.module.css';
import { useAttempt } from './use-attempt.ts';

/** On this desk's page: the mail server by which codes go out from here. */
export const MailSection = () => {
  const { t } = useTranslation();
  const may = useMay('credentials.manage');
  const { data } = useLive('mailSettings', may ? {} : null, ['desk_settings']);
  if (!data) return null;
  return (
    <section className={classes['card']} aria-labelledby="mail-title">
      <h2 id="mail-title">{t('staff.mail.title')}</h2>
      <Stack gap="md">
        <p className="soft">{t('staff.mail.intro')}</p>
        <ServerForm key={JSON.stringify(data)} mail={data} />
        {data.settings && <MailTest sender={data.settings.sender} />}
      </Stack>
    </section>
  );
};

const none: MailSettings = { host: '', port: 587, security: 'starttls', user: '', sender: '' };
/** The usual port of each kind of encryption. */
const ports: Record<MailSecurity, number> = { tls: 465, starttls: 587, none: 25 };

const ServerForm = ({ mail: { settings, passwordSet } }: { mail: CallOutput<'mailSettings'> }) => {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const removal = useAttempt();
  const form = useForm({
    name: 'mail',
    initial: settings ?? none,
    schema: MailSettings,
    save: (input) => call('setMailSettings', { settings: input, ...(password === '' ? {} : { password }) }),
    onSaved: () => {
      setPassword('');
      toast(t('staff.mail.saved'));
    },
  });
  const { draft, change, wrong } = form;
  const remove = () =>
    removal.attempt(
      () => call('setMailSettings', { settings: null }),
      () => toast(t('staff.mail.removed')),
    );
  return (
    <form ref={form.form} onSubmit={form.submit} noValidate autoComplete="off">
      <Stack gap="md">
        <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
          <TextInput
            label={t('staff.mail.host')}
            value={draft.host}
            autoComplete="off"
            spellCheck={false}
            error={wrong('host') && t('staff.mail.wrongHost')}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
          <TextInput
            label={t('staff.mail.sender')}
            type="email"
            value={draft.sender}
            autoComplete="off"
            error={wrong('sender') && t('staff.form.wrongEmail')}
            onChange={(event) => change({ sender: event.currentTarget.value.trim() })}
          />
          <Select
            label={t('staff.mail.security')}
            data={MailSecurity.options.map((value) => ({
              value,
              label: t(`staff.mail.securities.${value}`),
            }))}
            value={draft.security}
            allowDeselect={false}
            onChange={(value) => {
              const security = MailSecurity.catch('starttls').parse(value);
              change({ security, port: ports[security] });
            }}
          />
          <NumberInput
            label={t('staff.mail.port')}
            min={1}
            max={65535}
            allowDecimal={false}
            thousandSeparator={false}
            value={draft.port}
            error={wrong('port') && t('staff.form.missing')}
            onChange={(value) => change({ port: Number(value) })}
          />
          <TextInput
            label={t('staff.mail.user')}
            description={t('staff.mail.userHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={draft.user}
            autoComplete="off"
            onChange={(event) => change({ user: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('staff.mail.password')}
            description={passwordSet && t('staff.mail.passwordSet')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={password}
            autoComplete="new-password"
            maxLength={500}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </SimpleGrid>
        {(form.problem ?? removal.problem) && <Problem>{form.problem ?? removal.problem}</Problem>}
        <Group justify="flex-end">
          {settings && (
            <Button variant="subtle" color="gray" disabled={removal.busy} onClick={() => void remove()}>
              {t('staff.mail.remove')}
            </Button>
          )}
          <Button type="submit" loading={form.saving}>
            {t('app.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
