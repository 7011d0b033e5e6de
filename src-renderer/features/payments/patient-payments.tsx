import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../src-main/contract/patient.ts';
import type { PatientBalance } from '../../../src-main/contract/payment.ts';
import { useLive } from '../../api/live.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { useKeys } from '../../app/use-keys.ts';
import { useFormats } from '../../i18n/format.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useMoney } from '../../ui/money.ts';
import { fullName } from '../../ui/person-name.tsx';
import { BalanceLine } from './balance-line.tsx';
import { openPay } from './open-pay.ts';
import { PaymentList } from './payment-list.tsx';
import classes from './payments.module.css';
import { MONEY_TABLES } from './tables.ts';

type Visit = PatientBalance['visits'][number];

/** What a patient owes, and every payment by appointment. `P` pays what has been owed the longest. */
export const PatientPayments = ({ patient }: { patient: Patient }) => {
  const { t } = useTranslation();
  const mayTake = useMay('payments.write');
  const { data } = useLive('patientBalance', { patientId: patient.id }, MONEY_TABLES);
  const owed = data?.visits.findLast(({ account }) => (account.balances[0]?.due ?? 0) > 0);
  useKeys({ pay: () => mayTake && owed !== undefined && void openPay(owed.appointmentId) });
  if (!data) return null;
  return (
    <section className={classes['card']} aria-labelledby="patient-payments">
      <header>
        <h2 id="patient-payments">{t('payments.patient.title')}</h2>
        {mayTake && owed && (
          <Button size="compact-md" onClick={() => void openPay(owed.appointmentId)}>
            {t('payments.panel.take')}
            <KeyHint keyName="pay" />
          </Button>
        )}
      </header>
      <Balances balances={data.balances} />
      {data.visits.length === 0 && <p className="soft">{t('payments.patient.none')}</p>}
      <ul className={classes['visits']}>
        {data.visits.map((visit) => (
          <VisitMoney key={visit.appointmentId} visit={visit} patientName={fullName(patient)} />
        ))}
      </ul>
    </section>
  );
};

const Balances = ({ balances }: Pick<PatientBalance, 'balances'>) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  if (balances.length === 0) return <p>{t('payments.patient.even')}</p>;
  return balances.map(({ minor, currency }) => (
    <p key={currency} className={classes['owes']} data-open={minor > 0 || undefined}>
      {t(minor > 0 ? 'payments.patient.owes' : 'payments.patient.has', {
        amount: money({ minor: Math.abs(minor), currency }),
      })}
    </p>
  ));
};

const VisitMoney = ({ visit, patientName }: { visit: Visit; patientName: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const mayTake = useMay('payments.write');
  const { account, start, locationId, visitType, doctorName } = visit;
  const open = (account.balances[0]?.due ?? 0) > 0;
  return (
    <li>
      <header>
        <span>
          <time dateTime={start}>{formats.momentWithYear(start, zoneOf(locationId))}</time>
          <span className="soft">
            {' '}
            {[visitType && formats.name(visitType), formats.name(doctorName)].filter(Boolean).join(' · ')}
          </span>
        </span>
        {open && mayTake && (
          <Button variant="default" size="compact-sm" onClick={() => void openPay(visit.appointmentId)}>
            {t('payments.panel.take')}
          </Button>
        )}
      </header>
      <BalanceLine account={account} />
      {account.payments.length > 0 && <PaymentList payments={account.payments} patientName={patientName} />}
    </li>
  );
};
