import { IconCheck, IconPhoneCall, IconPhoneRinging } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallEntry, Discharge } from '../../../src-main/contract/call-lists.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import classes from './calls.module.css';

/** How a call after discharge stands, in one line: who is at it, since when it waits, or when it was made. */
export const DischargeStand = ({ entry, stand }: { entry: CallEntry; stand: Discharge }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const now = useNow();
  const { dueAt, tries } = entry;
  if (stand.status === 'completed')
    return (
      <span className={classes['due']} data-due="false">
        <IconCheck size={14} aria-hidden="true" />
        {t('calls.discharge.made', { time: formats.time(tries[0]?.calledAt ?? dueAt, zone) })}
      </span>
    );
  if (stand.takenUntil !== null && Date.parse(stand.takenUntil) > now) {
    const Icon = stand.status === 'ringing' ? IconPhoneRinging : IconPhoneCall;
    return (
      <span className={classes['due']} data-taken={stand.mine ? 'here' : 'elsewhere'}>
        <Icon size={14} aria-hidden="true" />
        <strong>
          {t(
            stand.mine
              ? `calls.discharge.${stand.status === 'ringing' ? 'ringing' : 'speaking'}`
              : 'calls.discharge.elsewhere',
          )}
        </strong>
      </span>
    );
  }
  const isDue = Date.parse(dueAt) <= now;
  const again = tries.length > 0 ? 'calls.dueAt' : 'calls.discharge.dueAt';
  return (
    <span className={classes['due']} data-due={isDue} data-stale={stand.staleDays > 0}>
      <strong>
        {stand.staleDays > 0
          ? t('calls.discharge.stale', { count: stand.staleDays })
          : isDue
            ? t('calls.dueNow')
            : t(again, { when: formats.moment(dueAt, zone) })}
      </strong>
      {tries.length > 0 && <span className="soft"> · {t('calls.tries', { count: tries.length })}</span>}
    </span>
  );
};
