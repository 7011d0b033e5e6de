import { type ReactNode, useEffect } from 'react';
import { readDoor, useDoor, watchDoor, whoseScreen } from './door.ts';
import { doorScreens } from './features.tsx';
import { Opening } from './opening.tsx';
import { useIdleLock } from './use-idle-lock.ts';

/**
 * Shows the desk to whoever is signed in, and to everybody while the clinic is open; to anybody else the page at the
 * door. Nothing of the desk is mounted behind that page.
 */
export const DoorGate = ({ children }: { children: ReactNode }) => {
  const door = useDoor((shown) => shown.door);
  const error = useDoor((shown) => shown.error);
  useEffect(watchDoor, []);
  if (!door) return error && <Opening error={error} onRetry={readDoor} />;
  const whose = whoseScreen(door);
  const Screen = door.state === 'enrol' ? doorScreens.enrol : doorScreens.signIn;
  return (
    <>
      {door.person && door.state !== 'locked' && <IdleLock minutes={door.idleMinutes} />}
      {whose === null ? <Screen door={door} /> : <Desk key={whose}>{children}</Desk>}
    </>
  );
};

const IdleLock = ({ minutes }: { minutes: number }) => {
  useIdleLock(minutes);
  return null;
};

/** Everything of one person: another one's begins from nothing. */
const Desk = ({ children }: { children: ReactNode }) => children;
