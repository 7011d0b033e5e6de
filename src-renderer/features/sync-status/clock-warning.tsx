import { useTranslation } from 'react-i18next';
import { useSyncState } from './use-sync-state.ts';
import { clockOff } from './word.ts';

/** Says that this computer's clock is off by more than a minute, and which way. */
export const ClockWarning = () => {
  const { t } = useTranslation();
  const state = useSyncState();
  const off = state && clockOff(state);
  if (!off) return null;
  return <span>{t(off.ahead ? 'sync.clock.ahead' : 'sync.clock.behind', { count: off.minutes })}</span>;
};
