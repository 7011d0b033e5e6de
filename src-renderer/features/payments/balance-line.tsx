import { useTranslation } from 'react-i18next';
import type { Account, Balance } from '../../../src-main/contract/payment.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './payments.module.css';

/** Fee, paid, given back and due, each currency in a row of its own. */
export const BalanceLine = ({ account }: { account: Account }) => (
  <>
    {account.balances.map((balance, n) => (
      <Line key={balance.currency} balance={balance} unknown={n === 0 && account.fee === null} />
    ))}
  </>
);

const Line = ({ balance, unknown }: { balance: Balance; unknown: boolean }) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const of = (minor: number) => money({ minor, currency: balance.currency });
  const { fee, paid, refunded, due } = balance;
  return (
    <dl className={classes['balance']}>
      <div>
        <dt>{t('payments.fee')}</dt>
        <dd>{unknown ? t('payments.noFee') : of(fee)}</dd>
      </div>
      {paid !== 0 && (
        <div>
          <dt>{t('payments.paid')}</dt>
          <dd>{of(paid)}</dd>
        </div>
      )}
      {refunded !== 0 && (
        <div>
          <dt>{t('payments.refunded')}</dt>
          <dd>{of(refunded)}</dd>
        </div>
      )}
      <div className={classes['due']} data-open={due > 0 || undefined}>
        <dt>{due < 0 ? t('payments.credit') : t('payments.due')}</dt>
        <dd>{of(Math.abs(due))}</dd>
      </div>
    </dl>
  );
};
