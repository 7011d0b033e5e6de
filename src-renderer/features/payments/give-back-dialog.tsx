import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '../../../src-main/contract/payment.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useMoney } from '../../ui/money.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import { Problem } from '../../ui/problem.tsx';
import { MethodChoice, useMethodKeys } from './method-choice.tsx';
import { useReceiptText } from './use-receipt-text.ts';

interface GiveBack {
  payment: Payment;
  patientName: string;
}

/** What the payment was, in the words of both dialogs. */
const usePaymentWords = ({ payment, patientName }: GiveBack) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const receiptText = useReceiptText();
  const { currency } = payment.amount;
  return {
    name: patientName,
    receipt: receiptText(payment),
    amount: money(payment.amount),
    method: t(`payments.method.${payment.method}`),
    left: money({ minor: payment.left, currency }),
  };
};

/** Gives back what is left of a payment, or a part of it. */
export const RefundDialog = ({ payment, patientName }: GiveBack) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const receiptText = useReceiptText();
  const words = usePaymentWords({ payment, patientName });
  const { currency } = payment.amount;
  const [minor, setMinor] = useKept<number | null>('minor', payment.left);
  const [method, setMethod] = useKept('method', payment.method);
  const [note, setNote] = useKept('note', '');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const onKeyDown = useMethodKeys(setMethod);
  const amount = minor === null ? null : money({ minor, currency });

  const submit = async (): Promise<void> => {
    setTried(true);
    if (minor === null || minor === 0) return;
    const answer = await call('refund', { paymentId: payment.id, minor, method, note });
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(
      t('payments.refund.done', {
        name: patientName,
        amount: money(answer.value.amount),
        receipt: receiptText(answer.value),
      }),
    );
  };

  return (
    <DialogWindow title={t('payments.refund.title', { name: patientName })} size={520}>
      <form
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text c="dimmed">{t('payments.refund.text', words)}</Text>
          <MoneyInput
            data-autofocus
            label={t('payments.refund.amount')}
            currency={currency}
            initial={minor}
            showProblem={tried}
            onAmount={setMinor}
          />
          <MethodChoice label={t('payments.refund.method')} value={method} onChange={setMethod} />
          <TextInput
            label={t('payments.refund.note')}
            maxLength={255}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit">
              {amount === null ? t('payments.refund.confirmNone') : t('payments.refund.confirm', { amount })}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

/** Takes back a payment that was typed by mistake. */
export const VoidDialog = ({ payment, patientName }: GiveBack) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const words = usePaymentWords({ payment, patientName });
  const [note, setNote] = useKept('note', '');
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    const answer = await call('voidPayment', { paymentId: payment.id, note });
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(t('payments.void.done', words));
  };

  return (
    <DialogWindow title={t('payments.void.title', { name: patientName })} size={520}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text c="dimmed">{t('payments.void.text', words)}</Text>
          <TextInput
            data-autofocus
            label={t('payments.void.note')}
            maxLength={255}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {problem && <Problem>{problem}</Problem>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={closeDialog}>
              {t('payments.void.keep')}
            </Button>
            <Button type="submit">{t('payments.void.confirm', words)}</Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};
