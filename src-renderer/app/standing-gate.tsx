import { type ReactNode, useEffect, useState } from 'react';
import type { OwnStanding } from '../../src-main/contract/desks.ts';
import { callAtDoor, onDeskEvent } from '../api/client.ts';
import { StoppedDesk } from './features.tsx';

/** Shows the desk, unless it was stopped: then nothing but that. */
export const StandingGate = ({ children }: { children: ReactNode }) => {
  const [stopped, setStopped] = useState<OwnStanding | null>(null);
  useEffect(() => {
    let before: OwnStanding['standing'] | null = null;
    const read = async (): Promise<void> => {
      const answer = await callAtDoor('standing', {});
      // A screen that patients can reach is not told.
      if (!answer.ok) return;
      const { standing } = answer.value;
      setStopped(standing === 'working' ? null : answer.value);
      // What the page has read until now goes with it.
      if (before === 'working' && standing !== 'working') window.location.reload();
      before = standing;
    };
    void read();
    return onDeskEvent((event) => {
      if (event.event === 'doorChanged') void read();
    });
  }, []);
  return stopped ? <StoppedDesk standing={stopped} /> : children;
};
