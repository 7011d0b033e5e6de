import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '../../../src-main/contract/payment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useMay } from '../../app/rights.ts';
import { openDialog } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './payments.module.css';
import { useReceiptText } from './use-receipt-text.ts';

/** Payments, refunds and voids, each with its receipt and what can be done with it. */
export const PaymentList = ({
  payments,
  patientName,
}: {
  payments: readonly Payment[];
  patientName: string;
}) => (
  <ul className={classes['payments']}>
    {payments.map((payment) => (
      <PaymentItem key={payment.id} payment={payment} patientName={patientName} />
    ))}
  </ul>
);

const PaymentItem = ({ payment, patientName }: { payment: Payment; patientName: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { signed } = useSigned();
  const { zoneOf } = useClinic();
  const receiptText = useReceiptText();
  const { kind, method, paidAt, note } = payment;
  const what = kind === 'payment' ? t(`payments.method.${method}`) : t(`payments.kind.${kind}`);
  return (
    <li data-kind={kind}>
      <span className={classes['what']}>
        <strong>{receiptText(payment)}</strong>
        <span className="soft">
          {[what, paidAt && formats.moment(paidAt, zoneOf(payment.locationId)), note]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <FirstPrinted payment={payment} />
      </span>
      <span className={classes['sum']}>{signed(payment)}</span>
      <PaymentMenu payment={payment} patientName={patientName} />
    </li>
  );
};

/** What the desk printed before the clinic's number was there. */
const FirstPrinted = ({ payment: { receiptNumber, provisionalNumber } }: { payment: Payment }) => {
  const { t } = useTranslation();
  if (receiptNumber === null || provisionalNumber === null) return null;
  return <span className="soft">{t('payments.receipt.firstPrinted', { number: provisionalNumber })}</span>;
};

/** An amount as it counts: what was given back is taken off. */
export const useSigned = () => {
  const { money } = useMoney();
  return {
    signed: ({ kind, amount }: Pick<Payment, 'kind' | 'amount'>): string =>
      money(kind === 'payment' ? amount : { ...amount, minor: -amount.minor }),
  };
};

/** Print, refund, void: what the payment and the person's rights allow. */
export const PaymentMenu = ({ payment, patientName }: { payment: Payment; patientName: string }) => {
  const { t } = useTranslation();
  const mayRefund = useMay('payments.refund');
  const receiptText = useReceiptText();
  const label = t('payments.panel.more', { receipt: receiptText(payment) });
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={label}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => openDialog({ kind: 'print', job: { kind: 'receipt', paymentId: payment.id } })}
        >
          {t('payments.panel.print')}
        </Menu.Item>
        {mayRefund && payment.left > 0 && (
          <Menu.Item onClick={() => openDialog({ kind: 'refund', payment, patientName })}>
            {t('payments.panel.refund')}
          </Menu.Item>
        )}
        {mayRefund && payment.voidable && (
          <Menu.Item onClick={() => openDialog({ kind: 'voidPayment', payment, patientName })}>
            {t('payments.panel.void')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
