import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffMember } from '../../../src-main/contract/staff.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { SessionList } from './session-list.tsx';
import { showCode, useSendsMail } from './show-code.ts';
import classes from './staff.module.css';
import { StateMark } from './state-mark.tsx';
import { useAttempt } from './use-attempt.ts';

/** How an account is signed in with: codes, unlocking, its end and its return, and where it is signed in. */
export const AccessPart = ({ member }: { member: StaffMember }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { zone } = useClinic();
  const { id: userId, name, state, lockedUntil } = member;
  const byMail = useSendsMail();
  const { busy, problem, attempt } = useAttempt();
  const unlock = () =>
    attempt(
      () => call('unlockStaff', { userId }),
      () => toast(t('staff.access.unlocked', { name })),
    );
  return (
    <section className={classes['access']} aria-labelledby="access-title">
      <Group justify="space-between">
        <h3 id="access-title">{t('staff.access.title')}</h3>
        <StateMark state={state} />
      </Group>
      <Text c="dimmed">
        {t(`staff.stateText.${state}`, { when: lockedUntil ? moment(lockedUntil, zone) : '' })}{' '}
        {(state === 'active' || state === 'locked') && t('staff.access.newPasswordHint')}
      </Text>
      {state === 'deactivated' ? (
        <Group>
          <Button
            loading={busy}
            onClick={() => void attempt(() => call('reactivateStaff', { userId, byMail }), showCode)}
          >
            {t('staff.access.reactivate')}
          </Button>
        </Group>
      ) : (
        <Group gap="sm">
          {state === 'locked' && (
            <Button disabled={busy} onClick={() => void unlock()}>
              {t('staff.access.unlock')}
            </Button>
          )}
          <Button
            variant="default"
            disabled={busy}
            onClick={() => void attempt(() => call('reissueCode', { userId, byMail }), showCode)}
          >
            {t(state === 'invited' ? 'staff.access.newInvitation' : 'staff.access.newPassword')}
          </Button>
          <Deactivate member={member} />
        </Group>
      )}
      {problem && <Problem>{problem}</Problem>}
      {state !== 'invited' && <SessionList userId={userId} />}
    </section>
  );
};

/** Asks once more, in the same place. */
const Deactivate = ({ member: { id: userId, name } }: { member: StaffMember }) => {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { busy, problem, attempt } = useAttempt();
  const deactivate = () =>
    attempt(
      () => call('deactivateStaff', { userId }),
      () => toast(t('staff.access.deactivated', { name })),
    );
  if (!asking)
    return (
      <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t('staff.access.deactivate')}
      </Button>
    );
  return (
    <div role="alertdialog" aria-labelledby="deactivate-ask" className={classes['asking']}>
      <p id="deactivate-ask">{t('staff.access.deactivateAsk', { name })}</p>
      <Group gap="sm">
        <Button color="red.8" loading={busy} onClick={() => void deactivate()}>
          {t('staff.access.deactivate')}
        </Button>
        <Button variant="default" data-autofocus ref={focusOnceHere} onClick={() => setAsking(false)}>
          {t('staff.access.keep')}
        </Button>
      </Group>
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
};

const focusOnceHere = (button: HTMLButtonElement | null): void => button?.focus();
