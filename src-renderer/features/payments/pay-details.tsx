import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { subtract } from '../../../src-main/contract/money.ts';
import { useKept } from '../../app/kept.ts';
import { useMoney } from '../../ui/money.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import classes from './payments.module.css';
import type { Take } from './use-take.ts';

/** What goes with a method: the change for cash, the slip's number for a card; a note; whether to print. */
export const PayDetails = ({ take, currency }: { take: Take; currency: string }) => {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes['details']}>
        {take.method === 'cash' ? (
          <Change currency={currency} minor={take.minor} />
        ) : (
          <TextInput
            label={t('payments.pay.reference')}
            maxLength={100}
            disabled={take.method === 'other'}
            value={take.reference}
            onChange={(event) => take.setReference(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('payments.pay.note')}
          maxLength={255}
          value={take.note}
          onChange={(event) => take.setNote(event.currentTarget.value)}
        />
      </div>
      <Checkbox
        label={t('payments.pay.print')}
        checked={take.print}
        onChange={(event) => take.setPrint(event.currentTarget.checked)}
      />
    </>
  );
};

/** The cash that was handed over and what goes back; for the eye only, and never saved. */
const Change = ({ currency, minor }: { currency: string; minor: number | null }) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const [given, setGiven] = useKept<number | null>('given', null);
  const change =
    given === null || minor === null ? null : subtract({ minor: given, currency }, { minor, currency });
  return (
    <div>
      <MoneyInput
        optional
        label={t('payments.pay.given')}
        currency={currency}
        initial={given}
        onAmount={setGiven}
      />
      <p className={classes['change']} aria-live="polite">
        {change !== null &&
          t(change.minor < 0 ? 'payments.pay.short' : 'payments.pay.change', {
            amount: money({ ...change, minor: Math.abs(change.minor) }),
          })}
      </p>
    </div>
  );
};
