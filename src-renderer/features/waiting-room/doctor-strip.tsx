import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Waiting } from '../../../src-main/contract/appointment.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useNow } from '../../app/clock.ts';
import { useFormats } from '../../i18n/format.ts';
import { fullName } from '../../ui/person-name.tsx';
import { timesOf } from './waiting-line.ts';
import classes from './waiting-room.module.css';

type Room = CallOutput<'waitingRoom'>;

/** For each doctor of today how many wait and how long, whom to call next, and a filter. */
export const DoctorStrip = ({
  room,
  chosen,
  onChoose,
  onCall,
}: {
  room: Room;
  /** Null shows every doctor's patients. */
  chosen: string | null;
  onChoose: (doctorId: string | null) => void;
  onCall: (doctorId: string) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { clinic, doctors } = useClinic();
  const now = useNow();
  const all = [...room.here, ...room.expected];
  const shown = doctors
    .filter(({ id }) => id === chosen || all.some((line) => isOf(line, id)))
    .toSorted((a, b) => Number(nextOf(room, b.id) !== undefined) - Number(nextOf(room, a.id) !== undefined));
  if (shown.length === 0) return null;
  return (
    <ul className={classes['doctors']} aria-label={t('waitingRoom.who')}>
      {shown.map(({ id, name }) => {
        const times = room.here
          .filter((line) => isOf(line, id))
          .map((line) => timesOf(line, clinic.waitingLimitMinutes, now).waiting)
          .filter((minutes) => minutes !== null);
        const next = nextOf(room, id);
        return (
          <li key={id} data-chosen={id === chosen}>
            <UnstyledButton
              className={classes['doctor']}
              aria-pressed={id === chosen}
              onClick={() => onChoose(id === chosen ? null : id)}
            >
              <strong>{formats.name(name)}</strong>
              <span className="soft tabular">
                {times.length === 0
                  ? t('waitingRoom.nobodyWaits')
                  : `${t('waitingRoom.waits', { count: times.length })} · ${t('waitingRoom.longest', { count: Math.max(...times) })}`}
              </span>
            </UnstyledButton>
            {next && (
              <Button
                variant="default"
                size="compact-sm"
                title={fullName(next.appointment.patient)}
                onClick={() => onCall(id)}
              >
                {t('waitingRoom.callNext', { name: fullName(next.appointment.patient) })}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const isOf = ({ appointment }: Waiting, doctorId: string): boolean => appointment.doctorId === doctorId;

const nextOf = ({ next, here }: Room, doctorId: string): Waiting | undefined => {
  const id = next.find((one) => one.doctorId === doctorId)?.appointmentId;
  return here.find(({ appointment }) => appointment.id === id);
};
