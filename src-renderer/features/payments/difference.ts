import { useTranslation } from 'react-i18next';
import { useMoney } from '../../ui/money.ts';

/** A difference as it reads: +1.00, −2.50, or that there is none. */
export const useDifference = (currency: string) => {
  const { t } = useTranslation();
  const { amount } = useMoney();
  return (minor: number): string =>
    minor === 0
      ? t('payments.day.even')
      : `${minor > 0 ? '+' : '−'}${amount({ minor: Math.abs(minor), currency })}`;
};
