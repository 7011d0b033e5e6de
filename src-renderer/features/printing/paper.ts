import i18next from 'i18next';
import { useMemo } from 'react';
import type { Letterhead, Sheet } from '../../../src-main/contract/printing.ts';
import type { Language } from '../../app/preferences.ts';
import { formatsOf } from '../../i18n/format.ts';
import { moneyFormats } from '../../ui/money-format.ts';

/** Words, dates and amounts in the language of a paper, which need not be that of the screen. */
export const usePaper = (language: Language) =>
  useMemo(() => {
    const formats = formatsOf(language);
    return {
      t: i18next.getFixedT(language),
      formats,
      ...moneyFormats(language, formats.locale),
    };
  }, [language]);

export type Paper = ReturnType<typeof usePaper>;

/** What every paper component gets: the sheet, and the language to say it in. */
export interface PaperProps<K extends Sheet['kind']> {
  sheet: Extract<Sheet, { kind: K }>;
  paper: Paper;
}

/** The clinic's address and phone in one line. */
export const addressLine = ({ address, phone, email }: Letterhead): string =>
  [address, phone, email].filter(Boolean).join(' · ');

/** The paper that each sheet goes on. */
export const sizeOf = (kind: Sheet['kind']): 'a4' | 'label' => (kind === 'label' ? 'label' : 'a4');
