import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '../../../src-main/contract/payment.ts';

type Numbered = Pick<Payment, 'receiptNumber' | 'provisionalNumber'>;

/** "Receipt 1042", or what the desk printed while the clinic's number is still to come. */
export const useReceiptText = () => {
  const { t } = useTranslation();
  return useCallback(
    ({ receiptNumber, provisionalNumber }: Numbered): string => {
      if (receiptNumber !== null) return t('payments.receipt.number', { number: receiptNumber });
      if (provisionalNumber === null) return t('payments.receipt.none');
      return t('payments.receipt.provisional', { number: provisionalNumber });
    },
    [t],
  );
};
