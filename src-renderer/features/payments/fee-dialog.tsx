import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import type { Account, Balance } from '../../../src-main/contract/payment.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useMoney } from '../../ui/money.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';

/** What is due for one appointment, whatever its visit type says. */
export const FeeDialog = ({ appointment, account }: { appointment: Appointment; account: Account }) => {
  const { t } = useTranslation();
  const [balance] = account.balances;
  return (
    <DialogWindow title={t('payments.changeFee.title', { name: fullName(appointment.patient) })} size={440}>
      {balance && <Fee appointment={appointment} balance={balance} fee={account.fee?.minor ?? null} />}
    </DialogWindow>
  );
};

const Fee = ({
  appointment,
  balance: { currency },
  fee,
}: {
  appointment: Appointment;
  balance: Balance;
  fee: number | null;
}) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const [minor, setMinor] = useKept('minor', fee);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async (amount: number | null): Promise<void> => {
    setTried(true);
    if (amount === null) return;
    const answer = await call('setFee', { appointmentId: appointment.id, minor: amount });
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    closeDialog();
    toast(
      t('payments.changeFee.done', {
        name: fullName(appointment.patient),
        amount: money({ minor: amount, currency }),
      }),
    );
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(minor);
      }}
    >
      <Stack gap="md">
        <MoneyInput
          data-autofocus
          label={t('payments.changeFee.amount')}
          currency={currency}
          initial={minor}
          showProblem={tried}
          onAmount={setMinor}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group justify="space-between" gap="sm">
          <Button variant="subtle" onClick={() => void save(0)}>
            {t('payments.changeFee.waive')}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit">{t('app.save')}</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
};
