import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Method } from '../../../src-main/contract/payment.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { createKept, useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { useMay } from '../../app/rights.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useMoney } from '../../ui/money.ts';
import { fullName } from '../../ui/person-name.tsx';
import { useReceiptText } from './use-receipt-text.ts';

/** As the last payment at this screen was taken: the next one most likely is too. */
const useLast = createKept<{ method: Method; print: boolean }>(() => ({ method: 'cash', print: false }));

/** A payment while it is typed, and taking it. */
export const useTake = (appointment: Appointment, currency: string, due: number) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const receiptText = useReceiptText();
  const mayVoid = useMay('payments.refund');
  const last = useLast.getState();
  const [minor, setMinor] = useKept<number | null>('minor', due > 0 ? due : null);
  /** Counts how often the amount was filled in, so that its field begins anew. */
  const [begun, setBegun] = useKept('begun', 0);
  const [method, setMethod] = useKept<Method>('method', last.method);
  const [reference, setReference] = useKept('reference', '');
  const [note, setNote] = useKept('note', '');
  const [print, setPrint] = useKept('print', last.print);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    setTried(true);
    if (busy || minor === null || minor === 0) return;
    setBusy(true);
    const answer = await call('takePayment', {
      appointmentId: appointment.id,
      minor,
      currency,
      method,
      ...(method === 'cash' || method === 'other' ? {} : { transactionRef: reference }),
      note,
    });
    if (!answer.ok) {
      setBusy(false);
      return setProblem(errorText(answer.error, zone));
    }
    const payment = answer.value;
    useLast.setState({ method, print });
    closeDialog();
    toast(
      t('payments.pay.done', {
        amount: money(payment.amount),
        name: fullName(appointment.patient),
        method: t(`payments.method.${method}`),
        receipt: receiptText(payment),
      }),
      mayVoid ? async () => (await call('voidPayment', { paymentId: payment.id })).ok : undefined,
    );
    if (print) openDialog({ kind: 'print', job: { kind: 'receipt', paymentId: payment.id } });
  };

  return {
    minor,
    setMinor,
    begun,
    begin: (amount: number) => {
      setMinor(amount);
      setBegun(begun + 1);
    },
    method,
    setMethod,
    reference,
    setReference,
    note,
    setNote,
    print,
    setPrint,
    tried,
    busy,
    problem,
    submit,
  };
};

export type Take = ReturnType<typeof useTake>;
