import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSyncState } from '../../api/sync-state.ts';
import { IconWarning } from '../../ui/icons.ts';
import classes from './sync-status.module.css';
import { isGrave, isTold, useTroubleWords } from './trouble-words.ts';
import { keyOf, useDismiss } from './troubles.tsx';

/** Beside the notices: what endangers this desk or happened to it, a line each; the whole of it is in the story of the sync. */
export const TroubleNotices = () => {
  const { t } = useTranslation();
  const words = useTroubleWords();
  const dismiss = useDismiss();
  const state = useSyncState();
  return (
    <>
      {state?.troubles.map((trouble) => (
        <span key={keyOf(trouble)} className={isGrave(trouble) ? classes['grave'] : undefined}>
          {isGrave(trouble) && <IconWarning size={16} stroke={2} aria-hidden="true" />}
          {words(trouble).short}{' '}
          {isTold(trouble) && (
            <Button variant="light" size="compact-xs" onClick={() => void dismiss(trouble)}>
              {t('sync.trouble.read')}
            </Button>
          )}
        </span>
      ))}
    </>
  );
};
