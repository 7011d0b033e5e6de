import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconClockHour4, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Appointment, Waiting } from '../../../src-main/contract/appointment.ts';
import { useAppointmentActions } from '../../app/appointment-actions.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { punctuality } from '../../app/punctuality.ts';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { fullName, PersonName } from '../../ui/person-name.tsx';
import { shownStatus } from '../../ui/shown-status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { nextStep, timesOf } from './waiting-line.ts';
import classes from './waiting-room.module.css';

/** A person in the waiting room: time, name, for whom and where, how long, and the next step as a button. */
export const WaitingItem = ({
  line,
  active,
  onChoose,
}: {
  line: Waiting;
  active: boolean;
  onChoose: () => void;
}) => {
  const formats = useFormats();
  const { location } = useClinic();
  const { appointment, doctorName } = line;
  const room = location.rooms.find(({ id }) => id === appointment.roomId);
  const status = shownStatus(appointment);
  const visit = appointment.reason ?? (appointment.visitType && formats.name(appointment.visitType));
  return (
    <li className={classes['line']} data-status={status}>
      <UnstyledButton
        className={classes['choice']}
        data-line={appointment.id}
        aria-current={active}
        tabIndex={active ? 0 : -1}
        onFocus={onChoose}
        onClick={onChoose}
      >
        <span className={classes['time']}>
          <TimeText at={appointment.start} />
        </span>
        <span className={classes['who']}>
          <strong>
            <PersonName patient={appointment.patient} />
          </strong>
          <span className="soft">
            {formats.name(doctorName)}
            {room && ` · ${formats.name(room.name)}`}
            {visit && ` · ${visit}`}
          </span>
          <Marks appointment={appointment} />
        </span>
        <span className={classes['state']}>
          <StatusBadge status={status} />
          <HowLong line={line} />
        </span>
      </UnstyledButton>
      <Next line={line} active={active} />
    </li>
  );
};

/** What the desk should know of somebody: no appointment, came early or late. */
const Marks = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const { type, status, start, arrivedAt } = appointment;
  const isHere = status === 'arrived' || status === 'ready';
  const off = isHere && type !== 'walk_in' && arrivedAt ? punctuality(start, Date.parse(arrivedAt)) : null;
  const marks = [
    type === 'walk_in' && t('waitingRoom.walkIn'),
    off && t(off.came === 'early' ? 'waitingRoom.cameEarly' : 'waitingRoom.cameLate', { count: off.count }),
  ].filter(Boolean);
  return marks.length > 0 && <span className="soft">{marks.join(' · ')}</span>;
};

/** The minutes, going on by themselves; late and over the limit in words. */
const HowLong = ({ line }: { line: Waiting }) => {
  const { t } = useTranslation();
  const { clinic } = useClinic();
  const { waiting, inRoom, late, overLimit } = timesOf(line, clinic.waitingLimitMinutes, useNow());
  if (overLimit && waiting !== null) {
    return (
      <span className={classes['over']}>
        <IconAlertTriangle size={14} aria-hidden="true" />
        {t('waitingRoom.waiting', { count: waiting })},{' '}
        {t('waitingRoom.overLimit', { limit: clinic.waitingLimitMinutes })}
      </span>
    );
  }
  if (waiting !== null) return <span>{t('waitingRoom.waiting', { count: waiting })}</span>;
  if (inRoom !== null) return <span>{t('waitingRoom.inRoom', { count: inRoom })}</span>;
  if (late === null) return null;
  return (
    <span className={classes['late']}>
      <IconClockHour4 size={14} aria-hidden="true" />
      {t('waitingRoom.late', { count: late })}
    </span>
  );
};

/** The usual next step, as a button for the mouse. */
const Next = ({ line: { appointment }, active }: { line: Waiting; active: boolean }) => {
  const { t } = useTranslation();
  const actions = useAppointmentActions();
  const to = nextStep(appointment.status);
  if (!to || to === 'scheduled' || to === 'left') return <span />;
  const go = (): unknown =>
    to === 'arrived' ? actions.checkIn(appointment) : actions.moveOn(appointment, to);
  const asks = (to === 'ready' || to === 'in_room') && appointment.alerts.contactDue;
  return (
    <span className={classes['next']}>
      <Button
        variant={active ? 'filled' : 'default'}
        size="compact-md"
        tabIndex={active ? 0 : -1}
        onClick={go}
      >
        {t(`waitingRoom.step.${to}`)}
        <span className="sr-only"> {fullName(appointment.patient)}</span>
      </Button>
      {asks && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPhone size={14} aria-hidden="true" />}
          tabIndex={active ? 0 : -1}
          onClick={() => openDialog({ kind: 'confirmContact', appointment, details: {} })}
        >
          {t('waitingRoom.askContact')}
          <span className="sr-only"> {fullName(appointment.patient)}</span>
        </Button>
      )}
    </span>
  );
};
