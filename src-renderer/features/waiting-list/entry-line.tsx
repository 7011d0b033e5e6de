import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WaitingListEntry } from '../../../src-main/contract/waiting-list.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { fullName, PersonName } from '../../ui/person-name.tsx';
import classes from './waiting-list.module.css';

/** Who waits: name, phone, what they have now and what they wish. */
export const EntryLine = ({ entry }: { entry: WaitingListEntry }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { patient, appointment } = entry;
  const phone = patient.phone ?? patient.owner?.phone;
  const has = appointment
    ? t('waitingList.has', {
        when: formats.moment(appointment.start, zoneOf(appointment.locationId)),
        doctor: formats.name(appointment.doctorName),
      })
    : t('waitingList.hasNone');
  return (
    <div className={classes['line']}>
      <p>
        <strong>
          <PersonName patient={patient} />
        </strong>
        {entry.urgent && <span className={classes['urgent']}>{t('waitingList.urgent')}</span>}
      </p>
      <p>
        {phone ? (
          <Anchor
            className="tabular"
            href={`tel:${phone.replace(/[^+\d]/g, '')}`}
            aria-label={t('waitingList.call', { name: fullName(patient) })}
          >
            {phone}
          </Anchor>
        ) : (
          <span className="soft">{t('waitingList.noPhone')}</span>
        )}
        <span className="soft tabular"> · {has}</span>
      </p>
      <Wishes entry={entry} />
    </div>
  );
};

/** What they wish, as far as it says something; and their notes. */
export const Wishes = ({ entry }: { entry: WaitingListEntry }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors, specialties, locations, zone } = useClinic();
  const doctor = doctors.find(({ id }) => id === entry.doctorId);
  const specialty = specialties.find(({ id }) => id === entry.specialtyId);
  const place = locations.length > 1 && locations.find(({ id }) => id === entry.locationId);
  const words = [
    doctor
      ? formats.name(doctor.name)
      : specialty
        ? formats.name(specialty.name)
        : t('waitingList.anyDoctor'),
    place && formats.name(place.name),
    entry.visitType && formats.name(entry.visitType),
    entry.minutes !== null && t('app.minutes', { count: entry.minutes }),
    entry.partOfDay !== 'any' && t(`waitingList.entry.parts.${entry.partOfDay}`),
    entry.earliestDay && `${t('waitingList.entry.from')} ${formats.day(entry.earliestDay)}`,
    entry.latestDay && `${t('waitingList.entry.until')} ${formats.day(entry.latestDay)}`,
    t('waitingList.since', { when: formats.dayOf(entry.since, zone) }),
  ];
  return (
    <>
      <p className="soft">{words.filter(Boolean).join(' · ')}</p>
      {entry.notes && <p>{entry.notes}</p>}
    </>
  );
};
