import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSlowCalls } from '../api/pending.ts';
import { StatusCorner } from './features.tsx';

/**
 * The strip below everything: toasts stand over its left; its right says when an answer takes long, and how the sync
 * stands.
 */
export const Foot = () => {
  const { t } = useTranslation();
  const slow = useSlowCalls(({ count }) => count > 0);
  return (
    <footer className="foot">
      <span role="status" className="foot-working">
        {slow && (
          <>
            <Loader size={14} aria-hidden="true" />
            {t('app.working')}
          </>
        )}
      </span>
      <StatusCorner />
    </footer>
  );
};
