import { Button, Chip, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../../src-main/contract/appointment.ts';
import { split } from '../../../src-main/contract/money.ts';
import type { Account, Balance } from '../../../src-main/contract/payment.ts';
import { useLive } from '../../api/live.ts';
import { closeDialog, openDialog } from '../../app/screen.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useMoney } from '../../ui/money.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import { fullName } from '../../ui/person-name.tsx';
import { Problem } from '../../ui/problem.tsx';
import { BalanceLine } from './balance-line.tsx';
import { MethodChoice, useMethodKeys } from './method-choice.tsx';
import { PayDetails } from './pay-details.tsx';
import { MONEY_TABLES } from './tables.ts';
import { useTake } from './use-take.ts';

/** `P`: what is due, how it is paid, Enter. It is there at once, with the account as its screen had it. */
export const PayDialog = ({
  appointment,
  account: before,
}: {
  appointment: Appointment;
  account: Account;
}) => {
  const { t } = useTranslation();
  const { data: account = before } = useLive('account', { appointmentId: appointment.id }, MONEY_TABLES);
  const [balance] = account.balances;
  return (
    <DialogWindow title={t('payments.pay.title', { name: fullName(appointment.patient) })} size={520}>
      {balance && <Pay {...{ appointment, account, balance }} />}
    </DialogWindow>
  );
};

const parts = [
  ['whole', 1],
  ['half', 2],
  ['third', 3],
] as const;

const Pay = ({
  appointment,
  account,
  balance,
}: {
  appointment: Appointment;
  account: Account;
  balance: Balance;
}) => {
  const { t } = useTranslation();
  const { money } = useMoney();
  const { currency } = balance;
  const due = Math.max(0, balance.due);
  const take = useTake(appointment, currency, due);
  const onKeyDown = useMethodKeys(take.setMethod);
  if (account.fee && due === 0 && !take.busy) return <NothingDue {...{ appointment, account }} />;
  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void take.submit();
      }}
    >
      <Stack gap="md">
        <BalanceLine account={account} />
        <div>
          <MoneyInput
            key={take.begun}
            data-autofocus
            size="md"
            label={t('payments.pay.amount')}
            currency={currency}
            initial={take.minor}
            showProblem={take.tried}
            onAmount={take.setMinor}
          />
          {due > 0 && (
            <Group gap="xs" mt="xs">
              {parts.map(([name, count]) => {
                const [part] = split({ minor: due, currency }, count);
                return (
                  <Chip
                    key={name}
                    size="xs"
                    checked={take.minor === part?.minor}
                    onChange={() => part && take.begin(part.minor)}
                  >
                    {t(`payments.pay.${name}`)}
                  </Chip>
                );
              })}
            </Group>
          )}
        </div>
        <MethodChoice label={t('payments.pay.method')} value={take.method} onChange={take.setMethod} />
        <PayDetails take={take} currency={currency} />
        {take.problem && <Problem>{take.problem}</Problem>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={closeDialog}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={take.busy}>
            {take.minor === null
              ? t('payments.pay.takeNone')
              : t('payments.pay.take', { amount: money({ minor: take.minor, currency }) })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const NothingDue = ({ appointment, account }: { appointment: Appointment; account: Account }) => {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <BalanceLine account={account} />
      <Text c="dimmed">{t('payments.pay.nothingDue')}</Text>
      <Group justify="flex-end" gap="sm">
        <Button
          variant="default"
          onClick={() => {
            closeDialog();
            openDialog({ kind: 'fee', appointment, account });
          }}
        >
          {t('payments.panel.changeFee')}
        </Button>
        <Button data-autofocus onClick={closeDialog}>
          {t('app.close')}
        </Button>
      </Group>
    </Stack>
  );
};
