import { UnstyledButton } from '@mantine/core';
import { IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallEntry } from '../../../src-main/contract/call-lists.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import { PersonName } from '../../ui/person-name.tsx';
import classes from './calls.module.css';
import { DischargeStand } from './discharge-stand.tsx';

/** Somebody on a call list: who, why, the number, and when the call is due. */
export const CallLine = ({
  entry,
  active,
  onChoose,
}: {
  entry: CallEntry;
  active: boolean;
  onChoose: () => void;
}) => {
  const { t } = useTranslation();
  const { phone } = entry;
  const Icon = phone ? IconPhone : IconPhoneOff;
  return (
    <li>
      <UnstyledButton
        className={classes['line']}
        data-call={entry.id}
        data-made={entry.discharge?.status === 'completed'}
        aria-current={active}
        tabIndex={active ? 0 : -1}
        onFocus={onChoose}
        onClick={onChoose}
      >
        <span className={classes['who']}>
          <strong>
            <PersonName patient={entry.patient} />
          </strong>
          <What entry={entry} />
        </span>
        <span className={classes['when']}>
          <span className={classes['phone']}>
            <Icon size={14} aria-hidden="true" />
            {phone ?? t('calls.noPhone')}
          </span>
          {entry.discharge ? <DischargeStand entry={entry} stand={entry.discharge} /> : <Due entry={entry} />}
        </span>
      </UnstyledButton>
    </li>
  );
};

/** What the call is about, in one line. */
const What = ({ entry }: { entry: CallEntry }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const parts = [
    entry.list === 'recall' && entry.reason,
    entry.dueOn && t('calls.script.dueOn', { day: formats.day(entry.dueOn) }),
    entry.discharge?.reason,
    entry.discharge?.consultedAt && formats.moment(entry.discharge.consultedAt, zoneOf(null)),
    entry.start && formats.moment(entry.start, zoneOf(entry.locationId)),
    entry.doctorName && formats.name(entry.doctorName),
    entry.list === 'confirmation' && entry.visitType && formats.name(entry.visitType),
  ];
  return <span className="soft">{parts.filter(Boolean).join(' · ')}</span>;
};

const Due = ({ entry: { dueAt, tries } }: { entry: CallEntry }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const isDue = Date.parse(dueAt) <= useNow();
  return (
    <span className={classes['due']} data-due={isDue}>
      <strong>{isDue ? t('calls.dueNow') : t('calls.dueAt', { when: formats.moment(dueAt, zone) })}</strong>
      {tries.length > 0 && <span className="soft"> · {t('calls.tries', { count: tries.length })}</span>}
    </span>
  );
};
