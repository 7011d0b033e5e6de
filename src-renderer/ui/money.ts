import { useMemo } from 'react';
import { useFormats } from '../i18n/format.ts';
import { moneyFormats } from './money-format.ts';

/** Amounts in the language of the screen. */
export const useMoney = () => {
  const { language, locale } = useFormats();
  return useMemo(() => moneyFormats(language, locale), [language, locale]);
};
