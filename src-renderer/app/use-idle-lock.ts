import { useEffect } from 'react';
import { lock, readDoor } from './door.ts';
import { type Clocks, IdleClock } from './idle.ts';

const LOOK_MS = 5000;
/** How often the other windows of this seat are told that somebody is here. */
const TELL_MS = 2000;
const MINUTE_MS = 60_000;
/** How often the desk is told, which locks a seat by itself that it hears nothing of. */
const TELL_DESK_MS = MINUTE_MS;

const touches = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'input'] as const;
/** Browsers also tell of a pointer that lies still when something moves beneath it. */
const liesStill = (event: Event): boolean =>
  event.type === 'pointermove' &&
  event instanceof PointerEvent &&
  event.movementX === 0 &&
  event.movementY === 0;
/** When a page that slept or lay behind another comes to the front. */
const wakings = ['focus', 'pageshow', 'visibilitychange'] as const;

const clocks = (): Clocks => ({ wall: Date.now(), steady: performance.now() });

/**
 * Locks the screen when nobody has touched it for so many minutes, whatever stands on it. A touch that comes too late,
 * after the PC slept, finds the screen locked and does nothing else. Work in one window keeps the others open.
 */
export const useIdleLock = (minutes: number): void => {
  useEffect(() => {
    const idle = new IdleClock(clocks());
    const windows = new BroadcastChannel('anteroom.touched');
    let told = 0;
    let deskTold = performance.now();
    const isOver = (): boolean => idle.idleMs(clocks()) >= minutes * MINUTE_MS;
    const look = (): void => {
      if (isOver()) void lock();
    };
    const touch = (event: Event): void => {
      if (liesStill(event)) return;
      if (isOver()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        void lock();
        return;
      }
      const now = clocks();
      idle.touch(now);
      if (now.steady - told < TELL_MS) return;
      told = now.steady;
      windows.postMessage(null);
      if (now.steady - deskTold < TELL_DESK_MS) return;
      deskTold = now.steady;
      void readDoor();
    };
    windows.onmessage = () => {
      if (!isOver()) idle.touch(clocks());
    };
    const timer = setInterval(look, LOOK_MS);
    for (const name of touches) window.addEventListener(name, touch, true);
    for (const name of wakings) window.addEventListener(name, look, true);
    return () => {
      clearInterval(timer);
      windows.close();
      for (const name of touches) window.removeEventListener(name, touch, true);
      for (const name of wakings) window.removeEventListener(name, look, true);
    };
  }, [minutes]);
};
