import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutsideSource, RunError } from '../../src-main/contract/integrations.ts';

/** Why a run of an outside system gave nothing, and what to do about it, in a sentence. */
export const useRunErrorText = () => {
  const { t } = useTranslation();
  return useCallback(
    (source: OutsideSource, code: RunError['code']): string =>
      t(`connections.error.${code}`, { source: t(`outside.source.${source}`) }),
    [t],
  );
};
