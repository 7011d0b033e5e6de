import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { AlertLines } from '../../ui/alert-icons.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { shownStatus } from '../../ui/shown-status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { DateText, TimeText } from '../../ui/time-text.tsx';

/** Who, when, with whom, what for, how to reach them, and what to notice. */
export const AppointmentFacts = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone, doctors, locations } = useClinic();
  const { patient } = appointment;
  const doctor = doctors.find(({ id }) => id === appointment.doctorId);
  const room = locations.flatMap(({ rooms }) => rooms).find(({ id }) => id === appointment.roomId);
  const phone = patient.phone ?? patient.owner?.phone;
  return (
    <>
      <header className="panel-head">
        <h2>{fullName(patient)}</h2>
        {patient.species && (
          <p className="soft">
            {[patient.species, patient.breed, patient.owner?.name].filter(Boolean).join(' · ')}
          </p>
        )}
        <StatusBadge status={shownStatus(appointment)} boxed />
      </header>
      <AlertLines appointment={appointment} />
      <dl className="facts panel-facts">
        <Fact label={t('board.panel.when')}>
          <span className="tabular">
            {formats.moment(appointment.start, zone)}–{formats.time(appointment.end, zone)}
          </span>
        </Fact>
        {doctor && <Fact label={t('board.panel.doctor')}>{formats.name(doctor.name)}</Fact>}
        {room && <Fact label={t('board.panel.room')}>{formats.name(room.name)}</Fact>}
        {appointment.visitType && (
          <Fact label={t('board.panel.visit')}>{formats.name(appointment.visitType)}</Fact>
        )}
        {appointment.reason && <Fact label={t('board.panel.reason')}>{appointment.reason}</Fact>}
        {phone && (
          <Fact label={t('board.panel.phone')}>
            <Anchor className="tabular" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
              {phone}
            </Anchor>
          </Fact>
        )}
        {patient.dateOfBirth && (
          <Fact label={t('board.panel.born')}>
            <DateText day={patient.dateOfBirth} /> <Age born={patient.dateOfBirth} />
          </Fact>
        )}
        {appointment.notes && <Fact label={t('board.panel.notes')}>{appointment.notes}</Fact>}
        {appointment.cancellationReason && (
          <Fact label={t('board.panel.cancelled')}>{appointment.cancellationReason}</Fact>
        )}
      </dl>
      <Course appointment={appointment} />
    </>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
);

const Age = ({ born }: { born: string }) => {
  const { t } = useTranslation();
  const { today } = useClinic();
  const age = Temporal.PlainDate.from(born).until(today, { largestUnit: 'years' });
  const text =
    age.years >= 2
      ? t('app.years', { count: age.years })
      : t('app.months', { count: 12 * age.years + age.months });
  return <span className="soft">({text})</span>;
};

const stages = [
  ['arrived', 'arrivedAt'],
  ['ready', 'readyAt'],
  ['in_room', 'inRoomAt'],
  ['completed', 'completedAt'],
] as const;

/** When each stage of the visit was reached. */
const Course = ({ appointment }: { appointment: Appointment }) => {
  const reached = stages.flatMap(([status, key]) => {
    const at = appointment[key];
    return at ? [{ status, at }] : [];
  });
  if (reached.length === 0) return null;
  return (
    <ol className="panel-course">
      {reached.map(({ status, at }) => (
        <li key={status}>
          <StatusBadge status={status} />
          <TimeText at={at} />
        </li>
      ))}
    </ol>
  );
};
