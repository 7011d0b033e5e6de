import { type ReactNode, useEffect, useState } from 'react';
import type { OwnStanding } from '../../src-main/contract/desks.ts';
import { callAtDoor, onDeskEvent } from '../api/client.ts';
import { useDoor } from './door.ts';
import { StoppedDesk } from './features.tsx';

/** Shows the desk, unless it was stopped, which the door says first: then nothing but that. */
export const StandingGate = ({ children }: { children: ReactNode }) => {
  const isStopped = useDoor(({ error }) => error?.code === 'desk_disabled');
  const [stopped, setStopped] = useState<OwnStanding | null>(null);
  useEffect(() => {
    if (!isStopped) return;
    const read = async (): Promise<void> => {
      const answer = await callAtDoor('standing', {});
      if (!answer.ok) return;
      const isWorking = answer.value.standing === 'working';
      // What the page has read until now goes with it; and a desk that works again begins anew.
      if (isWorking || useDoor.getState().door !== null) window.location.reload();
      setStopped(isWorking ? null : answer.value);
    };
    void read();
    return onDeskEvent((event) => {
      if (event.event === 'doorChanged') void read();
    });
  }, [isStopped]);
  return stopped ? <StoppedDesk standing={stopped} /> : children;
};
