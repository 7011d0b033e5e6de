import { Button, Checkbox, Group, NumberInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StaffRole } from '../../../src-main/contract/session.ts';
import { SecurityPolicy } from '../../../src-main/contract/staff.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { toast } from '../../app/toasts.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './staff.module.css';

/** When screens lock by themselves, and who needs a second factor. */
export const SecuritySection = () => {
  const { t } = useTranslation();
  const { data } = useLive('securityPolicy', {}, ['clinics']);
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('staff.security.title')}</h2>
      </div>
      {data && <PolicyForm key={JSON.stringify(data)} policy={data} />}
    </div>
  );
};

const PolicyForm = ({ policy }: { policy: SecurityPolicy }) => {
  const { t } = useTranslation();
  const form = useForm({
    name: 'security',
    initial: policy,
    schema: SecurityPolicy,
    save: (set) => call('setSecurityPolicy', { set }),
    onSaved: () => toast(t('staff.security.saved')),
  });
  const { draft, change } = form;
  return (
    <form ref={form.form} className={classes['card']} onSubmit={form.submit} noValidate>
      <Stack gap="lg">
        <NumberInput
          label={t('staff.security.idle')}
          description={t('staff.security.idleHint')}
          suffix={` ${t('staff.security.minutes')}`}
          min={1}
          max={60}
          allowDecimal={false}
          maw={360}
          value={draft.idleMinutes}
          error={form.wrong('idleMinutes') && t('staff.form.missing')}
          onChange={(value) => change({ idleMinutes: Number(value) })}
        />
        <Checkbox.Group
          label={t('staff.security.factor')}
          description={t('staff.security.factorHint')}
          value={draft.secondFactorRoles}
          onChange={(roles) =>
            change({ secondFactorRoles: StaffRole.options.filter((role) => roles.includes(role)) })
          }
        >
          <Stack gap="xs" mt="sm">
            {StaffRole.options.map((role) => (
              <Checkbox key={role} value={role} label={t(`signIn.roles.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
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
