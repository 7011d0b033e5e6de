import { useTranslation } from 'react-i18next';
import type { Takings } from '../../../src-main/contract/payment.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { PaymentMenu, useSigned } from './payment-list.tsx';
import classes from './payments.module.css';
import { useReceiptText } from './use-receipt-text.ts';

/** Every payment, refund and void of a day, the newest first. */
export const DayPayments = ({ payments }: { payments: Takings['payments'] }) => {
  const { t } = useTranslation();
  return (
    <section className={classes['card']} aria-labelledby="day-payments">
      <header>
        <h2 id="day-payments">{t('payments.day.payments')}</h2>
      </header>
      {payments.length === 0 ? (
        <p className="soft">{t('payments.day.noPayments')}</p>
      ) : (
        <table className={classes['table']} data-list="true">
          <thead>
            <tr>
              {(['at', 'receipt', 'patient', 'method', 'amount'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`payments.day.${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {payments.toReversed().map((payment) => (
              <Line key={payment.id} payment={payment} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

const Line = ({ payment }: { payment: Takings['payments'][number] }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zoneOf } = useClinic();
  const { signed } = useSigned();
  const receiptText = useReceiptText();
  const { kind, method, paidAt, locationId, receiptNumber, provisionalNumber, patientName, note } = payment;
  return (
    <tr data-kind={kind}>
      <td>{paidAt && <time dateTime={paidAt}>{formats.time(paidAt, zoneOf(locationId))}</time>}</td>
      <td title={receiptText(payment)}>{receiptNumber ?? provisionalNumber}</td>
      <th scope="row">
        {patientName}
        {note && <span className="soft"> · {note}</span>}
      </th>
      <td>
        {t(`payments.method.${method}`)}
        {kind !== 'payment' && <span className="soft"> · {t(`payments.kind.${kind}`)}</span>}
      </td>
      <td>{signed(payment)}</td>
      <td>
        <PaymentMenu payment={payment} patientName={patientName} />
      </td>
    </tr>
  );
};
