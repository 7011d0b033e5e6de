import type { ReactNode } from 'react';
import { useLive } from '../api/live.ts';
import { stationScreens } from './features.tsx';

/** What is shown by a path of its own: a link opened this browser as that. */
const byPath = (path: string): keyof typeof stationScreens | null =>
  path === '/kiosk' ? 'kiosk' : path === '/display' ? 'display' : null;

/**
 * Shows a kiosk or a display where this page is one, and the desk otherwise. The core refuses a station everything else
 * in any case; here nothing of the desk is even drawn, and what was drawn is gone when its screen becomes a kiosk.
 */
export const StationGate = ({ children }: { children: ReactNode }) => {
  const station = byPath(window.location.pathname);
  const own = useLive('kioskState', station === null ? {} : null, ['desk_settings']);
  const Screen = stationScreens[station ?? 'kiosk'];
  if (station !== null || own.data?.isKiosk) return <Screen />;
  return own.data || own.error ? children : null;
};
