import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Takings } from '../../../src-main/contract/payment.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import { fullName, PersonName } from '../../ui/person-name.tsx';
import classes from './payments.module.css';

/** Visits of the day that still owe something, with their payment one click away. */
export const OpenVisits = ({ visits }: { visits: Takings['open'] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { zoneOf } = useClinic();
  const mayTake = useMay('payments.write');
  const pay = async (appointmentId: string): Promise<void> => {
    const answer = await call('appointment', { appointmentId });
    if (answer.ok) openDialog({ kind: 'pay', appointment: answer.value });
  };
  return (
    <section className={classes['card']} aria-labelledby="open-visits">
      <header>
        <h2 id="open-visits">{t('payments.day.open')}</h2>
      </header>
      {visits.length === 0 && <p className="soft">{t('payments.day.noOpen')}</p>}
      <ul className={classes['open']}>
        {visits.map(({ appointmentId, patient, start, locationId, doctorName, due }) => (
          <li key={appointmentId}>
            <time dateTime={start}>{formats.time(start, zoneOf(locationId))}</time>
            <span>
              <PersonName patient={patient} />
              <span className="soft"> · {formats.name(doctorName)}</span>
            </span>
            <span className={classes['sum']}>{money(due)}</span>
            {mayTake && (
              <Button variant="default" size="compact-sm" onClick={() => void pay(appointmentId)}>
                {t('payments.panel.take')}
                <span className="sr-only"> {fullName(patient)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
