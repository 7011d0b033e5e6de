import { useMoney } from '../../ui/money.ts';

/** A difference as it reads: +1.00, −2.50, 0.00. */
export const useDifference = (currency: string) => {
  const { amount } = useMoney();
  return (minor: number): string =>
    `${minor > 0 ? '+' : minor < 0 ? '−' : ''}${amount({ minor: Math.abs(minor), currency })}`;
};
