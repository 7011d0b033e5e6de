import { useTranslation } from 'react-i18next';
import type { ConflictSide } from '../../../src-main/contract/sync.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './conflicts.module.css';

/** A payment, refund or void: what, how much, how, and the day that it belongs to. */
export const MoneySide = ({ money: moved }: { money: NonNullable<ConflictSide['money']> }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { kind, amount, method, businessDay } = moved;
  return (
    <>
      <p className={classes['strong']}>
        {t(`payments.kind.${kind}`)} {money(amount)}
      </p>
      <p>
        {t(`payments.method.${method}`)}
        {businessDay && `, ${t('conflicts.belongsTo', { day: formats.day(businessDay) })}`}
      </p>
    </>
  );
};

/** The end of a day: what was counted by method, or what is expected now. */
export const CashUpSide = ({ cashUp }: { cashUp: NonNullable<ConflictSide['cashUp']> }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { money } = useMoney();
  const { businessDay, currency, lines } = cashUp;
  return (
    <>
      <p className={classes['strong']}>{t('conflicts.dayIn', { day: formats.day(businessDay), currency })}</p>
      {lines.length === 0 && <p>{t('conflicts.nothingTaken')}</p>}
      {lines.map(({ method, expected, counted }) => (
        <p key={method} className="tabular">
          {t(`payments.method.${method}`)}:{' '}
          {counted === null
            ? t('conflicts.expectedNow', { amount: money({ minor: expected, currency }) })
            : t('conflicts.counted', { amount: money({ minor: counted, currency }) })}
        </p>
      ))}
    </>
  );
};
