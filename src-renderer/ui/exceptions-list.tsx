import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import type { ScheduleException } from '../../src-main/contract/schedules.ts';
import { call } from '../api/client.ts';
import { useLive } from '../api/live.ts';
import { useClinic } from '../app/clinic-data.tsx';
import { useErrorText } from '../app/messages.ts';
import { useMay } from '../app/rights.ts';
import { openDialog } from '../app/screen.ts';
import { toast, toastProblem } from '../app/toasts.tsx';
import { type Formats, useFormats } from '../i18n/format.ts';
import classes from './exceptions-list.module.css';

const TABLES = ['schedule_exceptions', 'appointments'];

/**
 * What departs from the weekly hours in the coming year: of a doctor, closed days of the locations included, or the
 * closed days and blocks of a location. Each with the appointments that are still to be moved out of it.
 */
export const ExceptionsList = ({
  doctorId,
  locationId,
  none,
}: {
  doctorId?: string;
  locationId?: string;
  none: string;
}) => {
  const { today, zone } = useClinic();
  const first = Temporal.PlainDate.from(today);
  const input = {
    from: startOf(first, zone),
    to: startOf(first.add({ years: 1 }), zone),
    ...(doctorId ? { doctorId } : {}),
    ...(locationId ? { locationId } : {}),
  };
  const { data } = useLive('exceptions', input, TABLES);
  const own = data?.filter((one) => doctorId !== undefined || one.doctorId === null);
  if (!own) return null;
  if (own.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className={classes['list']}>
      {own.map((exception) => (
        <Line
          key={exception.id}
          exception={exception}
          mayRemove={doctorId === undefined || exception.doctorId !== null}
        />
      ))}
    </ul>
  );
};

const startOf = (day: Temporal.PlainDate, zone: string): string =>
  new Date(day.toZonedDateTime(zone).epochMilliseconds).toISOString();

const Line = ({ exception, mayRemove }: { exception: ScheduleException; mayRemove: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone, zoneOf, locations } = useClinic();
  const errorText = useErrorText();
  const mayPlan = useMay('schedule.plan');
  const when = whenOf(exception, zoneOf(exception.locationId), formats);
  const place = locations.find(({ id }) => id === exception.locationId);
  const what = `${t(`doctors.away.kind.${exception.kind}`)} · ${when}`;

  const remove = async (): Promise<void> => {
    const answer = await call('removeException', { exceptionId: exception.id });
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    toast(t('doctors.away.removed', { what }));
  };
  const move = async (): Promise<void> => {
    const answer = await call('affectedAppointments', { exceptionId: exception.id });
    if (!answer.ok) return toastProblem(errorText(answer.error, zone));
    openDialog({
      kind: 'affected',
      title: t('doctors.away.affectedTitle', { what }),
      affected: answer.value,
    });
  };
  const facts = [exception.reason, locations.length > 1 && place && formats.name(place.name)].filter(Boolean);
  return (
    <li>
      <span className={classes['what']}>
        <strong>{t(`doctors.away.kind.${exception.kind}`)}</strong>
        <span className="tabular">{when}</span>
        {facts.length > 0 && <span className="soft">{facts.join(' · ')}</span>}
      </span>
      {exception.affected > 0 && (
        <Button variant="light" size="compact-md" onClick={() => void move()}>
          {t('doctors.away.toMove', { count: exception.affected })}
        </Button>
      )}
      {exception.source !== null && (
        <span className="soft">
          {t('outside.removedThere', { source: t(`outside.source.${exception.source}`) })}
        </span>
      )}
      {mayPlan && mayRemove && exception.source === null && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          aria-label={`${t('doctors.away.remove')}: ${what}`}
          onClick={() => void remove()}
        >
          {t('doctors.away.remove')}
        </Button>
      )}
    </li>
  );
};

/** Whole days as days, anything else with its times. */
const whenOf = ({ start, end }: ScheduleException, zone: string, formats: Formats): string => {
  const at = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const [first, last] = [at(start), at(end)];
  const isWhole = [first, last].every((moment) => moment.equals(moment.startOfDay()));
  const firstDay = first.toPlainDate();
  if (!isWhole) {
    const sameDay = firstDay.equals(last.toPlainDate());
    return `${formats.moment(start, zone)}–${sameDay ? formats.time(end, zone) : formats.moment(end, zone)}`;
  }
  const lastDay = last.toPlainDate().subtract({ days: 1 });
  const days = [firstDay, lastDay].map((day) => formats.day(day.toString()));
  return firstDay.equals(lastDay) ? (days[0] ?? '') : days.join(' – ');
};
