import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { CallOutput } from '../../../src-main/contract/calls.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { dayIn, ruleWords } from '../../ui/series-words.ts';
import classes from './series.module.css';

/** Of an appointment that repeats: how, which one of them it is, and a way to change the series. */
export const PanelSeries = ({ appointment }: { appointment: Appointment }) =>
  appointment.seriesId === null ? null : <Series appointment={appointment} />;

const Series = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const mayWrite = useMay('schedule.write');
  const { data } = useLive('series', { appointmentId: appointment.id }, [
    'appointments',
    'appointment_series',
  ]);
  const open = ['scheduled', 'pending'].includes(appointment.status);
  const change = (): unknown => open && mayWrite && openDialog({ kind: 'changeSeries', appointment });
  useKeys({ changeSeries: change });
  if (!data) return null;
  return (
    <section className={classes['panel']} aria-labelledby="panel-series">
      <header>
        <h3 id="panel-series">{t('series.title')}</h3>
        {open && mayWrite && (
          <Button variant="subtle" size="compact-sm" onClick={change}>
            {t('series.change.open')}
          </Button>
        )}
      </header>
      <Facts series={data} appointment={appointment} />
    </section>
  );
};

const Facts = ({ series, appointment }: { series: CallOutput<'series'>; appointment: Appointment }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { rule, appointments } = series;
  const [first] = appointments;
  const standing = appointments.filter(({ status }) => status !== 'cancelled');
  const number = standing.findIndex(({ id }) => id === appointment.id) + 1;
  return (
    <p>
      {rule && first && ruleWords(t, formats, rule, dayIn(first.start, zoneOf(first.locationId)))}
      {number > 0 && <span className="soft"> · {t('series.ofMany', { number, all: standing.length })}</span>}
    </p>
  );
};
