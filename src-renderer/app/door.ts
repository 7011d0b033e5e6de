import { notifications } from '@mantine/notifications';
import { useCallback, useEffect } from 'react';
import { flushSync } from 'react-dom';
import { create } from 'zustand';
import type { CallError, Result } from '../../src-main/contract/errors.ts';
import type { Door } from '../../src-main/contract/session.ts';
import { callAtDoor, onDeskEvent } from '../api/client.ts';
import { forgetAhead } from '../api/live.ts';
import { notComingBack, nowPresent } from '../api/presence.ts';
import { aside } from './kept.ts';

const AGAIN_MS = 1000;

interface DoorShown {
  /** Null before it was read, and for the moment between two people. */
  door: Door | null;
  error: CallError | null;
  /** Somebody else is about to come: the page asks who it is. */
  toAnother: boolean;
}

/** Who is at the screen, as it shows it. */
export const useDoor = create<DoorShown>(() => ({ door: null, error: null, toAnother: false }));

/** Whoever is at the desk of an open clinic. */
const ANYBODY = 'anybody';

/** Whose things the screen shows at a door; null where it shows nobody's. */
export const whoseScreen = (door: Door | null): string | null => {
  if (door?.state === 'open') return ANYBODY;
  return door?.state === 'signed_in' ? (door.person?.id ?? null) : null;
};

/** While the desk is asked to lock or to end a session: nothing opens before it has. */
let closing = false;
/** While somebody comes in: the shell gives this window another key then, and what asks with the old one is turned away. */
let comingIn = false;

/**
 * Shows a door. When somebody leaves, everything of theirs is taken off the page first, at once and whole, and put aside
 * for them; only then does the next one's stand there.
 */
const show = (door: Door): void => {
  const before = whoseScreen(useDoor.getState().door);
  const after = whoseScreen(door);
  if (before !== null && before !== after) leave(before, after === null ? door : null);
  if (after !== null && before !== after) {
    useDoor.setState({ toAnother: false });
    aside.bringBack(after);
    nowPresent(after);
  }
  useDoor.setState({ door, error: null });
};

const leave = (personId: string, door: Door | null): void => {
  aside.put(personId);
  notifications.cleanQueue();
  notifications.clean();
  flushSync(() => useDoor.setState({ door, error: null }));
  // After that, since what a screen saves as it goes is still asked by whoever goes.
  nowPresent(null);
  forgetAhead();
};

let reading = 0;
/** While somebody who has just enrolled a second factor still looks at their recovery codes. */
let held = false;

/** Asks the desk who is here, and shows that. The newest question counts. */
export const readDoor = async (): Promise<void> => {
  if (comingIn) return;
  const mine = ++reading;
  const answer = await callAtDoor('door', {});
  if (mine !== reading || closing || comingIn) return;
  if (answer.ok && held && answer.value.state === 'signed_in') return;
  if (answer.ok) show(answer.value);
  else useDoor.setState({ error: answer.error });
};

/** Lets somebody in by a call that does, and then shows what is theirs. */
export const comeIn = async <T>(ask: () => Promise<Result<T>>): Promise<Result<T>> => {
  comingIn = true;
  const answer = await ask();
  comingIn = false;
  await readDoor();
  return answer;
};

/** Takes everything off the page at once, and then has the desk do it too, however often that takes. */
const close = async (how: 'lock' | 'signOut'): Promise<void> => {
  const { door } = useDoor.getState();
  const personId = door?.person?.id;
  if (closing || !personId || (door.state === 'locked' && how === 'lock')) return;
  closing = true;
  show({ ...door, state: 'locked' });
  for (let answer = await callAtDoor(how, {}); !answer.ok; answer = await callAtDoor('lock', {}))
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  closing = false;
  if (how === 'signOut') {
    aside.forget(personId);
    notComingBack(personId);
  }
  await readDoor();
};

/** Locks the screen. What the person has open is there again when they come back. */
export const lock = (): Promise<void> => close('lock');

/** Locks the screen for somebody else to come in. */
export const switchPerson = (): Promise<void> => {
  useDoor.setState({ toAnother: true });
  return lock();
};

/** Ends the person's session. What they have open and did not save is gone. */
export const signOut = (): Promise<void> => close('signOut');

/**
 * Lets the page that enrols a second factor stand until it says that it is done, though the desk lets its person in the
 * moment that the factor is confirmed: the recovery codes are shown once. Gives how to go on.
 */
export const useHeldDoor = (): (() => void) => {
  useEffect(() => {
    held = true;
    return () => {
      held = false;
    };
  }, []);
  return useCallback(() => {
    held = false;
    void readDoor();
  }, []);
};

/** What the page at the door shows. */
const shownTables = ['*', 'clinics', 'users', 'staff_keys', 'user_sessions'];

/** Keeps what is shown as the desk says it is. Returns how to stop. */
export const watchDoor = (): (() => void) => {
  void readDoor();
  return onDeskEvent((event) => {
    if (
      event.event === 'doorChanged' ||
      (event.event === 'tablesChanged' && event.tables.some((table) => shownTables.includes(table)))
    )
      void readDoor();
  });
};
