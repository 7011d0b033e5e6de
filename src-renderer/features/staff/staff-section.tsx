import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StaffMember } from '../../../src-main/contract/staff.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import classes from './staff.module.css';
import { StateMark } from './state-mark.tsx';
import { STAFF_TABLES } from './tables.ts';

/** Who signs in, what they are, and since when they were last here; or, in an open clinic, how that begins. */
export const StaffSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('staff', {}, STAFF_TABLES);
  const me = useLive('me', {}, ['users']).data?.userId;
  if (!data) return null;
  const { open, members } = data;
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('staff.list.title')}</h2>
        {!open && (
          <Button onClick={() => openDialog({ kind: 'staffMember' })}>{t('staff.list.invite')}</Button>
        )}
      </div>
      {open && (
        <EmptyState
          title={t('staff.open.title')}
          text={t('staff.open.text')}
          action={
            <Button onClick={() => openDialog({ kind: 'firstAdministrator' })}>{t('staff.open.add')}</Button>
          }
        />
      )}
      {!open && (
        <ul className={`${classes['card']} ${classes['members']}`}>
          {members.map((member) => (
            <Member key={member.id} member={member} isMe={member.id === me} />
          ))}
        </ul>
      )}
      {!open && members.length === 1 && (
        <EmptyState title={t('staff.list.none')} text={t('staff.list.noneHint')} />
      )}
    </div>
  );
};

const Member = ({ member, isMe }: { member: StaffMember; isMe: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone, doctors } = useClinic();
  const { name, email, role, state, lastLoginAt, secondFactor, doctorId } = member;
  const doctor = doctors.find(({ id }) => id === doctorId);
  const facts = [
    t(`signIn.roles.${role}`),
    doctor && t('staff.list.doctor', { name: formats.name(doctor.name) }),
    secondFactor && t('staff.list.secondFactor'),
  ].filter(Boolean);
  return (
    <li>
      <span className={classes['who']}>
        <span>
          <strong>{name}</strong>
          {isMe && <span className="soft"> ({t('staff.list.you')})</span>}
        </span>
        <span className="soft">{email}</span>
      </span>
      <span className={classes['seen']}>
        <span>{facts.join(' · ')}</span>
        <span className="soft tabular">
          {lastLoginAt === null
            ? t('staff.list.neverIn')
            : t('staff.list.lastLogin', { when: formats.momentWithYear(lastLoginAt, zone) })}
        </span>
      </span>
      <StateMark state={state} />
      <Button
        variant="subtle"
        size="compact-md"
        aria-label={`${t('staff.list.open')}: ${name}`}
        onClick={() => openDialog({ kind: 'staffMember', member })}
      >
        {t('staff.list.open')}
      </Button>
    </li>
  );
};
