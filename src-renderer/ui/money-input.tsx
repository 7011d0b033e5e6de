import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AmountProblem } from '../../src-main/contract/money.ts';
import type { Money } from '../../src-main/contract/values.ts';
import { useMoney } from './money.ts';

type Passed = Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange' | 'inputMode' | 'rightSection'>;

/**
 * A field for an amount of one currency. It begins with `initial` and keeps what is typed as it is typed; `onAmount`
 * hears the amount in minor units, or null while the text is none. What is wrong with it is said once the field is
 * left, or at once while `showProblem`. Give it another `key` to begin anew.
 */
export const MoneyInput = ({
  currency,
  initial,
  onAmount,
  showProblem = false,
  optional = false,
  signed = false,
  ...passed
}: Passed & {
  currency: string;
  initial: number | null;
  onAmount: (minor: number | null) => void;
  showProblem?: boolean;
  /** Nothing typed is no problem. */
  optional?: boolean;
  /** It may be below zero. */
  signed?: boolean;
}) => {
  const { t } = useTranslation();
  const { amount, parse } = useMoney();
  const [text, setText] = useState(initial === null ? '' : amount({ minor: initial, currency }));
  const [left, setLeft] = useState(false);
  const parsed = parse(text, currency, { signed });
  const problem = !parsed.ok && (left || showProblem) && !(optional && parsed.problem === 'empty');
  return (
    <TextInput
      {...passed}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="soft">{currency}</span>}
      rightSectionWidth={52}
      rightSectionPointerEvents="none"
      classNames={{ input: 'tabular' }}
      error={
        passed.error ??
        (problem && !parsed.ok ? t(problemText[parsed.problem], example(amount, currency)) : undefined)
      }
      onFocus={(event) => {
        event.currentTarget.select();
        passed.onFocus?.(event);
      }}
      onBlur={(event) => {
        setLeft(true);
        passed.onBlur?.(event);
      }}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const read = parse(typed, currency, { signed });
        onAmount(read.ok ? read.minor : null);
      }}
    />
  );
};

const problemText = {
  empty: 'payments.amount.empty',
  not_a_number: 'payments.amount.not_a_number',
  too_precise: 'payments.amount.too_precise',
  ambiguous: 'payments.amount.ambiguous',
  too_large: 'payments.amount.too_large',
} as const satisfies Record<AmountProblem, string>;

/** An amount written the way that is always understood. */
const example = (amount: (money: Money) => string, currency: string) => ({
  example: amount({ minor: 123456, currency }),
});
