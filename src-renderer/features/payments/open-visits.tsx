import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Takings } from '../../../src-main/contract/payment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import { fullName, PersonName } from '../../ui/person-name.tsx';
import { openPay } from './open-pay.ts';
import classes from './payments.module.css';

/** Visits of the day that still owe something, with their payment one click away. */
export const OpenVisits = ({ visits }: { visits: Takings['open'] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { zoneOf } = useClinic();
  const mayTake = useMay('payments.write');
  return (
    <section className={classes['card']} aria-labelledby="open-visits">
      <header>
        <h2 id="open-visits">{t('payments.day.open')}</h2>
      </header>
      {visits.length === 0 && <p className="soft">{t('payments.day.noOpen')}</p>}
      <ul className={classes['open']}>
        {visits.map(({ appointmentId, patient, start, locationId, doctorName, due }) => (
          <li key={appointmentId}>
            <span className={classes['what']}>
              <strong>
                <PersonName patient={patient} />
              </strong>
              <span className="soft">
                <time dateTime={start}>{formats.time(start, zoneOf(locationId))}</time> ·{' '}
                {formats.name(doctorName)}
              </span>
            </span>
            <span className={classes['sum']}>{money(due)}</span>
            {mayTake && (
              <Button variant="default" size="compact-sm" onClick={() => void openPay(appointmentId)}>
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
