import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSlowCalls } from '../api/pending.ts';

/** The strip below everything: toasts stand over its left, and its right says when an answer takes long. */
export const Foot = () => {
  const { t } = useTranslation();
  const slow = useSlowCalls(({ count }) => count > 0);
  return (
    <footer className="foot">
      <span role="status">
        {slow && (
          <>
            <Loader size={14} aria-hidden="true" />
            {t('app.working')}
          </>
        )}
      </span>
    </footer>
  );
};
