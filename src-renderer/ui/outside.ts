import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '../../src-main/contract/appointment.ts';

/** Whether time, doctor and existence of an appointment are an outside system's, and only read here. */
export const isOwnedOutside = ({ origin }: Pick<Appointment, 'origin'>): boolean => origin === 'idexx';

/** What is to be known of an appointment that stands in an outside system too, one sentence for each; none for others. */
export const useOutsideWords = () => {
  const { t } = useTranslation();
  return useCallback(
    ({ origin, outside }: Pick<Appointment, 'origin' | 'outside'>): string[] => {
      if (!outside) return [];
      const source = t(`outside.source.${outside.source}`);
      return [
        t(origin === outside.source ? 'outside.said.from' : 'outside.said.also', { source }),
        ...(outside.waiting ? [t('outside.said.waiting', { source })] : []),
        ...(outside.problem ? [t('outside.said.problem')] : []),
      ];
    },
    [t],
  );
};
