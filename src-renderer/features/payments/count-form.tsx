import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Method, Takings } from '../../../src-main/contract/payment.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { useMoney } from '../../ui/money.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useDifference } from './difference.ts';
import classes from './payments.module.css';
import { TakingsHead } from './takings-table.tsx';

type Currency = Takings['currencies'][number];

/** Counting: what is there for each method that moved, the difference, and a note where there is one. Enter closes. */
export const CountForm = ({
  takings: { locationId, date },
  one: { currency, methods },
  onClose,
}: {
  takings: Takings;
  one: Currency;
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { amount } = useMoney();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const difference = useDifference(currency);
  const [counted, setCounted] = useKept<Partial<Record<Method, number | null>>>(`counted ${currency}`, {});
  const [note, setNote] = useKept(`countNote ${currency}`, '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const of = (minor: number) => amount({ minor, currency });
  // Nothing moved and nothing is in the drawer to count but cash.
  const shown = methods.filter(
    ({ method, taken, givenBack }) => method === 'cash' || taken !== 0 || givenBack !== 0,
  );
  const lines = shown.map(({ method, expected }) => ({ method, expected, counted: counted[method] ?? null }));
  const differs = lines.some((line) => line.counted !== null && line.counted !== line.expected);

  const submit = async (): Promise<void> => {
    setTried(true);
    const whole = lines.flatMap(({ counted: there, ...line }) =>
      there === null ? [] : [{ ...line, counted: there }],
    );
    if (busy || whole.length < lines.length) return;
    setBusy(true);
    const answer = await call('closeDay', { locationId, date, currency, lines: whole, note });
    setBusy(false);
    if (!answer.ok) return setProblem(errorText(answer.error, zone));
    toast(t('payments.day.done', { day: formats.day(date) }));
    onClose();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <table className={classes['table']}>
        <TakingsHead counted />
        <tbody>
          {shown.map(({ method, taken, givenBack, expected }, n) => {
            const there = counted[method] ?? null;
            return (
              <tr key={method}>
                <th scope="row">{t(`payments.method.${method}`)}</th>
                <td>{of(taken)}</td>
                <td>{of(givenBack)}</td>
                <td>{of(expected)}</td>
                <td>
                  <MoneyInput
                    signed
                    autoFocus={n === 0}
                    aria-label={t('payments.day.countedOf', { method: t(`payments.method.${method}`) })}
                    currency={currency}
                    initial={there}
                    showProblem={tried}
                    onAmount={(minor) => setCounted((before) => ({ ...before, [method]: minor }))}
                  />
                </td>
                <td data-differs={(there !== null && there !== expected) || undefined}>
                  {there === null ? '' : difference(there - expected)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {differs && (
        <TextInput
          mt="md"
          required
          label={t('payments.day.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {problem && <Problem>{problem}</Problem>}
      <Group justify="space-between" gap="md" mt="md">
        <span className="soft">{t('payments.day.closeHint')}</span>
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('payments.day.close')}
          </Button>
        </Group>
      </Group>
    </form>
  );
};
