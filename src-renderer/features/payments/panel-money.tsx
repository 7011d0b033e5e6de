import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { useLive } from '../../api/live.ts';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useKeys } from '../../app/use-keys.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { BalanceLine } from './balance-line.tsx';
import { PaymentList } from './payment-list.tsx';
import classes from './payments.module.css';
import { MONEY_TABLES } from './tables.ts';

/** The money of the chosen appointment: fee, paid, due, and its receipts. */
export const PanelMoney = ({ appointment }: { appointment: Appointment }) => {
  const { t } = useTranslation();
  const mayTake = useMay('payments.write');
  const { data } = useLive('account', { appointmentId: appointment.id }, MONEY_TABLES);
  const account = data?.appointmentId === appointment.id ? data : undefined;
  const isHeld = appointment.status === 'held';
  const open = (kind: 'pay' | 'fee'): unknown =>
    !isHeld && mayTake && account !== undefined && openDialog({ kind, appointment, account });
  const pay = (): unknown => open('pay');
  const changeFee = (): unknown => open('fee');
  useKeys({ pay, changeFee });
  if (!account || isHeld) return null;
  const due = account.balances[0]?.due ?? 0;
  const urgent = due > 0 && appointment.status === 'completed';
  return (
    <section className={classes['panel']} aria-labelledby="panel-money">
      <header>
        <h3 id="panel-money">{t('payments.panel.title')}</h3>
        {mayTake && (
          <Button variant="subtle" size="compact-sm" onClick={changeFee}>
            {t('payments.panel.changeFee')}
          </Button>
        )}
      </header>
      <BalanceLine account={account} />
      {mayTake && (due > 0 || account.fee === null) && (
        <Button
          fullWidth
          size={urgent ? 'md' : 'sm'}
          variant={urgent ? 'filled' : 'default'}
          justify={urgent ? 'center' : 'space-between'}
          rightSection={urgent ? undefined : <KeyHint keyName="pay" />}
          onClick={pay}
        >
          {t('payments.panel.take')}
          {urgent && <KeyHint keyName="pay" />}
        </Button>
      )}
      {account.payments.length > 0 && (
        <PaymentList payments={account.payments} patientName={fullName(appointment.patient)} />
      )}
    </section>
  );
};
