import { Radio } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Method, methods } from '../../../src-main/contract/payment.ts';
import { KeyCaps } from '../../ui/key-hint.tsx';
import classes from './payments.module.css';

/** The key of each method, by its place on a Latin or Greek keyboard. Amounts need no letters. */
const methodKeys: Record<Method, string> = { cash: 'C', card: 'K', transfer: 'T', other: 'O' };

/** Chooses a method by one key while an amount is typed; a field for text keeps its letters. */
export const useMethodKeys =
  (choose: (method: Method) => void) =>
  (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type === 'text' && target.inputMode !== 'decimal')
      return;
    if (target instanceof HTMLTextAreaElement) return;
    const method = methods.find((one) => event.code === `Key${methodKeys[one]}`);
    if (!method) return;
    event.preventDefault();
    choose(method);
  };

/** How money changes hands: four buttons, one of them chosen. */
export const MethodChoice = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Method;
  onChange: (method: Method) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as Method)}>
      <div className={classes['methods']}>
        {methods.map((method) => (
          <Radio.Card key={method} value={method} className={classes['method'] ?? ''} data-method={method}>
            <span>{t(`payments.method.${method}`)}</span>
            <KeyCaps combo={methodKeys[method]} />
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
};
