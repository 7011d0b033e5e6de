import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { shownStatus } from '../../ui/shown-status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './patients.module.css';

/** A patient's appointments, each in the time zone of the place where it is. */
export const Visits = ({ appointments, none }: { appointments: readonly Appointment[]; none: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, locations, zoneOf } = useClinic();
  if (appointments.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className={classes['visits']}>
      {appointments.map((appointment) => {
        const doctor = doctors.find(({ id }) => id === appointment.doctorId);
        const place = locations.find(({ id }) => id === appointment.locationId);
        const what = appointment.reason ?? (appointment.visitType && formats.name(appointment.visitType));
        return (
          <li key={appointment.id}>
            <time dateTime={appointment.start}>
              {formats.momentWithYear(appointment.start, zoneOf(appointment.locationId))}
            </time>
            <span>
              {what ?? t('patients.page.none')}
              {doctor && <span className="soft"> · {formats.name(doctor.name)}</span>}
              {place && locations.length > 1 && <span className="soft"> · {formats.name(place.name)}</span>}
            </span>
            <StatusBadge status={shownStatus(appointment)} />
          </li>
        );
      })}
    </ul>
  );
};
