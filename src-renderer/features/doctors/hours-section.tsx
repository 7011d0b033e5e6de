import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DoctorProfile } from '../../../src-main/contract/clinic.ts';
import type { WorkingStretch, WorkingWeek } from '../../../src-main/contract/schedules.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useMay } from '../../app/rights.ts';
import { useFormats } from '../../i18n/format.ts';
import classes from './doctors.module.css';
import { weekFrom } from './hours-draft.ts';
import { HoursEditor } from './hours-editor.tsx';
import { useWeekday } from './weekday.ts';

/** The weekly hours that hold now and those to come, and their editor. */
export const HoursSection = ({ doctor }: { doctor: DoctorProfile }) => {
  const { t } = useTranslation();
  const mayPlan = useMay('schedule.plan');
  const { data } = useLive('workingHours', { doctorId: doctor.id }, ['schedule_templates']);
  const [editing, setEditing] = useKept(`hours ${doctor.id}`, false);
  if (!data) return null;
  const isEmpty = data.weeks.length === 0;
  return (
    <section className={classes['card']} aria-labelledby="doctor-hours">
      <div className={classes['cardHead']}>
        <h2 id="doctor-hours">{t('doctors.hours.title')}</h2>
        {mayPlan && !editing && (
          <Button variant={isEmpty ? 'filled' : 'subtle'} size="compact-md" onClick={() => setEditing(true)}>
            {isEmpty ? t('doctors.hours.plan') : t('doctors.hours.change')}
          </Button>
        )}
      </div>
      {editing && <HoursEditor doctor={doctor} weeks={data.weeks} onClose={() => setEditing(false)} />}
      {!editing && isEmpty && <p className="soft">{t('doctors.hours.empty')}</p>}
      {!editing && data.weeks.map((week) => <Week key={week.from} week={week} />)}
    </section>
  );
};

const Week = ({ week }: { week: WorkingWeek }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const weekday = useWeekday();
  const { clinic, today } = useClinic();
  const lengths = [...new Set(week.stretches.map(({ slotMinutes }) => slotMinutes))];
  const from = formats.day(week.from);
  const title =
    week.until !== null
      ? t('doctors.hours.between', { from, until: formats.day(week.until) })
      : week.from <= today
        ? t('doctors.hours.since', { from })
        : t('doctors.hours.from', { from });
  return (
    <div className={classes['week']}>
      <h3>
        {title}
        <span className="soft">
          {' '}
          · {t('doctors.hours.slots', { minutes: formats.list(lengths.map(String)) })}
        </span>
      </h3>
      <dl className={classes['days']}>
        {weekFrom(clinic.firstWeekday).map((day) => (
          <Day
            key={day}
            name={weekday(day)}
            stretches={week.stretches.filter((one) => one.weekday === day)}
          />
        ))}
      </dl>
    </div>
  );
};

const Day = ({ name, stretches }: { name: string; stretches: readonly WorkingStretch[] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { locations } = useClinic();
  const whereOf = ({ locationId, roomId }: WorkingStretch): string => {
    const place = locations.find(({ id }) => id === locationId);
    const room = place?.rooms.find(({ id }) => id === roomId);
    const where = [
      locations.length > 1 && place && formats.name(place.name),
      room && formats.name(room.name),
    ];
    return where.filter(Boolean).join(' · ');
  };
  // A place is said once for the hours that follow one another there.
  const said = stretches.map((stretch, index) => {
    const next = stretches[index + 1];
    const where = next && whereOf(next) === whereOf(stretch) ? '' : whereOf(stretch);
    return [`${stretch.starts}–${stretch.ends}`, where].filter(Boolean).join(' · ');
  });
  return (
    <>
      <dt>{name}</dt>
      <dd className={stretches.length > 0 ? 'tabular' : 'soft'}>
        {said.length > 0 ? said.join(', ') : t('doctors.hours.free')}
      </dd>
    </>
  );
};
